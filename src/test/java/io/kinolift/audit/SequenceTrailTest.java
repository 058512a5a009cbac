package io.kinolift.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.wire.FrameRecords;
import org.junit.jupiter.api.Test;

/** What is legal in the order of output frames, and what is not. */
class SequenceTrailTest {
    private final SequenceTrail trail = new SequenceTrail();

    private void frames(long from, long to) {
        for (long sequence = from; sequence < to; sequence++) {
            frame(sequence, 16, false);
        }
    }

    private void frame(long sequence, int width, boolean discontinuity) {
        EncodedFrame frame = TestFrames.raw("a", sequence, width, 12);
        trail.frame(
                read(
                        discontinuity
                                ? new EncodedFrame(
                                        "a",
                                        0,
                                        sequence,
                                        frame.pts(),
                                        40,
                                        frame.timeBase(),
                                        frame.format(),
                                        true,
                                        true,
                                        0,
                                        frame.payload())
                                : frame),
                "here");
    }

    private static VideoFrame read(EncodedFrame frame) {
        try {
            return FrameRecords.parse(FrameRecords.write(frame));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void oneAfterTheOther_isFine() {
        frames(0, 8);
        trail.end(8, 4, false, "here");
        assertThat(trail.problems()).isEmpty();
        assertThat(trail.holes()).isEmpty();
        assertThat(trail.emitted()).isEqualTo(8);
    }

    @Test
    void aHoleThatIsMarked_orAtAChangeOfFormat_isNamed() {
        frames(0, 2);
        frame(5, 16, true);
        frame(9, 20, false);
        assertThat(trail.problems()).isEmpty();
        assertThat(trail.holes())
                .containsExactly("no output frames 2 to 4 before here", "no output frames 6 to 8 before here");
    }

    @Test
    void aHoleThatNothingExplains_isAFault() {
        frames(0, 2);
        frames(3, 4);
        assertThat(trail.problems()).singleElement().asString().contains("no output frame 2", "no discontinuity");
    }

    @Test
    void whatComesTwiceOrOutOfOrder_isAFault() {
        frames(0, 3);
        frames(2, 3);
        frames(1, 2);
        assertThat(trail.faults()).isEqualTo(2);
    }

    @Test
    void aSessionThatBeginsAgain_isFine_afterItsEndOrMarked() {
        frames(0, 3);
        trail.end(3, 0, true, "here");
        frames(0, 2);
        frame(0, 16, true);
        frames(1, 3);
        assertThat(trail.problems()).isEmpty();
    }

    @Test
    void anEndTooEarly_tooLateOrTwice_isAFault() {
        frames(0, 4);
        trail.end(3, 2, false, "here");
        trail.end(20, 10, false, "here");
        assertThat(trail.problems()).hasSize(3);
    }
}
