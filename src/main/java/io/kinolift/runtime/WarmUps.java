package io.kinolift.runtime;

import io.kinolift.engine.LevelWarmUp;
import io.kinolift.engine.StreamPlan;
import io.kinolift.engine.StreamPlans;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warms up the plans that have levels, one after the other, and says how long that takes. */
final class WarmUps {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUps.class);

    private final List<StreamPlan> plans;
    private final Duration most;
    private volatile boolean isRunning;

    /** @param most for all plans together */
    WarmUps(StreamPlans plans, Duration most) {
        this.plans = plans.all().stream().filter(plan -> plan.levels().isLive()).toList();
        this.most = most;
    }

    List<StreamPlan> plans() {
        return plans;
    }

    boolean isRunning() {
        return isRunning;
    }

    /** @param isStopped whether to end at once */
    void run(BooleanSupplier isStopped) {
        if (plans.isEmpty() || most.isZero()) {
            return;
        }
        isRunning = true;
        try {
            LOG.info(
                    "making pictures at every level before streams are read, {} s at most (kinolift.warmup.ms)",
                    seconds(most));
            long start = System.nanoTime();
            for (StreamPlan plan : plans) {
                Set<Integer> cold = LevelWarmUp.run(plan, most.minusNanos(System.nanoTime() - start), isStopped);
                if (isStopped.getAsBoolean()) {
                    return;
                }
                Set<Integer> ready = new TreeSet<>(plan.levels().numbers());
                ready.removeAll(cold);
                LOG.info(
                        "{}: levels {} are ready after {} s{}",
                        plan.summary(),
                        ready,
                        seconds(Duration.ofNanos(System.nanoTime() - start)),
                        cold.isEmpty() ? "" : "; there was no time for " + cold + ", whose first windows will be late");
            }
        } finally {
            isRunning = false;
        }
    }

    private static long seconds(Duration duration) {
        return Math.round(duration.toMillis() / 1e3);
    }
}
