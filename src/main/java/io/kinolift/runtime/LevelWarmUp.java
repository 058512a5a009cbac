package io.kinolift.runtime;

import io.kinolift.engine.StreamPlan;
import io.kinolift.engine.StreamPlans;
import io.kinolift.engine.WarmUp;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warms up the plans that have levels, one after the other, and says how long that takes.
 *
 * @param most for all plans together
 */
record LevelWarmUp(List<StreamPlan> plans, Duration most) {
    private static final Logger LOG = LoggerFactory.getLogger(LevelWarmUp.class);

    static LevelWarmUp of(StreamPlans plans, Duration most) {
        return new LevelWarmUp(
                plans.all().stream().filter(plan -> plan.levels().isLive()).toList(), most);
    }

    /** @param isStopped whether to end at once */
    void run(BooleanSupplier isStopped) {
        if (plans.isEmpty() || most.isZero()) {
            return;
        }
        LOG.info(
                "making pictures at every level before streams are read, {} s at most (kinolift.warmup.ms)",
                seconds(most));
        long start = System.nanoTime();
        for (StreamPlan plan : plans) {
            Set<Integer> cold = WarmUp.run(plan, most.minusNanos(System.nanoTime() - start), isStopped);
            if (isStopped.getAsBoolean()) {
                return;
            }
            LOG.info(
                    "{}: levels {} are ready after {} s{}",
                    plan.summary(),
                    plan.levels().numbers(),
                    seconds(Duration.ofNanos(System.nanoTime() - start)),
                    cold.isEmpty() ? "" : ", but for " + cold + ", whose first windows will be late");
        }
    }

    private static long seconds(Duration duration) {
        return Math.round(duration.toMillis() / 1e3);
    }
}
