package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.audit.Audit;
import io.kinolift.avro.VideoFrame;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances with different operators, as in a deployment that was only half rolled out: streams change their
 * operator as they move between them, and no frame is lost.
 */
@Tag("endurance")
class MixedSettingsIT {
    private static final int FRAMES = 36;
    private static final List<Long> EACH_INPUT =
            LongStream.range(0, FRAMES).map(frame -> 2 * frame).boxed().toList();
    private static final String PROMPT = "session.timeout.ms=6000";

    @TempDir
    private Path folder;

    @Test
    void instancesWithDifferentOperators_loseNothingAndCountTheChange() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Disturbance streams = new Disturbance(clients, "mixed", 2);
                    Instance old = streams.instance(folder, "old", PROMPT);
                    Instance young = streams.instance(folder, "young", PROMPT, "kinolift.operator=nearest")) {
                streams.send(FRAMES / 3);
                old.start();
                streams.awaitWork();
                young.start();
                try (ServedBy http = young.http()) {
                    // It has taken one of the two streams over.
                    http.awaitStatus("ready", Disturbance.PATIENCE, 200);
                }
                streams.send(FRAMES / 3);
                streams.awaitWork();
                // Killed, it might leave a transaction open, and readers would wait longer for its end than this test
                // does.
                old.stop();
                streams.send(FRAMES / 3);
                streams.end();
                streams.output().await(Integer.MAX_VALUE, 2, Disturbance.PATIENCE);
                for (String stream : streams.streams()) {
                    List<VideoFrame> output = streams.output().streams().get(stream);
                    assertThat(output.stream().map(VideoFrame::getSequence))
                            .isSorted()
                            .doesNotHaveDuplicates()
                            .containsAll(EACH_INPUT);
                    // One between two frames may be left out, where the operator changes.
                    assertThat(output).hasSizeBetween(2 * FRAMES, 2 * FRAMES + 1);
                    assertThat(output.stream().filter(VideoFrame::getDiscontinuity))
                            .hasSize(1);
                }
                assertThat(streams.topics().lastAccounts().values())
                        .hasSize(2)
                        .allSatisfy(
                                account -> assertThat(account.getIncidents()).containsEntry("SETTINGS_CHANGE", 1L));
                Audit.Report audit = streams.topics().audit();
                assertThat(audit.problems()).isEmpty();
                assertThat(audit.lines().toString()).contains("SETTINGS_CHANGE=1");
                assertThat(young.said()).contains("before with other settings");
            }
        }
    }
}
