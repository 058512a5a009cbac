package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.avro.VideoFrame;
import io.kinolift.transfer.Clients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * Streams that are sent in parts, one stream a partition, while something is done to the application; in the end its
 * output is compared with that of an undisturbed one. Between two parts a frame waits for the one before it, so that
 * an application that loses its state loses a frame.
 */
final class Disturbance implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WIDTH = 48;
    private static final int HEIGHT = 32;

    private final Map<String, String> clients;
    private final ChaosTopics topics;
    private final List<String> streams;
    private final Producer<byte[], byte[]> producer;
    private final ChaosTopics.Output output;
    private int sent;

    Disturbance(Map<String, String> clients, String name, int partitions) {
        this.clients = clients;
        topics = new ChaosTopics(clients, name, partitions, (short) 1).create();
        streams = IntStream.range(0, partitions)
                .mapToObj(partition -> streamOf(name, partition, partitions))
                .toList();
        producer = Clients.producer(clients, ChaosTopics.MAX_BYTES);
        output = topics.output();
    }

    private static String streamOf(String name, int partition, int partitions) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> name + "-" + partition + "-" + i)
                .filter(stream ->
                        BuiltInPartitioner.partitionForKey(stream.getBytes(StandardCharsets.UTF_8), partitions)
                                == partition)
                .findFirst()
                .orElseThrow();
    }

    ChaosTopics topics() {
        return topics;
    }

    /** An instance of the application, for whose output nobody waits when it has ended by itself. */
    Instance instance(Path folder, String name, Map<String, String> environment, String... settings) throws Exception {
        Instance instance = new Instance(topics, folder, name, environment, settings);
        output.madeBy(instance);
        return instance;
    }

    Instance instance(Path folder, String name, String... settings) throws Exception {
        return instance(folder, name, Map.of(), settings);
    }

    List<String> streams() {
        return streams;
    }

    ChaosTopics.Output output() {
        return output;
    }

    /** Sends frames of each stream; all but two of them, which come swapped with the next part, can be upscaled. */
    void send(int frames) {
        int from = sent;
        sent += frames;
        for (String stream : streams) {
            if (from > 0) {
                send(stream, from - 2);
            }
            for (int sequence = from; sequence < sent - 2; sequence++) {
                send(stream, sequence);
            }
            send(stream, sent - 1);
        }
        producer.flush();
    }

    private void send(String stream, int sequence) {
        ChaosTopics.send(producer, TestFrames.raw(stream, sequence, WIDTH, HEIGHT));
    }

    /** Sends what was held back, and the ends. */
    void end() {
        for (String stream : streams) {
            send(stream, sent - 2);
            ChaosTopics.end(producer, stream, sent);
        }
        producer.flush();
    }

    /** Until there is output of most of what was sent, of all streams. */
    void awaitWork() throws Exception {
        output.await(streams.size() * (2 * sent - 8), Integer.MAX_VALUE, PATIENCE);
    }

    /** Seconds until new output comes. */
    double secondsToOutput() throws Exception {
        long start = System.nanoTime();
        output.await(output.poll() + 1, Integer.MAX_VALUE, PATIENCE);
        return (System.nanoTime() - start) / 1e9;
    }

    /** Until all streams have ended; they are as if nothing had happened, and the accounts are in order. */
    void assertWhole(Path folder) throws Exception {
        output.await(Integer.MAX_VALUE, streams.size(), PATIENCE);
        output.poll();
        assertWhole(topics, output.streams(), folder);
    }

    /** The output of an application that has read all that was sent. */
    void assertWhole(ChaosTopics application, Map<String, List<VideoFrame>> found, Path folder) throws Exception {
        Map<String, List<VideoFrame>> expected = undisturbed(folder);
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        for (String stream : streams) {
            assertThat(expected.get(stream)).hasSize(2 * sent + 1);
            // Their numbers first: they are easier to read.
            assertThat(found.get(stream).stream().map(VideoFrame::getSequence))
                    .as(stream)
                    .containsExactlyElementsOf(expected.get(stream).stream()
                            .map(VideoFrame::getSequence)
                            .toList());
            assertThat(found.get(stream)).as(stream).isEqualTo(expected.get(stream));
        }
        assertThat(application.audit().problems()).isEmpty();
    }

    private Map<String, List<VideoFrame>> undisturbed(Path folder) throws Exception {
        ChaosTopics calm = new ChaosTopics(clients, topics.name() + "-calm", topics.partitions(), (short) 1).create();
        try (KinoliftStreams _ = calm.start(folder.resolve(calm.name()), "only")) {
            return calm.read(streams.size(), PATIENCE);
        }
    }

    @Override
    public void close() {
        output.close();
        producer.close();
    }
}
