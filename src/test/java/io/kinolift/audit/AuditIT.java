package io.kinolift.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.topology.TopologySettings.TopicNames;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.Wire;
import io.kinolift.wire.input.AvroInput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Accounts and dead letters against what a real application published; then against topics that were tampered with. */
class AuditIT {
    private static final TopicNames NAMES = TopicNames.DEFAULT;
    private static final int MAX_BYTES = 1 << 20;

    @Test
    void everyFrameOfAnUntidyInput_isAccountedFor_untilTheTopicsAreTamperedWith() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(new HashMap<>(clients))) {
                new Topics(
                                NAMES.frames(),
                                NAMES.upscaled(),
                                NAMES.deadLetters(),
                                NAMES.accounts(),
                                2,
                                (short) 1,
                                MAX_BYTES,
                                64 << 20,
                                -1)
                        .create(admin);
            }
            Map<String, String> settings = Map.of("kinolift.frame.codec", "raw", "kinolift.reorder.frames", "2");
            try (KinoliftStreams streams =
                            new KinoliftStreams(new KinoliftConfig(settings), clients, broker.scratch());
                    Producer<byte[], byte[]> producer = Clients.producer(clients, MAX_BYTES);
                    Consumer<byte[], byte[]> consumer = Clients.consumer(clients)) {
                streams.start();
                sendUntidyInput(producer);
                awaitAccounts(consumer, 19);
                Audit.Report report = audit(consumer);
                assertThat(report.problems()).isEmpty();
                assertThat(String.join("\n", report.lines()))
                        .contains(
                                "received 16 = upscaled 14 + dead-lettered 1 + dropped {DUPLICATE=1} + held 0; emitted 28",
                                "no output frames 8 to 9 before",
                                "no output frames 14 to 15 before");

                replayTheUndecodableFrame(producer, consumer);
                awaitAccounts(consumer, 20);
                assertThat(audit(consumer).problems()).isEmpty();
                aKeyOnTwoPartitionsIsReportedAndCounted(producer, consumer);
                tamper(producer, consumer);
            }
        }
    }

    /** Stream a: 16 records with a duplicate, an undecodable frame (4) and a gap (7). Three records are no frames. */
    private static void sendUntidyInput(Producer<byte[], byte[]> producer) throws Exception {
        for (int sequence = 0; sequence < 16; sequence++) {
            EncodedFrame frame = TestFrames.raw("a", sequence, 16, 12);
            if (sequence == 4) {
                frame = TestFrames.withPayload("a", 4, frame.format(), new byte[] {1});
            }
            if (sequence != 7) {
                send(producer, 0, "a", FrameRecords.write(frame));
            }
            if (sequence == 5) {
                send(producer, 0, "a", FrameRecords.write(frame));
            }
        }
        send(producer, 0, "a", FrameRecords.writeEnd("a", 0, 16, null));
        send(producer, 1, "b", new byte[] {1, 2, 3});
        send(producer, 1, "k".repeat(100_000), new byte[] {4, 5, 6});
        send(producer, 1, "c", new byte[MAX_BYTES - 600]);
        producer.flush();
    }

    /** The stream is over, so it is dropped, and counted. */
    private static void replayTheUndecodableFrame(Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer)
            throws Exception {
        List<Letter> letters = letters(consumer);
        assertThat(letters).hasSize(4);
        Letter undecodable = only(letters, "a");
        assertThat(undecodable.content().getReason()).isEqualTo(DeadLetterReason.UNDECODABLE);
        assertThat(undecodable.content().getSequence()).isEqualTo(4);
        assertThat(undecodable.content().getException()).endsWith("FrameCodecException");
        DeadLetterReplay again = new DeadLetterReplay(producer, _ -> Optional.empty());
        assertThat(again.send(undecodable, (_, _) -> {})).isNull();
        assertThat(again.send(only(letters, "c"), (_, _) -> {})).contains("left out");
        Letter longKey = letters.stream()
                .filter(letter -> letter.content().getStreamId().startsWith("kkk"))
                .findAny()
                .orElseThrow();
        assertThat(again.send(longKey, (_, _) -> {})).contains("too long");
        producer.flush();
    }

    /** Two tasks see it; neither's account replaces the other's. */
    private static void aKeyOnTwoPartitionsIsReportedAndCounted(
            Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer) throws Exception {
        for (int sequence = 0; sequence < 3; sequence++) {
            send(producer, 0, "twice", FrameRecords.write(TestFrames.raw("twice", 2L * sequence, 16, 12)));
            send(producer, 1, "twice", FrameRecords.write(TestFrames.raw("twice", 2 * sequence + 1, 16, 12)));
        }
        awaitAccounts(consumer, 26);
        Audit.Report report = audit(consumer);
        assertThat(report.problems())
                .contains("stream \"twice\": its key is on partitions [0, 1], so its order is not kept");
        assertThat(report.problems()).noneMatch(problem -> problem.contains("the accounts say"));
        // The audit read both before one could have been compacted away: only their keys keep them apart for good.
        Set<String> keys = new HashSet<>();
        new TopicScan(consumer, NAMES.accounts())
                .run(record -> keys.add(new String(record.key(), StandardCharsets.UTF_8)));
        assertThat(keys).contains("twice/0/0", "twice/0/1");
    }

    private static void tamper(Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer) throws Exception {
        Letter letter = letters(consumer).get(0);
        var _ = producer.send(new ProducerRecord<>(
                        NAMES.deadLetters(),
                        0,
                        bytes("a"),
                        new Wire<>(DeadLetter.getClassSchema()).write(letter.content())))
                .get();
        send(producer, 0, "b", new byte[] {1});
        EncodedFrame again = TestFrames.raw("a", 3, 32, 24);
        var _ = producer.send(new ProducerRecord<>(NAMES.upscaled(), 0, bytes("a"), FrameRecords.write(again)))
                .get();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(String.join("\n", audit(consumer).problems()))
                                .contains(
                                        "stream \"b\": its key is on partitions [0, 1]",
                                        "frame 3 after the end",
                                        "frame 3 twice or out of order",
                                        "output frames: the accounts say 28, the topic holds 29",
                                        "dead letters: the accounts say"));
    }

    private static Letter only(List<Letter> letters, String stream) {
        return letters.stream()
                .filter(letter -> letter.content().getStreamId().equals(stream))
                .findAny()
                .orElseThrow();
    }

    private static List<Letter> letters(Consumer<byte[], byte[]> consumer) throws Exception {
        List<Letter> letters = new ArrayList<>();
        new DeadLetterBox(consumer, NAMES.deadLetters()).read(_ -> true, letters::add);
        return letters;
    }

    private static Audit.Report audit(Consumer<byte[], byte[]> consumer) throws Exception {
        return new Audit(consumer, NAMES, new AvroInput(Optional.empty(), false), _ -> true).run();
    }

    /** Until so many records have been received in all. */
    private static void awaitAccounts(Consumer<byte[], byte[]> consumer, long received) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(audit(consumer).lines().getLast()).contains("received " + received + ","));
    }

    private static void send(Producer<byte[], byte[]> producer, int partition, String key, byte[] value) {
        var _ = producer.send(new ProducerRecord<>(NAMES.frames(), partition, bytes(key), value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
