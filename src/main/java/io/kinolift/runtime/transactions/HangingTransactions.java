package io.kinolift.runtime.transactions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.internals.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions of the application that the broker has ended but left open on a partition. If a broker of Kafka 4.3 or
 * 4.4 ends a transaction while one of its partitions has no leader, for example just after a start, it takes that
 * partition for deleted (KAFKA-20734). Readers of committed records then wait without end, and so does the application
 * for its own offsets. A transaction that is known to be aborted is closed here; others are logged.
 */
public final class HangingTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);

    private static final Set<TransactionState> ENDING = Set.of(
            TransactionState.PREPARE_ABORT, TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_EPOCH_FENCE);

    private final Pattern transactionalId;
    private final Set<String> topics;
    private final Pattern changelog;
    /** Those that were logged. */
    private final Set<Hanging> known = new HashSet<>();

    /** A transaction that is open on a partition, and over: its coordinator has gone on to a higher epoch. */
    record Hanging(
            String transactionalId,
            TransactionState state,
            int epoch,
            TopicPartition partition,
            long startOffset,
            ProducerState producer) {
        /** Whether this one is known to be aborted: a later one of the same producer has an even higher epoch. */
        boolean isAborted() {
            return state == TransactionState.COMPLETE_ABORT && epoch == producer.producerEpoch() + 1;
        }

        /** A command for the operator, without {@code --bootstrap-server}. */
        String command() {
            return "kafka-transactions.sh abort --topic " + partition.topic() + " --partition " + partition.partition()
                    + " --start-offset " + startOffset;
        }
    }

    /** @param topics those that the application writes, without its changelogs */
    public HangingTransactions(String applicationId, Collection<String> topics) {
        this.topics = Set.copyOf(topics);
        // Kafka Streams names them application-process-thread.
        transactionalId =
                Pattern.compile(Pattern.quote(applicationId) + "-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-\\d+");
        changelog = Pattern.compile(Pattern.quote(applicationId) + "-.*-changelog");
    }

    /**
     * Closes those that were aborted, and tells of others: what a coordinator has forgotten, or has committed, nobody
     * but an operator can end.
     *
     * @throws ExecutionException if the broker does not answer, or there is no right to ask
     */
    public void close(Admin admin) throws ExecutionException, InterruptedException {
        for (Hanging hanging : find(admin)) {
            if (hanging.isAborted()) {
                abort(admin, hanging);
            } else if (known.add(hanging)) {
                LOG.error(
                        "transaction {} is over ({}), but open on {} from offset {} on: consumers of committed records "
                                + "wait there (KAFKA-20734). To abort it: {}",
                        hanging.transactionalId(),
                        hanging.state(),
                        hanging.partition(),
                        hanging.startOffset(),
                        hanging.command());
            }
        }
    }

    private void abort(Admin admin, Hanging hanging) throws InterruptedException {
        ProducerState producer = hanging.producer();
        try {
            admin.abortTransaction(new AbortTransactionSpec(
                            hanging.partition(),
                            producer.producerId(),
                            (short) producer.producerEpoch(),
                            producer.coordinatorEpoch().orElse(0)))
                    .all()
                    .get();
            LOG.warn(
                    "transaction {} was aborted, but still open on {} from offset {} on: closed it",
                    hanging.transactionalId(),
                    hanging.partition(),
                    hanging.startOffset());
        } catch (ExecutionException e) {
            if (known.add(hanging)) {
                LOG.error(
                        "transaction {} was aborted, but is open on {}, and to close it is refused ({}); with the right "
                                + "ALTER on the cluster: {}",
                        hanging.transactionalId(),
                        hanging.partition(),
                        e.getCause().getMessage(),
                        hanging.command());
            }
        }
    }

    /** Partitions that nobody may ask of are left out. */
    public List<Hanging> find(Admin admin) throws ExecutionException, InterruptedException {
        // In this order: what is over now cannot be open later with an older epoch, unless it hangs.
        Map<Long, Transaction> transactions = transactions(admin);
        List<Hanging> found = new ArrayList<>();
        if (transactions.isEmpty()) {
            return found;
        }
        Set<TopicPartition> partitions = partitions(admin);
        DescribeProducersResult producers = admin.describeProducers(partitions);
        for (TopicPartition partition : partitions) {
            for (ProducerState producer : producersOf(producers, partition)) {
                Transaction transaction = transactions.get(producer.producerId());
                if (transaction != null
                        && producer.currentTransactionStartOffset().isPresent()
                        && producer.producerEpoch() < transaction.description().producerEpoch()) {
                    found.add(new Hanging(
                            transaction.id(),
                            transaction.description().state(),
                            transaction.description().producerEpoch(),
                            partition,
                            producer.currentTransactionStartOffset().getAsLong(),
                            producer));
                }
            }
        }
        return found;
    }

    private record Transaction(String id, TransactionDescription description) {}

    /** The last one of each producer id, unless it is being ended; it has a higher epoch from then on. */
    private Map<Long, Transaction> transactions(Admin admin) throws ExecutionException, InterruptedException {
        List<String> ids = admin.listTransactions().all().get().stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> transactionalId.matcher(id).matches())
                .toList();
        DescribeTransactionsResult described = admin.describeTransactions(ids);
        Map<Long, Transaction> transactions = new HashMap<>();
        for (String id : ids) {
            try {
                TransactionDescription description = described.description(id).get();
                if (!ENDING.contains(description.state())) {
                    transactions.put(description.producerId(), new Transaction(id, description));
                }
            } catch (ExecutionException e) {
                LOG.debug("transaction {} is not told of", id, e);
            }
        }
        return transactions;
    }

    private Set<TopicPartition> partitions(Admin admin) throws ExecutionException, InterruptedException {
        List<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get().stream()
                .filter(name -> topics.contains(name)
                        || changelog.matcher(name).matches()
                        || name.equals(Topic.GROUP_METADATA_TOPIC_NAME))
                .toList();
        Set<TopicPartition> partitions = new HashSet<>();
        for (TopicDescription topic :
                admin.describeTopics(names).allTopicNames().get().values()) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                partitions.add(new TopicPartition(topic.name(), partition.partition()));
            }
        }
        return partitions;
    }

    private static List<ProducerState> producersOf(DescribeProducersResult producers, TopicPartition partition)
            throws InterruptedException {
        try {
            return producers.partitionResult(partition).get().activeProducers();
        } catch (ExecutionException e) {
            LOG.debug("the producers of {} are not told", partition, e);
            return List.of();
        }
    }
}
