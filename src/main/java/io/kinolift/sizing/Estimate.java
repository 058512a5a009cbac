package io.kinolift.sizing;

import java.util.Comparator;
import java.util.List;

/**
 * What a number of streams takes.
 *
 * @param instances spare ones included
 * @param threads stream threads of each
 * @param workers threads that work on a window
 * @param partitions of each topic
 * @param cores that are busy on average, of all instances together
 * @param memory bytes of all instances together
 * @param traffic of all brokers together
 * @param disks one for each topic
 * @param failure of an instance
 * @param shares how far each limit is used
 */
public record Estimate(
        int streams,
        int instances,
        int threads,
        int workers,
        int partitions,
        double cores,
        double memory,
        Traffic traffic,
        List<Disk> disks,
        Failure failure,
        List<Share> shares) {
    /**
     * Bytes per second.
     *
     * @param written by clients: producers and instances
     * @param changelog part of that which are changelogs
     * @param brokersIn that brokers receive, from clients and from each other
     * @param brokersOut that brokers send, to clients and to each other
     */
    public record Traffic(double written, double changelog, double brokersIn, double brokersOut) {}

    /**
     * A topic on disk, all copies together.
     *
     * @param perHour bytes that are written
     * @param kept bytes that it takes at most
     */
    public record Disk(String topic, double perHour, double kept) {}

    /**
     * An instance that is killed.
     *
     * @param restarted seconds without output if it starts again at once, with its id and its stores
     * @param waited seconds until the group gives it up: the session timeout
     * @param takenOver seconds from there to the first output of others
     * @param restored seconds in which they read its changelogs, at most
     */
    public record Failure(double restarted, double waited, double takenOver, double restored) {
        /** Seconds without output if it does not come back. */
        public double lost() {
            return waited + takenOver + restored;
        }
    }

    /**
     * How far a limit is used.
     *
     * @param limit in words
     * @param used in the limit's unit
     * @param available in the same unit
     * @param hard whether streams fall behind or stop beyond it; beyond another one they cost more
     */
    public record Share(String limit, String unit, double used, double available, boolean hard) {
        static Share hard(String limit, String unit, double used, double available) {
            return new Share(limit, unit, used, available, true);
        }

        /** Above 1 is too much. */
        public double value() {
            return used / available;
        }
    }

    /** The hard limit that is used most. */
    public Share tightest() {
        return shares.stream()
                .filter(Share::hard)
                .max(Comparator.comparingDouble(Share::value))
                .orElseThrow();
    }

    /** Whether no hard limit is exceeded. */
    public boolean fits() {
        return tightest().value() <= 1;
    }
}
