package io.kinolift.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Rational;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.compose.ComposedOperator;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.upscale.motion.MotionOperator;
import io.kinolift.window.SourceFrame;
import org.junit.jupiter.api.Test;

class FrameLimitsTest {
    private static final long PLENTY = 1L << 40;

    @Test
    void motionThatTheHeapHasNoRoomFor_isRefused() {
        EncodedFrame frame = TestFrames.raw("a", 0, 64, 48);
        Operator blending = InterpolationOperator.of(new Interpolation(
                Mode.TRILINEAR,
                Rational.ONE,
                new SpatialTarget.Factors(Rational.of(2), Rational.of(2)),
                false,
                TemporalGrid.SOURCE));
        Operator motion = ComposedOperator.of(MotionOperator.of(Rational.of(2), TemporalGrid.SOURCE), blending);
        assertThat(limits(PLENTY).violation(new SourceFrame(frame, "t", 0, 0), motion))
                .isNull();
        assertThat(limits(1000).violation(new SourceFrame(frame, "t", 0, 0), blending))
                .isNull();
        assertThat(limits(1000).violation(new SourceFrame(frame, "t", 0, 0), motion))
                .startsWith("expected to need at most 1000 bytes of the heap (half of -Xmx), found ")
                .endsWith(" for motion in pictures of 64x48");
    }

    private static FrameLimits limits(long heapBytes) {
        return new FrameLimits(PLENTY, PLENTY, Integer.MAX_VALUE, 4, PLENTY, heapBytes);
    }
}
