package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kinolift.TestFrames;
import io.kinolift.audit.Audit;
import io.kinolift.avro.Account;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.topology.TopologySettings.TopicNames;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.Wire;
import io.kinolift.wire.input.AvroInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * One application of several on the same input: its topics, its configuration file, and its output.
 *
 * @param name of the application; begins the names of its three output topics
 */
public record ChaosTopics(Map<String, String> clients, String name, int partitions, short replicas) {
    private static final Wire<Account> ACCOUNTS = new Wire<>(Account.getClassSchema());
    static final int MAX_BYTES = 16 << 20;

    TopicNames names() {
        return new TopicNames(TopicNames.DEFAULT.frames(), name + "-upscaled", name + "-letters", name + "-accounts");
    }

    ChaosTopics create() {
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            new Topics(
                            names().frames(),
                            names().upscaled(),
                            names().deadLetters(),
                            names().accounts(),
                            partitions,
                            replicas,
                            MAX_BYTES,
                            64 << 20,
                            -1)
                    .create(admin);
            awaitLeaders(admin);
        }
        return this;
    }

    /**
     * A producer that is faster may lose its first batch: it is refused, and those behind it are then out of order. A
     * broker may not have heard of the topics yet.
     */
    private void awaitLeaders(Admin admin) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(names().frames(), partition), OffsetSpec.latest());
            ends.put(new TopicPartition(names().upscaled(), partition), OffsetSpec.latest());
        }
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptionsMatching(failure -> failure.getCause() instanceof UnknownTopicOrPartitionException)
                .until(() -> admin.listOffsets(ends).all().get() != null);
    }

    /** Lossless output, small windows. */
    Map<String, String> ours() {
        return Map.of(
                "kinolift.frame.codec",
                "raw",
                "kinolift.window.size",
                "4",
                "kinolift.upscaled.topic",
                names().upscaled(),
                "kinolift.dead.letters.topic",
                names().deadLetters(),
                "kinolift.accounts.topic",
                names().accounts());
    }

    /** @param settings lines over the usual ones */
    Path config(Path folder, String... settings) throws Exception {
        List<String> lines = new ArrayList<>(List.of("application.id=" + name));
        ours().forEach((setting, value) -> lines.add(setting + "=" + value));
        clients.forEach((setting, value) -> lines.add(setting + "=" + value));
        lines.addAll(List.of(settings));
        return Files.write(folder.resolve(name + ".properties"), lines);
    }

    /** The application in this process. */
    KinoliftStreams start(Path stateDir, String instance) {
        return start(stateDir, instance, Map.of());
    }

    /** @param other settings over {@link #ours} */
    KinoliftStreams start(Path stateDir, String instance, Map<String, String> other) {
        Map<String, String> settings = new HashMap<>(clients);
        settings.put("application.id", name);
        settings.put("group.instance.id", instance);
        settings.put("session.timeout.ms", "6000");
        Map<String, String> all = new HashMap<>(ours());
        all.putAll(other);
        KinoliftStreams streams = new KinoliftStreams(new KinoliftConfig(all), settings, stateDir);
        streams.start();
        return streams;
    }

    /** Raw frames {@code from} to {@code to - 1} of each stream, the streams in turn. */
    public static void send(
            Producer<byte[], byte[]> producer, List<String> streams, long from, long to, int width, int height) {
        for (long sequence = from; sequence < to; sequence++) {
            for (String stream : streams) {
                send(producer, TestFrames.raw(stream, sequence, width, height));
            }
        }
    }

    static void send(Producer<byte[], byte[]> producer, EncodedFrame frame) {
        send(producer, frame.streamId(), FrameRecords.write(frame));
    }

    public static void end(Producer<byte[], byte[]> producer, String stream, long frames) {
        send(producer, stream, FrameRecords.writeEnd(stream, 0, frames, null));
    }

    static void send(Producer<byte[], byte[]> producer, String stream, byte[] value) {
        var _ = producer.send(
                new ProducerRecord<>(TopicNames.DEFAULT.frames(), stream.getBytes(StandardCharsets.UTF_8), value));
    }

    /** Reads committed output as it comes; kept open, so that it sees how long nothing comes. */
    final class Output implements AutoCloseable {
        private final Consumer<byte[], byte[]> consumer = Clients.consumer(clients);
        private final Map<String, List<VideoFrame>> streams = new LinkedHashMap<>();
        private final List<Instance> makers = new ArrayList<>();
        private int records;
        private int ended;

        Output() {
            List<TopicPartition> all = partitionsOf(names().upscaled());
            consumer.assign(all);
            consumer.seekToBeginning(all);
        }

        /** Waiting for more ends if one of these ends by itself. */
        Output madeBy(Instance... instances) {
            makers.addAll(List.of(instances));
            return this;
        }

        /** Until there are so many records, or all of so many streams. @return how many there are */
        int await(int leastRecords, int endedStreams, Duration patience) throws Exception {
            long deadline = System.nanoTime() + patience.toNanos();
            while (records < leastRecords && ended < endedStreams) {
                assertThat(System.nanoTime())
                        .as("%s: %d records, %d ends", name, records, ended)
                        .isLessThan(deadline);
                for (Instance maker : makers) {
                    maker.requireAlive();
                }
                poll();
            }
            return records;
        }

        /** Takes what is there. @return how many records there are */
        int poll() throws Exception {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                VideoFrame frame = FrameRecords.parse(record.value());
                streams.computeIfAbsent(frame.getStreamId(), _ -> new ArrayList<>())
                        .add(frame);
                records++;
                ended += frame.getEndOfStream() ? 1 : 0;
            }
            return records;
        }

        /** Streams whose end came. */
        int ended() {
            return ended;
        }

        Map<String, List<VideoFrame>> streams() {
            return streams;
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    Output output() {
        return new Output();
    }

    /** All output of a number of streams. */
    Map<String, List<VideoFrame>> read(int endedStreams, Duration patience, Instance... makers) throws Exception {
        try (Output output = output().madeBy(makers)) {
            output.await(Integer.MAX_VALUE, endedStreams, patience);
            return output.streams();
        }
    }

    /** The last account of each stream. */
    Map<String, Account> lastAccounts() throws MalformedRecordException {
        List<TopicPartition> all = partitionsOf(names().accounts());
        Map<String, Account> last = new HashMap<>();
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients)) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    Account account = ACCOUNTS.read(record.value());
                    last.put(account.getStreamId(), account);
                }
            }
        }
        return last;
    }

    private List<TopicPartition> partitionsOf(String topic) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    Audit.Report audit() throws Exception {
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients)) {
            return new Audit(consumer, names(), new AvroInput(Optional.empty(), false), _ -> true).run();
        }
    }
}
