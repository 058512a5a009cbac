package io.kinolift.sizing.measure;

import io.kinolift.runtime.StreamsProperties;
import io.kinolift.sizing.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;

/** Kills an instance twice: the first time it starts again, the second time another one takes over. */
final class Restarts {
    /** Kafka's shortest. */
    static final int SESSION_MILLIS = 6000;

    private static final int STREAMS = 2;
    /** The killed one may leave a transaction open, and only then outputs come. */
    private static final Duration PATIENCE = StreamsProperties.TRANSACTION_TIMEOUT.multipliedBy(2);
    /** An open transaction began before the kill, so it ends a little earlier than its timeout after it. */
    private static final double OPEN_TRANSACTION = 0.9;

    /** What was committed before the kill has arrived by then. */
    private static final long STRAGGLERS_MILLIS = 1000;

    private final TestCluster cluster;
    private final Arrivals arrivals;
    private final Producer<byte[], byte[]> producer;
    private final Footage footage;

    /** Starts an instance. */
    interface Starter {
        /**
         * Starts one.
         *
         * @param name of the instance and of the folder of its stores
         */
        InstanceProcess start(String name) throws IOException;
    }

    Restarts(TestCluster cluster, Arrivals arrivals, Producer<byte[], byte[]> producer, Footage footage) {
        this.cluster = cluster;
        this.arrivals = arrivals;
        this.producer = producer;
        this.footage = footage;
    }

    /**
     * Kills and starts.
     *
     * @param instance named a
     * @param rate frames per second of each stream
     */
    Figures.Restart measure(InstanceProcess instance, Starter starter, double rate)
            throws IOException, InterruptedException {
        try (Senders _ = Senders.paced(producer, footage, "restart-", STREAMS, rate)) {
            awaitOutput();
            instance.kill();
            double same;
            double other;
            long killed = System.nanoTime();
            try (InstanceProcess again = starter.start("a")) {
                same = secondsToOutput(killed);
                again.kill();
            }
            killed = System.nanoTime();
            try (InstanceProcess _ = starter.start("b")) {
                other = secondsToOutput(killed);
            }
            return figures(same, other, readChangelogs());
        }
    }

    /** What was read from changelogs, and how fast. */
    record Reading(double bytes, double perSecond) {
        double seconds() {
            return bytes / perSecond;
        }
    }

    /**
     * Figures of what was measured: seconds from either kill to the first output, in which each time all changelogs were
     * read back.
     */
    static Figures.Restart figures(double same, double other, Reading changelogs) {
        double transaction = StreamsProperties.TRANSACTION_TIMEOUT.toSeconds();
        double waited = other > OPEN_TRANSACTION * transaction ? transaction : SESSION_MILLIS / 1e3;
        return new Figures.Restart(
                Math.max(0, same - changelogs.seconds()),
                Math.max(0, other - waited - changelogs.seconds()),
                changelogs.perSecond());
    }

    private double secondsToOutput(long killed) throws InterruptedException {
        Thread.sleep(STRAGGLERS_MILLIS);
        awaitOutput();
        return (arrivals.lastNanos() - killed) / 1e9;
    }

    private void awaitOutput() throws InterruptedException {
        long before = arrivals.outputs();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (arrivals.outputs() == before) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("expected outputs, found none for " + PATIENCE);
            }
            Thread.sleep(10);
        }
    }

    /** All changelogs, as stores that are restored read them. The clock runs from the first records on. */
    private Reading readChangelogs() {
        List<String> changelogs = cluster.changelogs();
        try (Consumer<byte[], byte[]> consumer = cluster.reader(changelogs)) {
            long asked = System.nanoTime();
            long start = 0;
            long last = 0;
            long first = 0;
            long bytes = 0;
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (int idle = 0; idle < 5; ) {
                var records = consumer.poll(Duration.ofMillis(100));
                idle = records.isEmpty() && bytes > 0 ? idle + 1 : 0;
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("expected to read " + changelogs + " within " + PATIENCE
                            + ", found " + bytes + " bytes of rows");
                }
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    bytes += record.serializedKeySize() + Math.max(0, record.serializedValueSize());
                    last = System.nanoTime();
                }
                if (first == 0 && bytes > 0) {
                    first = bytes;
                    start = last;
                }
            }
            // All in one piece: then nothing but the time to ask for it is known.
            return bytes == first
                    ? new Reading(bytes, bytes * 1e9 / (last - asked))
                    : new Reading(bytes, (bytes - first) * 1e9 / (last - start));
        }
    }
}
