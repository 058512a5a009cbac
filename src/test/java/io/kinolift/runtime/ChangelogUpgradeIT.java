package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.FrameRecords;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A changelog as version 0.1.0 wrote it in the middle of its streams, kept in the resources: this version restores it and
 * continues as if it had written it itself. {@code -Dkinolift.upgrade.write=FILE} writes one anew, for a new version to
 * keep beside the old ones.
 */
@Timeout(400)
class ChangelogUpgradeIT {
    private static final String FIXTURE = "/upgrade/changelog-0.1.0.bin";
    private static final String NAME = "upgraded";
    private static final List<String> CHANGELOGS =
            List.of(Changelog.topic(NAME, "windows"), Changelog.topic(NAME, "accounts"));
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Records read before the changelog was kept. */
    private static final int BEFORE = 14 + 8 + 6;

    @TempDir
    private Path folder;

    @Test
    void aChangelogOfVersion010_restoresAndGoesOn() throws Exception {
        Map<String, List<VideoFrame>> whole;
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            ChaosTopics topics = topics(broker);
            sendFirst(topics);
            try (KinoliftStreams _ = start(topics, "whole")) {
                awaitReceived(topics, BEFORE);
                write(topics);
                sendRest(topics);
                whole = topics.read(3, PATIENCE);
            }
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            ChaosTopics topics = topics(broker);
            putChangelogs(topics);
            sendRest(topics);
            try (KinoliftStreams _ = start(topics, "restored")) {
                Map<String, List<VideoFrame>> rest = topics.read(2, PATIENCE);
                assertThat(rest).containsOnlyKeys("open", "second");
                rest.forEach((stream, frames) -> {
                    List<VideoFrame> all = whole.get(stream);
                    // The end counts what was emitted before, so it tells whether anything is missing between.
                    assertThat(frames)
                            .hasSizeBetween(2, all.size() - 2)
                            .isEqualTo(all.subList(all.size() - frames.size(), all.size()));
                });
            }
        }
    }

    private static ChaosTopics topics(EmbeddedBroker broker) {
        return new ChaosTopics(Map.of("bootstrap.servers", broker.bootstrapServers()), NAME, 1, (short) 1).create();
    }

    private KinoliftStreams start(ChaosTopics topics, String state) {
        Map<String, String> ours = new HashMap<>(topics.ours());
        ours.put("kinolift.gap", "bridge");
        ours.put("kinolift.reorder.frames", "3");
        Map<String, String> kafkas = new HashMap<>(topics.clients());
        kafkas.put("application.id", NAME);
        KinoliftStreams streams = new KinoliftStreams(new KinoliftConfig(ours), kafkas, folder.resolve(state));
        streams.start();
        return streams;
    }

    /** A gap that is bridged, a frame that waits for an earlier one, a stream that is over, one in its second session. */
    private static void sendFirst(ChaosTopics topics) {
        try (Producer<byte[], byte[]> producer = Clients.producer(topics.clients(), ChaosTopics.MAX_BYTES)) {
            for (int sequence : new int[] {0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 15}) {
                ChaosTopics.send(producer, TestFrames.raw("open", sequence, 16, 12));
            }
            ChaosTopics.send(producer, List.of("done"), 0, 8, 16, 12);
            ChaosTopics.end(producer, "done", 8);
            for (int sequence = 0; sequence < 6; sequence++) {
                ChaosTopics.send(producer, second(sequence));
            }
        }
    }

    private static void sendRest(ChaosTopics topics) {
        try (Producer<byte[], byte[]> producer = Clients.producer(topics.clients(), ChaosTopics.MAX_BYTES)) {
            for (int sequence : new int[] {14, 16, 17, 18, 19, 20}) {
                ChaosTopics.send(producer, TestFrames.raw("open", sequence, 16, 12));
            }
            ChaosTopics.end(producer, "open", 21);
            for (int sequence = 6; sequence < 10; sequence++) {
                ChaosTopics.send(producer, second(sequence));
            }
            ChaosTopics.send(producer, "second", FrameRecords.writeEnd("second", 1, 10, null));
        }
    }

    private static EncodedFrame second(int sequence) {
        EncodedFrame frame = TestFrames.raw("second", sequence, 16, 12);
        return new EncodedFrame(
                "second",
                1,
                sequence,
                frame.pts(),
                40,
                frame.timeBase(),
                frame.format(),
                true,
                false,
                0,
                frame.payload());
    }

    private static void awaitReceived(ChaosTopics topics, int received) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(topics.audit().lines().getLast()).contains("received " + received + ","));
    }

    /** Puts down the newest record of every key, if a file is named for it. */
    private static void write(ChaosTopics topics) throws Exception {
        String file = System.getProperty("kinolift.upgrade.write");
        if (file == null) {
            return;
        }
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(Path.of(file)))) {
            for (String changelog : CHANGELOGS) {
                Map<Bytes, byte[]> rows = Changelog.rows(topics.clients(), changelog);
                out.writeInt(rows.size());
                for (Map.Entry<Bytes, byte[]> row : rows.entrySet()) {
                    writeBytes(out, row.getKey().get());
                    writeBytes(out, row.getValue());
                }
            }
        }
    }

    private static void putChangelogs(ChaosTopics topics) throws Exception {
        try (DataInputStream in = new DataInputStream(ChangelogUpgradeIT.class.getResourceAsStream(FIXTURE));
                Admin admin = Admin.create(new HashMap<>(topics.clients()));
                Producer<byte[], byte[]> producer = Clients.producer(topics.clients(), ChaosTopics.MAX_BYTES)) {
            for (String changelog : CHANGELOGS) {
                admin.createTopics(List.of(
                                new NewTopic(changelog, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                        .all()
                        .get();
                for (int rows = in.readInt(); rows > 0; rows--) {
                    producer.send(new ProducerRecord<>(changelog, 0, readBytes(in), readBytes(in)))
                            .get();
                }
            }
        }
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
