package io.kinolift.sizing.measure;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;

/** A number of streams that run for some time. */
final class Trial {
    /** Streams begin, and codecs are opened. */
    private static final long SETTLE_MILLIS = 4000;

    private final TestCluster cluster;
    private final InstanceProcess instance;
    private final Arrivals arrivals;
    private final Producer<byte[], byte[]> producer;
    private final Footage footage;
    private final long quietMillis;

    /** @param quietMillis without outputs, after which none are missing */
    Trial(
            TestCluster cluster,
            InstanceProcess instance,
            Arrivals arrivals,
            Producer<byte[], byte[]> producer,
            Footage footage,
            long quietMillis) {
        this.cluster = cluster;
        this.instance = instance;
        this.arrivals = arrivals;
        this.producer = producer;
        this.footage = footage;
        this.quietMillis = quietMillis;
    }

    /**
     * Runs streams and measures them, and waits until all their outputs have come.
     *
     * @param rate frames per second of each
     * @param millis how long, behind a start that does not count
     */
    Measured run(int streams, double rate, long millis) throws IOException, InterruptedException {
        Measured measured = measure(streams, rate, millis);
        arrivals.awaitQuiet(quietMillis);
        return measured;
    }

    private Measured measure(int streams, double rate, long millis) throws IOException, InterruptedException {
        String name = "trial-" + System.nanoTime() + "-";
        try (Senders senders = Senders.paced(producer, footage, name, streams, rate)) {
            Thread.sleep(SETTLE_MILLIS);
            arrivals.takeLatencies();
            Map<String, Long> bytesBefore = cluster.bytes();
            long inputsBefore = senders.sent();
            long outputsBefore = arrivals.outputs();
            long begun = System.nanoTime();
            InstanceProcess.Reading before = instance.read();
            Thread.sleep(millis);
            InstanceProcess.Reading after = instance.read();
            double seconds = (System.nanoTime() - begun) / 1e9;
            long inputs = senders.sent() - inputsBefore;
            long outputs = arrivals.outputs() - outputsBefore;
            Map<String, Long> bytes = new TreeMap<>(cluster.bytes());
            bytesBefore.forEach((topic, size) -> bytes.merge(topic, -size, Long::sum));
            double[] latencies = arrivals.takeLatencies();
            // Last, because it stops all threads.
            InstanceProcess.Reading collected = instance.readCollected();
            return new Measured(
                    streams,
                    inputs / seconds,
                    outputs / seconds,
                    Math.max(0, after.coreSeconds() - before.coreSeconds()) / seconds,
                    bytes.entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue() / seconds)),
                    after.resident(),
                    collected.heap(),
                    after.windows(),
                    after.commits(),
                    latencies);
        }
    }
}
