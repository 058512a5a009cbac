package io.kinolift.topology;

import static io.kinolift.topology.TopologyFixture.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.avro.VideoFrame;
import io.kinolift.engine.StreamPlans;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows that are upscaled by whoever has time. */
class SpreadStreamTest {
    private static final int FRAMES = 12;
    /** Raw frames of 24 KB: a window of them is larger than the least limit. */
    private static final int WIDTH = 160;

    private static final int HEIGHT = 100;

    private static List<VideoFrame> output(TopologyFixture fixture) {
        for (long sequence = 0; sequence < FRAMES; sequence++) {
            fixture.send(frame("a", 0, sequence, WIDTH, HEIGHT));
        }
        fixture.end("a", 0, FRAMES);
        return fixture.output();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12})
    void aWindowThatIsTooLarge_isUpscaledWhereItWasCut(int size) {
        String[] common = {"window.size", Integer.toString(size), "scale.factor", "2,2,2"};
        List<VideoFrame> expected;
        try (TopologyFixture fixture = new TopologyFixture(common)) {
            expected = output(fixture);
            assertThat(fixture.windowsSent()).isZero();
        }
        String[] spread = {
            common[0], common[1], common[2], common[3], "parallelism", "window", "parallelism.window.bytes", "80000"
        };
        try (TopologyFixture fixture = new TopologyFixture(spread)) {
            assertThat(output(fixture)).isEqualTo(expected);
            // The core and a frame on either side: three of them fit.
            assertThat(fixture.windowsSent()).isEqualTo(size == 1 ? FRAMES : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kinolift.frame.codec=h264", "kinolift.latency.budget.ms=500"})
    void whatDoesNotGoWithIt_isRefused(String setting) {
        String[] pair = setting.split("=", 2);
        KinoliftConfig config = new KinoliftConfig(Map.of("kinolift.parallelism", "window", pair[0], pair[1]));
        assertThatThrownBy(() -> TopologyPlan.of(config, 1 << 20))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kinolift.parallelism")
                .hasMessageContaining(pair[0]);
    }

    @Test
    void aWindow_saysForWhichSettingsItWasCut() {
        StreamPlans plans = plans("2,2,2");
        byte[] key = new Ticket("a", 1, 0).write();
        assertThat(WindowFingerprint.fit(WindowFingerprint.of("a", plans), key, plans))
                .isTrue();
        assertThat(WindowFingerprint.fit(WindowFingerprint.of("a", plans), key, plans("1,2,2")))
                .isFalse();
        assertThat(WindowFingerprint.fit(new RecordHeaders(), key, plans)).isFalse();
    }

    private static StreamPlans plans(String factor) {
        return TopologyPlan.of(new KinoliftConfig(Map.of("kinolift.scale.factor", factor)), 1 << 20)
                .engine()
                .plans();
    }

    @Test
    void aTicket_isReadAsItWasWritten() {
        Ticket ticket = new Ticket("gate/ä", Long.MAX_VALUE, Ticket.IN_PLACE);
        assertThat(Ticket.read(ticket.write())).isEqualTo(ticket);
    }
}
