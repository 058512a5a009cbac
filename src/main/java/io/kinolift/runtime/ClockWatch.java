package io.kinolift.runtime;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Notices that the machine's clock was set back. Kafka's clients measure intervals by this clock: until it has made up
 * for the step, they send no heartbeats, commit nothing and do not connect again.
 */
final class ClockWatch implements AutoCloseable {
    /** Waiting is no worse than a restart, up to here. */
    private static final Duration HARMLESS = Duration.ofSeconds(5);

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Consumer<Duration> setBack;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("clock-watch").factory());
    private long aheadMillis = aheadMillis();

    /** @param setBack is told by how much the clock was set back */
    ClockWatch(Consumer<Duration> setBack) {
        this.setBack = setBack;
    }

    void start() {
        var _ = executor.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = aheadMillis();
        long back = aheadMillis - now;
        aheadMillis = now;
        if (back > HARMLESS.toMillis()) {
            setBack.accept(Duration.ofMillis(back));
        }
    }

    /** By how much the time of day is ahead of the clock that nobody sets. */
    private static long aheadMillis() {
        return System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
