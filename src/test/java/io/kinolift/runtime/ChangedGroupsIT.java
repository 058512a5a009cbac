package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.Account;
import io.kinolift.avro.VideoFrame;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.transfer.Clients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restart with other settings for some streams, on a real broker. */
class ChangedGroupsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int FRAMES = 20;

    @TempDir
    private Path folder;

    /** As with the settings for all: the open segment ends at the next frame, counted; other streams see nothing of it. */
    @Test
    void otherSettingsForSomeStreams_endTheirOpenSegments() throws Exception {
        // Eight inputs of either are final, and stay in the store for those that come.
        assertOutput(restarted("1,3,3", 8 + 16, "1,2,2"));
    }

    /** 25 of 10 inputs at 5/2, then places 20, 22, ... at 2: the numbers of the first 25 outputs are not given again. */
    @Test
    void aCoarserFactorInTime_takesTheNextFreeNumbers() throws Exception {
        List<VideoFrame> door = restarted("5/2,2,2", 16 + 16, "2,2,2").get("door-1");
        assertThat(door)
                .extracting(VideoFrame::getSequence)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(door.getLast().getEndOfStream()).isTrue();
        assertThat(door.getLast().getSequence())
                .isEqualTo(door.get(door.size() - 2).getSequence() + 1);
        assertThat(door.stream().filter(VideoFrame::getDiscontinuity)).hasSize(1);
    }

    /**
     * The output of two streams, the first of which has other settings after half of its frames.
     *
     * @param outputs how many outputs to await before the change
     */
    private Map<String, List<VideoFrame>> restarted(String first, int outputs, String second) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            ChaosTopics topics = new ChaosTopics(clients, "groups", 1, (short) 1).create();
            Map<String, List<VideoFrame>> streams;
            try (Producer<byte[], byte[]> producer = Clients.producer(clients, ChaosTopics.MAX_BYTES);
                    ChaosTopics.Output output = topics.output()) {
                send(producer, 0, 10);
                try (KinoliftStreams _ = start(topics, first)) {
                    output.await(outputs, 2, PATIENCE);
                }
                send(producer, 10, FRAMES);
                ChaosTopics.end(producer, "door-1", FRAMES);
                ChaosTopics.end(producer, "yard", FRAMES);
                try (KinoliftStreams _ = start(topics, second)) {
                    output.await(Integer.MAX_VALUE, 2, PATIENCE);
                }
                streams = output.streams();
            }
            assertThat(topics.audit().problems()).isEmpty();
            Map<String, Account> accounts = topics.lastAccounts();
            assertThat(accounts.get("door-1").getIncidents()).containsEntry("SETTINGS_CHANGE", 1L);
            assertThat(accounts.get("yard").getIncidents()).doesNotContainKey("SETTINGS_CHANGE");
            return streams;
        }
    }

    private static void assertOutput(Map<String, List<VideoFrame>> streams) {
        List<VideoFrame> door = streams.get("door-1");
        VideoFrame changed =
                door.stream().filter(VideoFrame::getDiscontinuity).findFirst().orElseThrow();
        assertThat(door.stream().filter(VideoFrame::getDiscontinuity)).hasSize(1);
        assertThat(changed.getSequence()).isBetween(8L, 10L);
        for (VideoFrame frame : door.subList(0, FRAMES)) {
            assertThat(frame.getWidth()).isEqualTo(frame.getSequence() < changed.getSequence() ? 48 : 32);
        }
        assertThat(streams.get("yard")).hasSize(2 * FRAMES + 1).noneMatch(VideoFrame::getDiscontinuity);
    }

    private static void send(Producer<byte[], byte[]> producer, int from, int to) {
        ChaosTopics.send(producer, List.of("door-1", "yard"), from, to, 16, 12);
        producer.flush();
    }

    private KinoliftStreams start(ChaosTopics topics, String doors) {
        Map<String, String> ours = new HashMap<>(topics.ours());
        ours.putAll(Map.of(
                "kinolift.scene.cut",
                "off",
                "kinolift.streams",
                "doors",
                "kinolift.streams.doors.match",
                "door-*",
                "kinolift.streams.doors.scale.factor",
                doors));
        Map<String, String> kafkas = new HashMap<>(topics.clients());
        kafkas.putAll(Map.of("application.id", topics.name(), "group.instance.id", "one"));
        KinoliftStreams streams = new KinoliftStreams(new KinoliftConfig(ours), kafkas, folder.resolve("state"));
        streams.start();
        return streams;
    }
}
