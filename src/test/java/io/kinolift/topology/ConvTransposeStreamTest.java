package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.VideoFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A transposed convolution in the topology. */
class ConvTransposeStreamTest {
    /** Without padding two frames give six; the next segment's must not take their sequences. */
    @Test
    void outputsBeyondTheFactor_keepTheirSequences() {
        try (TopologyFixture fixture = new TopologyFixture(
                "operator",
                "conv-transpose3d",
                "weights",
                "trilinear",
                "padding",
                "0,1,1",
                "window.size",
                "1",
                "reorder.frames",
                "0")) {
            fixture.send("a", 0, 2);
            fixture.send("a", 3, 5);
            fixture.end("a", 0, 5);
            List<Long> sequences =
                    fixture.output().stream().map(VideoFrame::getSequence).toList();
            // Overrun 2, so a segment that starts at n has its outputs from 4n on; the end is at 4 * 5.
            assertThat(sequences).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 12L, 13L, 14L, 15L, 16L, 17L, 20L);
            assertThat(fixture.deadLetters()).isEmpty();
        }
    }

    @Test
    void framesOfNoUse_areDeadLetters() {
        try (TopologyFixture fixture =
                new TopologyFixture("operator", "conv-transpose3d", "channels", "planes", "scale.factor", "1,2,2")) {
            fixture.send(TopologyFixture.frame("a", 0, 0, 9, 4));
            fixture.send(TopologyFixture.frame("a", 0, 1, 8, 4));
            fixture.end("a", 0, 2);
            assertThat(fixture.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.getDetail())
                            .contains("channels planes")
                            .contains("9x4"));
            assertThat(fixture.output()).hasSize(2);
        }
    }
}
