package io.kinolift.runtime;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open transactions of instances that are no longer members of the group. The broker ends them after
 * {@code transaction.timeout.ms}, and until then nobody can go on where such an instance was; here they end at once.
 */
final class LeftTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(LeftTransactions.class);
    private static final String PROCESS = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";

    private final String applicationId;
    private final Pattern transactionalId;
    private final Pattern clientId;

    LeftTransactions(String applicationId) {
        this.applicationId = applicationId;
        transactionalId = transactionalId(applicationId);
        clientId = Pattern.compile(Pattern.quote(applicationId) + "-" + PROCESS + "-StreamThread-.*");
    }

    /** Kafka Streams names them application-process-thread. */
    static Pattern transactionalId(String applicationId) {
        return Pattern.compile(Pattern.quote(applicationId) + "-" + PROCESS + "-\\d+");
    }

    /**
     * Ends them. Where a member's {@code client.id} does not tell which process it is, nothing is done.
     *
     * @throws ExecutionException if the broker does not answer, or there is no right to ask
     */
    void end(Admin admin) throws ExecutionException, InterruptedException {
        // In this order: a transaction of a member that joins meanwhile is not looked at.
        List<String> open = open(admin);
        Set<String> members = new HashSet<>();
        for (MemberDescription member : members(admin)) {
            Optional<String> process = process(clientId, member.clientId());
            if (process.isEmpty()) {
                return;
            }
            members.add(process.get());
        }
        List<String> left = open.stream()
                .filter(id -> !members.contains(process(transactionalId, id).orElseThrow())).toList();
        if (!members.isEmpty() && !left.isEmpty()) {
            admin.fenceProducers(left).all().get();
            LOG.warn("ended the transactions of instances that are gone: {}", left);
        }
    }

    private List<String> open(Admin admin) throws ExecutionException, InterruptedException {
        return admin.listTransactions(new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING))).all()
                .get().stream().map(TransactionListing::transactionalId)
                .filter(id -> transactionalId.matcher(id).matches()).toList();
    }

    private Collection<MemberDescription> members(Admin admin) throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(List.of(applicationId)).all().get().get(applicationId).members();
    }

    private static Optional<String> process(Pattern pattern, String name) {
        Matcher matcher = pattern.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
