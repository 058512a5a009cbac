package io.kinolift.engine;

import io.kinolift.codec.group.GroupEncoder;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.window.FrameWindow;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * The headers of output frames. The output time base is the input's divided by the numerator of s, so that
 * {@link OutputTimes} are exact.
 */
final class OutputFrames {
    private final TimeGrid grid;
    private final OutputTimes times;
    private final Codec codec;

    OutputFrames(TimeGrid grid, Codec codec) {
        this.grid = grid;
        this.times = new OutputTimes(grid);
        this.codec = codec;
    }

    /** Whether there is no moment left for an output before the next segment begins. */
    boolean isSurplus(FrameWindow window, long output) {
        return times.isSurplus(window, output);
    }

    /** A frame that can be decoded alone. */
    EncodedFrame frame(FrameWindow window, long output, FrameFormat format, ByteBuffer payload) {
        return frame(window, output, format, true, payload);
    }

    /** A frame of a group. Frames are decoded in the order in which they are shown. */
    EncodedFrame coded(FrameWindow window, long output, FrameFormat format, GroupEncoder.Coded coded) {
        EncodedFrame frame = frame(window, output, format, coded.keyFrame(), coded.payload());
        return frame.withDts(frame.pts());
    }

    /** In outputs per second; 0 if unknown, or if 64 bits over 64 cannot say it. */
    Rational rate(FrameWindow window, long output) {
        EncodedFrame input = window.frame(times.inputBefore(window, output));
        try {
            return input.duration() == 0
                    ? Rational.ZERO
                    : input.timeBase()
                            .multiply(Rational.of(input.duration()))
                            .inverse()
                            .multiply(grid.factor());
        } catch (ArithmeticException e) {
            return Rational.ZERO;
        }
    }

    private EncodedFrame frame(
            FrameWindow window, long output, FrameFormat format, boolean keyFrame, ByteBuffer payload) {
        Rational factor = grid.factor();
        EncodedFrame input = window.frame(times.inputBefore(window, output));
        BigInteger pts = times.start(window, output);
        BigInteger duration = times.duration(window, output);
        Rational timeBase = input.timeBase().divide(Rational.of(factor.numerator()));
        if (pts.bitLength() >= Long.SIZE || duration.bitLength() >= Long.SIZE) {
            pts = pts.divide(BigInteger.valueOf(factor.numerator()));
            duration = duration.divide(BigInteger.valueOf(factor.numerator())).min(BigInteger.valueOf(Long.MAX_VALUE));
            timeBase = input.timeBase();
        }
        return new EncodedFrame(
                        input.streamId(),
                        input.session(),
                        window.segmentOutput() + output,
                        pts.longValueExact(),
                        duration.longValueExact(),
                        timeBase,
                        format,
                        keyFrame,
                        output == 0 && window.afterGap(),
                        input.captureMicros(),
                        payload)
                .atLevel(window.level());
    }

    /** The picture keeps its shape on the screen, so samples change shape if the two factors differ. */
    FrameFormat format(FrameFormat input, Picture picture) {
        Rational aspect = input.sampleAspectRatio();
        boolean uniform = (long) picture.width() * input.height() == (long) picture.height() * input.width();
        return new FrameFormat(
                codec,
                input.pixelFormat(),
                picture.width(),
                picture.height(),
                uniform ? aspect : stretched(aspect, input, picture),
                input.colour());
    }

    /** Unknown where 64 bits over 64 cannot say it: nobody's display cares, and the frame is worth more. */
    private static Rational stretched(Rational aspect, FrameFormat input, Picture picture) {
        try {
            return aspect.multiply(
                    Rational.of((long) input.width() * picture.height(), (long) picture.width() * input.height()));
        } catch (ArithmeticException e) {
            return Rational.ZERO;
        }
    }
}
