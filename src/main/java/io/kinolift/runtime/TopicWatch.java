package io.kinolift.runtime;

import io.kinolift.runtime.topics.TopicFaults;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds whether the topics still let the application run, mends what is safe to mend, and says the
 * rest. Consumers see new partitions minutes later, so changelogs are mostly raised before anything fails.
 */
final class TopicWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration PERIOD_OF_FAULTS = Duration.ofSeconds(1);
    /** A failed thread must not wait longer for a cluster that does not answer. */
    private static final int PATIENCE_MILLIS = 5000;

    private final Map<String, Object> clientSettings;
    private final TopicFaults faults;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("topic-watch").factory());
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile List<String> found = List.of();
    private volatile boolean closed;
    private Admin admin;

    TopicWatch(Map<String, Object> clientSettings, TopicFaults faults) {
        this.clientSettings = new HashMap<>(clientSettings);
        this.clientSettings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        this.clientSettings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        this.faults = faults;
    }

    /** Runs a task soon, and logs its failure. */
    void submit(Runnable task) {
        try {
            executor.execute(() -> quietly(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("closed", e);
        }
    }

    void start() {
        var _ = executor.scheduleWithFixedDelay(
                this::lookAround, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does something at a cluster again and again; a failure is only noted. */
    void repeat(Duration period, Consumer<Admin> task) {
        var _ = executor.scheduleWithFixedDelay(
                () -> quietly(() -> ask(admin -> {
                    task.accept(admin);
                    return null;
                })),
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** What keeps the application from running, one line each with its remedy. */
    List<String> faults() {
        return found;
    }

    private void lookAround() {
        if (waiting.get() == 0) {
            quietly(() -> look(faults::mend));
        }
    }

    /** A task that throws would not be run again. */
    private static void quietly(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.debug("could not look at the topics", e);
        }
    }

    /** @return whether there is a fault */
    private boolean look(Function<Admin, List<String>> question) {
        List<String> now = ask(question);
        now.stream().filter(fault -> !found.contains(fault)).forEach(LOG::error);
        if (now.isEmpty() && !found.isEmpty()) {
            LOG.info("the topics are fit again");
        }
        found = now;
        return !now.isEmpty();
    }

    /** @throws KafkaException if the cluster cannot be asked, or the application is closed */
    synchronized <T> T ask(Function<Admin, T> question) {
        if (closed) {
            throw new KafkaException("the application is closed");
        }
        if (admin == null) {
            admin = Admin.create(clientSettings);
        }
        return question.apply(admin);
    }

    /**
     * Waits until the topics have no fault, or the application is closed.
     *
     * @param question what to look for
     * @return whether there was one
     */
    boolean await(Function<Admin, List<String>> question) {
        boolean faulty = false;
        waiting.incrementAndGet();
        try {
            while (look(question)) {
                faulty = true;
                Thread.sleep(PERIOD_OF_FAULTS);
            }
        } catch (KafkaException e) {
            LOG.debug("could not look at the topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
        }
        return faulty;
    }

    @Override
    public void close() {
        closed = true;
        executor.shutdownNow();
        Thread.ofVirtual().start(this::closeAdmin);
    }

    private synchronized void closeAdmin() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
