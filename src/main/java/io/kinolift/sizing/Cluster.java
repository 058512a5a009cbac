package io.kinolift.sizing;

/**
 * What is assumed of the machines. None of it is measured.
 *
 * @param partitions of each topic; 0 finds them
 */
public record Cluster(Instances instances, Brokers brokers, int partitions) {
    /**
     * The instances of Kinolift.
     *
     * @param cores of each
     * @param memory of each, in bytes
     * @param network bytes per second that each may send, and as many that it may receive
     * @param threads stream threads of each; 0 finds the number that needs the fewest instances
     * @param spare instances that may be lost at once without falling behind
     * @param target share of cores, threads, network and brokers that is used at most
     * @param sessionSeconds after which the group gives up a silent one
     */
    public record Instances(
            int cores, double memory, double network, int threads, int spare, double target, double sessionSeconds) {
        /** @throws IllegalArgumentException if a number is out of range */
        public Instances {
            atLeast(1, cores, "cores per instance");
            positive(memory, "memory per instance");
            positive(network, "network per instance");
            atLeast(0, threads, "stream threads per instance");
            atLeast(0, spare, "spare instances");
            positive(target, "target");
            positive(sessionSeconds, "session timeout");
            if (target > 1) {
                throw new IllegalArgumentException("expected a target of at most 1, found " + target);
            }
            if (threads > cores) {
                throw new IllegalArgumentException(
                        "expected at most " + cores + " stream threads on as many cores, found " + threads);
            }
        }
    }

    /**
     * The brokers of Kafka.
     *
     * @param count number of them
     * @param write bytes per second that each may write, copies included
     * @param partitions replicas of partitions that each may hold
     * @param replication copies of each record, the first one included
     * @param readers times that each output is read
     * @param retentionHours how long frames and outputs are kept
     */
    public record Brokers(
            int count, double write, int partitions, int replication, int readers, double retentionHours) {
        /** @throws IllegalArgumentException if a number is out of range */
        public Brokers {
            atLeast(1, count, "brokers");
            positive(write, "bytes per second of a broker");
            atLeast(1, partitions, "partitions per broker");
            atLeast(1, replication, "copies of each record");
            atLeast(0, readers, "readers");
            positive(retentionHours, "hours of retention");
            if (replication > count) {
                throw new IllegalArgumentException(
                        "expected at most " + count + " copies on as many brokers, found " + replication);
            }
        }
    }

    /** @throws IllegalArgumentException if a number is out of range */
    public Cluster {
        atLeast(0, partitions, "partitions");
    }

    private static void atLeast(int least, int number, String what) {
        if (number < least) {
            throw new IllegalArgumentException("expected at least " + least + " " + what + ", found " + number);
        }
    }

    private static void positive(double number, String what) {
        if (!(number > 0) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("expected a " + what + " above 0, found " + number);
        }
    }
}
