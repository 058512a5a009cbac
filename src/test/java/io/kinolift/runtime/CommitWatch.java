package io.kinolift.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/**
 * Whether an application is in the middle of a commit. The broker knows: the offsets of the input are part of the
 * transaction, and it is not complete. The transaction of a killed process stays so until its successor starts.
 */
final class CommitWatch implements AutoCloseable {
    private final Admin admin;
    private final String application;

    CommitWatch(Map<String, String> clients, String application) {
        this.admin = Admin.create(new HashMap<>(clients));
        this.application = application;
    }

    /** Returns as soon as a commit has begun, or after the time limit. */
    void awaitCommit(Duration patience) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isCommitting() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    boolean isCommitting() throws Exception {
        for (TransactionListing listing : admin.listTransactions().all().get()) {
            if (listing.transactionalId().startsWith(application + "-") && isCommitting(listing.transactionalId())) {
                return true;
            }
        }
        return false;
    }

    private boolean isCommitting(String transactionalId) throws Exception {
        try {
            TransactionDescription open = admin.describeTransactions(List.of(transactionalId))
                    .description(transactionalId)
                    .get();
            return open.state() == TransactionState.PREPARE_COMMIT
                    || (open.state() == TransactionState.ONGOING
                            && open.topicPartitions().stream()
                                    .anyMatch(part -> part.topic().equals("__consumer_offsets")));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransactionalIdNotFoundException) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
