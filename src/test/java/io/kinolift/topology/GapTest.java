package io.kinolift.topology;

import static io.kinolift.topology.TopologyFixture.frame;
import static io.kinolift.topology.TopologyFixture.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.avro.Totals;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.property.Inputs;
import io.kinolift.property.Property;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

/** A filled gap gives the same output as a stream whose producer sent the made-up frames. */
class GapTest {
    private static final int FRAMES = 16;

    @Test
    void aFilledGap_isAsIfItsFramesHadCome() {
        Property.holds(30, this::assertAsIfFramesHadCome);
    }

    private void assertAsIfFramesHadCome(Inputs inputs) {
        Random random = inputs.random();
        boolean bridge = random.nextBoolean();
        Set<Long> missing = missing(random);
        String[] settings = {
            "gap",
            bridge ? "bridge" : "hold",
            "gap.frames",
            "5",
            "reorder.frames",
            Integer.toString(random.nextInt(4)),
            "window.size",
            Integer.toString(1 + random.nextInt(18)),
            "idle.timeout.ms",
            "100",
            "scale.factor",
            List.of("2,1,1", "5/2,1,1", "1,1,1", "2/5,1,1").get(random.nextInt(4)),
            "temporal.grid",
            random.nextBoolean() ? "half-pixel" : "source"
        };
        List<EncodedFrame> sent = new ArrayList<>();
        for (long sequence = 0; sequence < FRAMES; sequence++) {
            if (!missing.contains(sequence)) {
                sent.add(frame("a", sequence));
            }
        }
        List<VideoFrame> found = run(sent, random, settings);
        List<VideoFrame> expected = run(whole(missing, bridge), random, settings);
        assertThat(found.subList(0, found.size() - 1)).isEqualTo(expected.subList(0, expected.size() - 1));
        Totals totals = found.getLast().getTotals();
        assertThat(totals.getFilled()).isEqualTo(missing.size());
        assertThat(totals.getReceived()).isEqualTo(sent.size());
        assertThat(totals.getUpscaled()).isEqualTo(sent.size());
        assertThat(totals.getEmitted()).isEqualTo(found.size() - 1);
    }

    private static List<VideoFrame> run(List<EncodedFrame> frames, Random random, String[] settings) {
        try (TopologyFixture fixture = new TopologyFixture(settings)) {
            for (EncodedFrame frame : frames) {
                fixture.send(frame);
                if (random.nextInt(4) == 0) {
                    fixture.advance(Duration.ofSeconds(1));
                }
            }
            fixture.end("a", 0, FRAMES);
            fixture.accounts();
            return fixture.output();
        }
    }

    /** The first and the last frame come; no more than five are missing in a row. */
    private static Set<Long> missing(Random random) {
        Set<Long> missing = new HashSet<>();
        for (long sequence = 1; sequence < FRAMES - 1; sequence++) {
            if (random.nextInt(3) == 0 && sequence % 6 != 0) {
                missing.add(sequence);
            }
        }
        return missing;
    }

    private static List<EncodedFrame> whole(Set<Long> missing, boolean bridge) {
        List<EncodedFrame> frames = new ArrayList<>();
        for (long sequence = 0; sequence < FRAMES; sequence++) {
            if (!missing.contains(sequence)) {
                frames.add(frame("a", sequence));
                continue;
            }
            long before = sequence;
            long after = sequence;
            while (missing.contains(before)) {
                before--;
            }
            while (missing.contains(after)) {
                after++;
            }
            byte[] payload = frame("a", before).payloadBytes();
            frames.add(with(
                    frame("a", sequence),
                    frame("a", sequence).format(),
                    bridge
                            ? blend(payload, frame("a", after).payloadBytes(), sequence - before, after - before)
                            : payload));
        }
        return frames;
    }

    /** RAW payloads are samples and nothing else. */
    private static byte[] blend(byte[] before, byte[] after, long part, long parts) {
        byte[] blended = new byte[before.length];
        for (int i = 0; i < blended.length; i++) {
            double share = (double) part / parts;
            blended[i] = (byte) Math.floor(
                    Byte.toUnsignedInt(before[i]) * (1 - share) + Byte.toUnsignedInt(after[i]) * share + 0.5 + 1e-9);
        }
        return blended;
    }

    @Test
    void aGapThatIsTooLong_splits() {
        try (TopologyFixture fixture = new TopologyFixture("gap", "hold", "gap.frames", "3", "reorder.frames", "0")) {
            fixture.send("a", 0, 4);
            fixture.send("a", 8, 12);
            fixture.end("a", 0, 12);
            List<VideoFrame> output = fixture.output();
            assertThat(output).hasSize(17);
            assertThat(output.get(8).getDiscontinuity()).isTrue();
            assertThat(output.getLast().getTotals().getFilled()).isZero();
        }
    }

    @Test
    void windowsThatAreTensors_haveNoGapsToFill() {
        assertThatThrownBy(() -> new TopologyFixture("gap", "hold", "window.edges", "independent"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kinolift.window.edges=independent");
    }

    @Test
    void acrossASceneCut_aBridgeHoldsTheNearerSide() {
        try (TopologyFixture fixture = new TopologyFixture(
                "gap", "bridge", "reorder.frames", "0", "scene.cut", "0.4", "scale.factor", "1,1,1")) {
            fixture.send(frame("a", 0));
            fixture.send(frame("a", 4));
            fixture.end("a", 0, 5);
            assertThat(fixture.output())
                    .extracting(VideoFrame::getPayload)
                    .startsWith(payload(0), payload(0), payload(0), payload(4), payload(4));
        }
    }

    private static ByteBuffer payload(long sequence) {
        return frame("a", sequence).payload();
    }

    /** The frame that is held cannot be decoded: its copies are holes, but no dead letters. */
    @Test
    void copiesOfAnUndecodableFrame_areNoDeadLetters() {
        try (TopologyFixture fixture = new TopologyFixture("gap", "hold", "reorder.frames", "0")) {
            fixture.send("a", 0, 3);
            fixture.send(with(frame("a", 3), frame("a", 3).format(), new byte[] {1}));
            fixture.send("a", 6, 9);
            fixture.end("a", 0, 9);
            assertThat(fixture.deadLetters()).hasSize(1);
            List<VideoFrame> output = fixture.output();
            assertThat(output.getLast().getTotals().getFilled()).isEqualTo(2);
            assertThat(output.stream().filter(VideoFrame::getDiscontinuity).map(VideoFrame::getSequence))
                    .containsExactly(12L);
            fixture.accounts();
        }
    }
}
