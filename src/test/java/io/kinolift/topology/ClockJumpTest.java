package io.kinolift.topology;

import static io.kinolift.topology.TopologyFixture.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames whose time is far ahead of the frame before them. */
class ClockJumpTest {
    private static final long DAY = 86_400_000;

    @Test
    void oneWrongTime_costsOneFrame() {
        try (TopologyFixture fixture = new TopologyFixture()) {
            fixture.send("a", 0, 3);
            fixture.send(at(3, 1L << 61, false));
            fixture.send("a", 4, 8);
            fixture.end("a", 0, 8);
            List<DeadLetter> letters = fixture.deadLetters();
            assertThat(letters).hasSize(1);
            assertThat(letters.getFirst().getReason()).isEqualTo(DeadLetterReason.TIME_JUMP);
            assertThat(letters.getFirst().getDetail())
                    .isEqualTo("expected a pts at most 3600000 ms (kinolift.time.jump.ms) after 80 of 1/1000 s, "
                            + "found 2305843009213693952 of 1/1000 s");
            assertThat(fixture.output().getLast().getTotals().getUpscaled()).isEqualTo(7);
        }
    }

    @Test
    void aClockThatWasSet_costsOneFrameToo() {
        try (TopologyFixture fixture = new TopologyFixture()) {
            fixture.send("a", 0, 3);
            for (int sequence = 3; sequence < 8; sequence++) {
                fixture.send(at(sequence, 20_000 * DAY + sequence * 40L, false));
            }
            fixture.end("a", 0, 8);
            assertThat(fixture.deadLetters())
                    .extracting(DeadLetter::getSequence)
                    .containsExactly(3L);
            List<VideoFrame> output = fixture.output();
            assertThat(output.getLast().getTotals().getUpscaled()).isEqualTo(7);
            assertThat(output.get(output.size() - 2).getPts()).isGreaterThan(2 * 20_000 * DAY);
        }
    }

    /** The refused frame is a gap, but its time is not between those of its neighbours. */
    @Test
    void nothingIsMadeUpAcrossAJump() {
        for (String gap : List.of("hold", "bridge")) {
            try (TopologyFixture fixture = new TopologyFixture("gap", gap)) {
                fixture.send("a", 0, 3);
                fixture.send(at(3, 20_000 * DAY, false));
                fixture.send(at(4, 20_000 * DAY + 40, false));
                fixture.end("a", 0, 5);
                List<VideoFrame> output = fixture.output();
                assertThat(output.getLast().getTotals().getFilled()).as(gap).isZero();
                assertThat(output)
                        .as(gap)
                        .filteredOn(VideoFrame::getDiscontinuity)
                        .hasSize(1);
            }
        }
    }

    @Test
    void aPauseOfLessThanAnHour_andAMarkedOne_areTaken() {
        try (TopologyFixture fixture = new TopologyFixture()) {
            fixture.send("a", 0, 2);
            fixture.send(at(2, DAY / 24, false));
            fixture.send(at(3, 3 * DAY, true));
            fixture.end("a", 0, 4);
            assertThat(fixture.deadLetters()).isEmpty();
        }
    }

    private static EncodedFrame at(long sequence, long pts, boolean marked) {
        EncodedFrame frame = frame("a", sequence);
        return new EncodedFrame(
                frame.streamId(),
                frame.session(),
                sequence,
                pts,
                frame.duration(),
                frame.timeBase(),
                frame.format(),
                true,
                marked,
                frame.captureMicros(),
                frame.payload());
    }
}
