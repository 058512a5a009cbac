package io.kinolift.sizing;

import java.util.List;

/**
 * What came out of a simulation.
 *
 * @param calm latency before the failure, or of the whole run without one; the start is left out
 * @param seconds one point for each second
 * @param mostLag most frames that were captured and not committed
 * @param caughtUp seconds from the failure until lag stays within 1.2 times the most before it; NaN if it does not by the
 *     end, 0 without a failure
 * @param watched seconds from the failure to the end, 0 without a failure
 * @param busiest share of its time that the busiest thread worked
 * @param arrived frames captured
 * @param committed of them
 * @param held of them, counted where they wait
 */
public record SimulationResult(
        Latency calm,
        List<Point> seconds,
        long mostLag,
        double caughtUp,
        double watched,
        double busiest,
        long arrived,
        long committed,
        long held) {
    /** In seconds, from capture to commit. */
    public record Latency(double mean, double p50, double p95, double p99) {
        static Latency of(Latencies times) {
            return new Latency(times.mean(), times.quantile(0.5), times.quantile(0.95), times.quantile(0.99));
        }
    }

    /**
     * A second of the run.
     *
     * @param latency of the frames captured in it
     * @param lag frames captured and not committed at its end
     */
    public record Point(Latency latency, long lag) {}
}
