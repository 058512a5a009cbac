package io.kinolift.codec.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.codec.group.Continuity.Place;
import io.kinolift.codec.group.Continuity.Unusable;
import io.kinolift.codec.group.Continuity.Usable;
import io.kinolift.codec.group.LeftOut.Cause;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import org.junit.jupiter.api.Test;

/** Groups have four frames. */
class ContinuityTest {
    private static final int GROUP = 4;
    private static final FrameFormat FORMAT =
            new FrameFormat(Codec.H264, PixelFormat.YUV420P, 16, 16, Rational.ONE, Colour.UNSPECIFIED);

    private final Continuity continuity = new Continuity(true);

    private static EncodedFrame frame(long session, int sequence) {
        return new EncodedFrame(
                "s",
                session,
                sequence,
                sequence,
                1,
                Rational.of(1, 25),
                FORMAT,
                sequence % GROUP == 0,
                false,
                0,
                new byte[8]);
    }

    private void judge(int from, int to) {
        for (int sequence = from; sequence < to; sequence++) {
            assertThat(continuity.judge(frame(1, sequence))).isInstanceOf(Usable.class);
        }
    }

    @Test
    void frame0_mayBeASecondCopy() {
        judge(0, 6);
        assertThat(continuity.judge(frame(1, 0))).isEqualTo(new Usable(Place.KEY, true, true));
    }

    @Test
    void afterARestart_nothingIsASecondCopy() {
        judge(0, 6);
        continuity.restart();
        assertThat(continuity.isOpen()).isFalse();
        assertThat(continuity.judge(frame(1, 0))).isEqualTo(new Usable(Place.KEY, true, false));
        assertThat(continuity.judge(frame(1, 1))).isEqualTo(new Usable(Place.FOLLOWING, false, false));
        assertThat(continuity.judge(frame(1, 0))).as("again").isEqualTo(new Usable(Place.KEY, true, true));
    }

    /** Whoever skips frames joins the new run at any of its key frames. */
    @Test
    void theFirstFrameAfterARestart_mayHaveAnyNumber() {
        judge(0, 6);
        continuity.restart();
        assertThat(continuity.judge(frame(1, GROUP))).isEqualTo(new Usable(Place.KEY, true, false));
    }

    @Test
    void afterARestart_groupsBeginWithKeyFrames_andOlderSessionsAreOver() {
        judge(0, 6);
        continuity.restart();
        assertThat(((Unusable) continuity.judge(frame(0, 0))).leftOut().cause()).isEqualTo(Cause.REPEATED);
        assertThat(((Unusable) continuity.judge(frame(1, 6))).leftOut().cause()).isEqualTo(Cause.NO_KEY_FRAME);
    }
}
