package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.TestFrames;
import io.kinolift.avro.Account;
import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.Totals;
import io.kinolift.avro.VideoFrame;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.FrameRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances that share windows, with topics and threads that are out of the ordinary. */
@Tag("endurance")
@Timeout(300)
class SharedTopicsIT {
    private static final String WINDOWS = "channel-windows";
    private static final String OUTCOMES = "channel-outcomes";
    /** A window needs three commits. So most of them are away when the first output is seen. */
    private static final String[] SLOW = {
        "kinolift.parallelism", "window",
        "kinolift.parallelism.lanes", "2",
        "kinolift.window.size", "1",
        "kinolift.thread.restarts", "0",
        "commit.interval.ms", "1000"
    };

    @TempDir
    private Path folder;

    private Channel stoppedWithWindowsAway() throws Exception {
        Channel channel = new Channel(folder, 1).start(SLOW).awaitReady();
        try (ChaosTopics.Output output = channel.topics.output()) {
            channel.send("a", 0, 200);
            channel.watch(output, 1);
            channel.stop();
        }
        return channel;
    }

    @ParameterizedTest
    @ValueSource(strings = {WINDOWS, OUTCOMES})
    void deletedWhileStopped_withWindowsAway_isRefused(String topic) throws Exception {
        try (Channel channel = stoppedWithWindowsAway()) {
            channel.delete(topic);
            for (String parallelism : List.of("window", "stream")) {
                assertThatThrownBy(() -> channel.start("kinolift.parallelism", parallelism))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("expected windows of stream a on their way in the topics"
                                + " [channel-windows, channel-outcomes], found none: " + topic + " was deleted")
                        .hasMessageContaining("kinolift reset");
            }
        }
    }

    private static void makeAgain(Channel channel, String topic) throws Exception {
        channel.admin
                .createTopics(List.of(new NewTopic(topic, topic.equals(WINDOWS) ? 2 : 1, (short) 1)))
                .all()
                .get();
    }

    @Test
    void deletedAndMadeAgainWhileStopped_withWindowsAway_isRefused() throws Exception {
        try (Channel channel = stoppedWithWindowsAway()) {
            channel.delete(WINDOWS);
            makeAgain(channel, WINDOWS);
            assertThatThrownBy(() -> channel.start(SLOW))
                    .hasMessageContaining("found none: channel-windows was deleted");
        }
    }

    @Test
    void deletedWhileStopped_withNothingAway_isMadeAgain() throws Exception {
        try (Channel channel = new Channel(folder, 1).start(SLOW).awaitReady();
                ChaosTopics.Output output = channel.topics.output()) {
            channel.send("a", 0, 8);
            channel.end("a", 8);
            output.await(Integer.MAX_VALUE, 1, Channel.PATIENCE);
            awaitNothingAway(channel);
            channel.stop();
            channel.delete(WINDOWS);
            channel.delete(OUTCOMES);
            channel.start(SLOW).awaitReady();
            channel.send("b", 0, 8);
            channel.end("b", 8);
            output.await(Integer.MAX_VALUE, 2, Channel.PATIENCE);
            assertThat(Channel.sequences(output.streams().get("b")))
                    .containsExactlyElementsOf(LongStream.range(0, 16).boxed().toList());
            assertThat(channel.topics.audit().problems()).isEmpty();
        }
    }

    private static void awaitNothingAway(Channel channel) {
        Awaitility.await()
                .atMost(Channel.PATIENCE)
                .until(() -> channel.get("metrics")
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("kinolift_windows_away{"))
                        .allMatch(line -> line.endsWith(" 0.0")));
    }

    @ParameterizedTest
    @ValueSource(strings = {WINDOWS, OUTCOMES})
    void deletedWhileRunning_isSaidByReady_evenIfItIsMadeAgain(String topic) throws Exception {
        try (Channel channel = new Channel(folder, 1).start(SLOW).awaitReady();
                ChaosTopics.Output output = channel.topics.output()) {
            channel.send("a", 0, 400);
            channel.watch(output, 1);
            channel.delete(topic);
            String expected = "expected the topic " + topic + " that was there before, found it deleted";
            Awaitility.await()
                    .atMost(Channel.PATIENCE)
                    .until(() -> channel.ready().body().contains(expected));
            assertThat(channel.ready().statusCode()).isEqualTo(503);
            assertThat(channel.get("live").statusCode()).isEqualTo(200);
            // As brokers do that make topics by themselves.
            makeAgain(channel, topic);
            Awaitility.await()
                    .atMost(Channel.PATIENCE)
                    .until(() -> channel.ready().body().contains(expected + " and made again"));
        }
    }

    /** Neither the changelog nor a topic between instances takes it whole. */
    @ParameterizedTest
    @ValueSource(strings = {"stream", "window"})
    void aHugeRecordWhileWindowsAreAway_becomesADeadLetter(String parallelism) throws Exception {
        try (Channel channel = new Channel(folder, 1)) {
            for (String topic : channel.topics.names().written()) {
                channel.set(topic, "max.message.bytes", "200000");
            }
            String[] settings = SLOW.clone();
            settings[1] = parallelism;
            settings = Arrays.copyOf(settings, settings.length + 2);
            settings[settings.length - 2] = "kinolift.max.frame.bytes";
            settings[settings.length - 1] = "100000";
            channel.start(settings).awaitReady();
            try (ChaosTopics.Output output = channel.topics.output()) {
                for (int i = 0; i < 20; i++) {
                    channel.send("a", i, i + 1);
                    if (i % 5 == 2) {
                        ChaosTopics.send(channel.producer, "a", new byte[2_000_000]);
                    }
                }
                channel.end("a", 20);
                output.await(Integer.MAX_VALUE, 1, Channel.PATIENCE);
                assertThat(Channel.sequences(output.streams().get("a"))).hasSize(40);
                assertThat(channel.letters())
                        .hasSize(4)
                        .extracting(DeadLetter::getPayloadBytes)
                        .containsOnly(2_000_000L);
                assertThat(channel.topics.audit().problems()).isEmpty();
                assertThat(channel.streams().lastThreadFailure()).isEmpty();
            }
        }
    }

    /** What one application makes of all streams, and what is said of them. */
    private record Made(Map<String, List<VideoFrame>> output, Map<String, Totals> accounts) {
        static Made by(ChaosTopics topics, ChaosTopics.Output output, int streams) throws Exception {
            output.await(Integer.MAX_VALUE, streams, Channel.PATIENCE);
            Map<String, Totals> accounts = new TreeMap<>();
            for (Map.Entry<String, Account> account : topics.lastAccounts().entrySet()) {
                accounts.put(account.getKey(), account.getValue().getTotals());
            }
            return new Made(new TreeMap<>(output.streams()), accounts);
        }
    }

    @Test
    void inputsByPattern_withAnyNumbersOfPartitions_andOneThatComesLater() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults());
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                Producer<byte[], byte[]> producer = Clients.producer(
                        Map.of("bootstrap.servers", broker.bootstrapServers()), ChaosTopics.MAX_BYTES)) {
            Map<String, String> clients =
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "metadata.max.age.ms", "1000");
            ChaosTopics whole = new ChaosTopics(clients, "whole", 4, (short) 1).create();
            ChaosTopics shared = new ChaosTopics(clients, "shared", 4, (short) 1).create();
            make(admin, "cam-a", 3);
            make(admin, "cam-b", 1);
            try (KinoliftStreams one = whole.start(folder.resolve("whole"), "one", byPattern("stream"));
                    KinoliftStreams two = shared.start(folder.resolve("shared"), "two", byPattern("window"));
                    KinoliftStreams three = shared.start(folder.resolve("shared3"), "three", byPattern("window"));
                    ChaosTopics.Output fromWhole = whole.output();
                    ChaosTopics.Output fromShared = shared.output()) {
                for (long sequence = 0; sequence < 30; sequence++) {
                    send(producer, "cam-a", 0, "x", sequence);
                    send(producer, "cam-a", 2, "y", sequence);
                    send(producer, "cam-b", 0, "x", sequence);
                    send(producer, "cam-b", 0, "z", sequence);
                }
                fromShared.await(20, 5, Channel.PATIENCE);
                make(admin, "cam-c", 4);
                for (long sequence = 0; sequence < 30; sequence++) {
                    send(producer, "cam-c", 0, "x", sequence);
                    send(producer, "cam-c", 3, "z", sequence);
                }
                List<List<Object>> ends = List.of(
                        List.of("cam-a", 0, "x"),
                        List.of("cam-a", 2, "y"),
                        List.of("cam-b", 0, "x"),
                        List.of("cam-b", 0, "z"),
                        List.of("cam-c", 0, "x"),
                        List.of("cam-c", 3, "z"));
                for (List<Object> end : ends) {
                    String stream = (String) end.get(2);
                    producer.send(record(
                                    (String) end.get(0),
                                    (int) end.get(1),
                                    stream,
                                    FrameRecords.writeEnd(stream, 0, 30, null)))
                            .get();
                }
                Made expected = Made.by(whole, fromWhole, ends.size());
                assertThat(expected.output())
                        .hasSize(ends.size())
                        .allSatisfy((_, frames) -> assertThat(frames).hasSize(61));
                assertThat(Made.by(shared, fromShared, ends.size())).isEqualTo(expected);
                for (KinoliftStreams streams : List.of(one, two, three)) {
                    // Not of a restart that counts: changelogs had to follow.
                    assertThat(streams.failure()).isEmpty();
                    assertThat(streams.topicFaults()).isEmpty();
                }
                assertThat(admin.describeTopics(List.of("shared-outcomes"))
                                .allTopicNames()
                                .get()
                                .get("shared-outcomes")
                                .partitions())
                        .hasSize(4);
            }
        }
    }

    private static Map<String, String> byPattern(String parallelism) {
        return Map.of("kinolift.frames.topic", "cam-*", "kinolift.parallelism", parallelism);
    }

    private static void make(Admin admin, String topic, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)
                        .configs(Map.of("max.message.bytes", Integer.toString(ChaosTopics.MAX_BYTES)))))
                .all()
                .get();
        // A producer that is faster than the broker may lose its first batch.
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        Awaitility.await()
                .atMost(Channel.PATIENCE)
                .ignoreExceptions()
                .until(() -> admin.listOffsets(ends).all().get() != null);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int partition, String stream, byte[] value) {
        return new ProducerRecord<>(topic, partition, stream.getBytes(StandardCharsets.UTF_8), value);
    }

    private static void send(
            Producer<byte[], byte[]> producer, String topic, int partition, String stream, long sequence) {
        var _ = producer.send(
                record(topic, partition, stream, FrameRecords.write(TestFrames.raw(stream, sequence, 64, 48))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,1", "1,3"})
    void anyNumberOfThreads_makesTheSame(String threads) throws Exception {
        List<String> streams = List.of("a", "b");
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults());
                Producer<byte[], byte[]> producer = Clients.producer(
                        Map.of("bootstrap.servers", broker.bootstrapServers()), ChaosTopics.MAX_BYTES)) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            ChaosTopics whole = new ChaosTopics(clients, "whole", 2, (short) 1).create();
            ChaosTopics.send(producer, streams, 0, 60, 64, 48);
            streams.forEach(stream -> ChaosTopics.end(producer, stream, 60));
            producer.flush();
            Made expected;
            try (KinoliftStreams _ = whole.start(folder.resolve("whole"), "one");
                    ChaosTopics.Output output = whole.output()) {
                expected = Made.by(whole, output, streams.size());
            }
            ChaosTopics shared = new ChaosTopics(clients, "shared", 2, (short) 1).create();
            List<KinoliftStreams> instances = new ArrayList<>();
            try (ChaosTopics.Output output = shared.output()) {
                for (String count : threads.split(",", -1)) {
                    Map<String, String> own = new HashMap<>(clients);
                    own.put("num.stream.threads", count);
                    String name = "instance" + instances.size();
                    instances.add(new ChaosTopics(own, "shared", 2, (short) 1)
                            .start(folder.resolve(name), name, Map.of("kinolift.parallelism", "window")));
                }
                assertThat(Made.by(shared, output, streams.size())).isEqualTo(expected);
                assertThat(instances)
                        .allSatisfy(instance ->
                                assertThat(instance.lastThreadFailure()).isEmpty());
            } finally {
                instances.forEach(KinoliftStreams::close);
            }
        }
    }
}
