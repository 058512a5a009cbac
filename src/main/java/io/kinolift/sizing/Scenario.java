package io.kinolift.sizing;

/**
 * What is simulated.
 *
 * @param streams that send all the time, each from a random moment of its first frame time on
 * @param rate frames per second of each
 * @param window frames of a window
 * @param halo frames behind a window that its outputs need
 * @param partitions to which streams are hashed
 * @param instances that share the partitions
 * @param threads of each instance
 * @param windowTime of a stream thread
 * @param commitTime of a stream thread, in which it does nothing else
 * @param commitInterval seconds
 * @param seconds how long it runs
 * @param failure of the first instance; null for none
 */
public record Scenario(
        int streams,
        double rate,
        int window,
        int halo,
        int partitions,
        int instances,
        int threads,
        Samples windowTime,
        Samples commitTime,
        double commitInterval,
        double seconds,
        Failure failure) {
    /**
     * An instance ends without a word, and the others go on with its last commit.
     *
     * @param at seconds from the start
     * @param outage seconds until others have its partitions
     */
    public record Failure(double at, double outage) {}

    /** @throws IllegalArgumentException if a number is out of range, or nobody is left after a failure */
    public Scenario {
        if (streams < 1 || window < 1 || halo < 0 || partitions < 1 || instances < 1 || threads < 1) {
            throw new IllegalArgumentException("expected at least 1 stream, frame per window, partition, instance and "
                    + "thread, and a halo of at least 0, found " + streams + ", " + window + ", " + partitions + ", "
                    + instances + ", " + threads + " and " + halo);
        }
        if (!(rate > 0) || !(commitInterval > 0) || !(seconds > 0)) {
            throw new IllegalArgumentException("expected a rate, a commit interval and a time above 0, found " + rate
                    + ", " + commitInterval + " and " + seconds);
        }
        if (failure != null && (instances < 2 || !(failure.at() >= 0 && failure.outage() >= 0))) {
            throw new IllegalArgumentException("expected another instance beside the one that fails, and times of at "
                    + "least 0 s, found " + instances + " in all and " + failure);
        }
    }

    /**
     * An estimate's cluster, with or without a failure. The instance that fails leaves an open transaction, as one that
     * has work nearly always does.
     *
     * @param failsAt seconds from the start; NaN for never
     */
    public static Scenario of(Model model, Estimate estimate, double seconds, double failsAt) {
        Figures figures = model.figures();
        return new Scenario(
                estimate.streams(),
                model.inputsPerSecond(),
                figures.job().window(),
                model.bounds().haloAfter(),
                estimate.partitions(),
                estimate.instances(),
                estimate.threads(),
                figures.processor().window(estimate.workers()),
                figures.processor().commit(),
                figures.job().commitMillis() / 1e3,
                seconds,
                Double.isNaN(failsAt)
                        ? null
                        : new Failure(failsAt, estimate.failure().lostInTransaction()));
    }
}
