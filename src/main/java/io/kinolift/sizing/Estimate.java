package io.kinolift.sizing;

import io.kinolift.runtime.check.StartFacts;
import java.util.Comparator;
import java.util.List;

/**
 * What a number of streams takes.
 *
 * @param instances spare ones included; they work as the others do
 * @param threads stream threads of each
 * @param workers threads that work on a window
 * @param partitions of each topic
 * @param cores that are busy on average, of all instances together
 * @param memory bytes of all instances together
 * @param traffic of all brokers together
 * @param disks one for each topic
 * @param failure of an instance
 * @param start what an instance asks of its machine
 * @param shares how far each limit is used once the spare instances are lost
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
        Start start,
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
     * @param kept bytes that it takes, about
     */
    public record Disk(String topic, double perHour, double kept) {}

    /**
     * An instance that is killed.
     *
     * @param restarted seconds without output if it starts again at once with its id, about; its stores are read back from
     *     the changelogs
     * @param waited seconds until the group gives it up: the session timeout
     * @param transaction seconds after which a broker ends the transaction that it has left open, if it has
     * @param takenOver seconds from there to the first output of others, without reading changelogs
     * @param restored seconds in which they read its changelogs, about
     */
    public record Failure(double restarted, double waited, double transaction, double takenOver, double restored) {
        /** Seconds without output if it does not come back, and no transaction was open. */
        public double lost() {
            return waited + takenOver + restored;
        }

        /** The same, if one was open: nobody reads the input's offsets before it ends. */
        public double lostInTransaction() {
            return Math.max(waited, transaction) + takenOver + restored;
        }
    }

    /**
     * The memory without which {@code kinolift run} refuses to start, in bytes. It is for the largest pictures and for all
     * partitions, so it is mostly more than what is used.
     *
     * @param nativeBytes for pictures, of each stream thread
     * @param cacheBytes of each partition
     * @param available of the machine
     */
    public record Start(
            double heap, double nativeBytes, int threads, double cacheBytes, int partitions, double available) {
        /** Bytes of one instance. */
        public double needed() {
            return StartFacts.physicalBytes((long) heap, (long) nativeBytes, threads, (long) cacheBytes, partitions);
        }

        public boolean fits() {
            return needed() <= available;
        }

        /** Bytes for the caches of each partition with which the rest fits; 0 or less if the rest does not. */
        public double roomForCaches() {
            return (available - heap - nativeBytes * threads) / partitions;
        }
    }

    /**
     * How far a limit is used.
     *
     * @param limit in words
     * @param used in the limit's unit
     * @param available in the same unit
     * @param hard whether streams fall behind or stop beyond it
     * @param beyond what the report says beyond it
     */
    public record Share(String limit, String unit, double used, double available, boolean hard, String beyond) {
        static Share hard(String limit, String unit, double used, double available) {
            return new Share(limit, unit, used, available, true, "TOO MUCH");
        }

        static Share soft(String limit, String unit, double used, double available, String beyond) {
            return new Share(limit, unit, used, available, false, "(" + beyond + ")");
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
