package io.kinolift.sizing.measure;

import io.kinolift.sizing.Figures;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;

/** Kills an instance twice: the first time it starts again, the second time another one takes over. */
final class Restarts {
    /** Kafka's shortest. */
    static final int SESSION_MILLIS = 6000;

    private static final int STREAMS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
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
            return new Figures.Restart(same, Math.max(0, other - SESSION_MILLIS / 1e3), readBytesPerSecond());
        }
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

    /** A whole changelog, as a store that is restored reads it. */
    private double readBytesPerSecond() {
        try (Consumer<byte[], byte[]> consumer = cluster.reader(TestCluster.changelog())) {
            long start = System.nanoTime();
            long last = start;
            long bytes = 0;
            for (int idle = 0; idle < 5; ) {
                var records = consumer.poll(Duration.ofMillis(100));
                idle = records.isEmpty() ? idle + 1 : 0;
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    bytes += record.serializedKeySize() + Math.max(0, record.serializedValueSize());
                    last = System.nanoTime();
                }
            }
            if (bytes == 0) {
                throw new IllegalStateException("expected rows in " + TestCluster.changelog() + ", found none");
            }
            return bytes * 1e9 / Math.max(1, last - start);
        }
    }
}
