package io.kinolift.runtime.transactions;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for {@link HangingTransactions} when there may be some: after a stream thread failed, after a rebalance, and
 * while the application does not get to run. Otherwise it asks the broker for nothing.
 */
public final class TransactionWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Map<String, Object> clientSettings;
    private final HangingTransactions hanging;
    private final BooleanSupplier waiting;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("transaction-watch").factory());
    private final AtomicBoolean due = new AtomicBoolean();
    private boolean waited;

    /** @param waiting whether the application would run and does not */
    public TransactionWatch(
            Map<String, String> clientSettings,
            String applicationId,
            Collection<String> topics,
            BooleanSupplier waiting) {
        this.clientSettings = new HashMap<>(clientSettings);
        hanging = new HangingTransactions(applicationId, topics);
        this.waiting = waiting;
    }

    public void start() {
        var _ = executor.scheduleWithFixedDelay(
                this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Something happened in which a transaction may have ended. */
    public void request() {
        due.set(true);
    }

    private void look() {
        boolean waits = waiting.getAsBoolean();
        boolean isDue = due.getAndSet(false) || (waits && waited);
        waited = waits;
        if (!isDue) {
            return;
        }
        try (Admin admin = Admin.create(clientSettings)) {
            hanging.close(admin);
        } catch (ExecutionException | RuntimeException e) {
            due.set(true);
            LOG.debug("could not look for hanging transactions", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
