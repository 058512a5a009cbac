package io.kinolift.topology;

import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.window.FrameWindow;
import java.math.BigInteger;

/**
 * The headers of output frames. Output o starts at the input time at index o/s, between the pts of its neighbours; the
 * output time base is the input's divided by the numerator of s, so that this is exact.
 */
final class OutputFrames {
    private final TimeGrid grid;
    private final Codec codec;

    OutputFrames(TimeGrid grid, Codec codec) {
        this.grid = grid;
        this.codec = codec;
    }

    /** Output sequence: a function of the input sequence alone, wherever windows and segments were cut. */
    long sequence(long segmentStart, long output) {
        return grid.firstSequence(segmentStart) + output;
    }

    EncodedFrame frame(FrameWindow window, long output, boolean discontinuity, FrameFormat format, byte[] payload) {
        Rational factor = grid.factor();
        long before = Math.min(grid.owner(output), window.endIndex() - 1);
        EncodedFrame input = window.frame(before);
        // Numerator of (o/s - before), over the numerator of s: 0 <= part, and >= 1 only behind the last input.
        long part = output * factor.denominator() - before * factor.numerator();
        long step = step(window, before);
        BigInteger pts = BigInteger.valueOf(input.pts()).multiply(BigInteger.valueOf(factor.numerator()))
                .add(BigInteger.valueOf(part).multiply(BigInteger.valueOf(step)));
        BigInteger duration = BigInteger.valueOf(input.duration()).multiply(BigInteger.valueOf(factor.denominator()));
        Rational timeBase = input.timeBase().divide(Rational.of(factor.numerator()));
        if (pts.bitLength() >= Long.SIZE || duration.bitLength() >= Long.SIZE) {
            pts = pts.divide(BigInteger.valueOf(factor.numerator()));
            duration = duration.divide(BigInteger.valueOf(factor.numerator())).min(BigInteger.valueOf(Long.MAX_VALUE));
            timeBase = input.timeBase();
        }
        return new EncodedFrame(
                input.streamId(), input.session(), sequence(window.segmentStart(), output), pts.longValueExact(),
                duration.longValueExact(), timeBase, format, true, discontinuity, input.captureMicros(), payload);
    }

    /** From one input's pts to the next; behind the last, its duration, or the step before where that is unknown. */
    private static long step(FrameWindow window, long index) {
        long pts = window.frame(index).pts();
        if (window.holds(index + 1)) {
            return window.frame(index + 1).pts() - pts;
        }
        if (window.frame(index).duration() > 0) {
            return window.frame(index).duration();
        }
        return window.holds(index - 1) ? pts - window.frame(index - 1).pts() : 1;
    }

    /** The picture keeps its shape on the screen, so the samples take up what height and width do not share. */
    FrameFormat format(FrameFormat input, Picture picture) {
        Rational aspect = input.sampleAspectRatio();
        boolean uniform = (long) picture.width() * input.height() == (long) picture.height() * input.width();
        return new FrameFormat(
                codec, input.pixelFormat(), picture.width(), picture.height(),
                uniform ? aspect : stretched(aspect, input, picture), input.colour());
    }

    /** Unknown where 64 bits over 64 cannot say it: nobody's display cares, and the frame is worth more. */
    private static Rational stretched(Rational aspect, FrameFormat input, Picture picture) {
        try {
            return aspect.multiply(Rational.of(
                    (long) input.width() * picture.height(), (long) picture.width() * input.height()));
        } catch (ArithmeticException e) {
            return Rational.ZERO;
        }
    }
}
