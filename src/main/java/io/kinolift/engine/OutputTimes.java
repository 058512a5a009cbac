package io.kinolift.engine;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.window.FrameWindow;
import java.math.BigInteger;

/**
 * When outputs begin. Output o of a segment begins at the input time at index o/s, between the pts of its neighbours;
 * times are exact in ticks, the input's unit over the numerator of s.
 *
 * <p>Behind the last input's pts its duration is one step, or the step before where that is unknown. Where the frame
 * behind the segment is known and begins earlier than that, the step shrinks until the end of the last output meets it;
 * if two outputs then fall on one tick, the later one is a surplus and is not made.
 */
final class OutputTimes {
    private final Rational factor;
    private final TimeGrid grid;

    OutputTimes(TimeGrid grid) {
        this.grid = grid;
        this.factor = grid.factor();
    }

    /** The input whose pts an output begins at or behind. */
    long inputBefore(FrameWindow window, long output) {
        return Math.min(grid.owner(output), window.endIndex() - 1);
    }

    boolean isSurplus(FrameWindow window, long output) {
        return isSqueezed(window, output)
                && partBehind(window, output) >= factor.denominator()
                && start(window, output).equals(start(window, output - 1));
    }

    /** In ticks. */
    BigInteger start(FrameWindow window, long output) {
        long before = inputBefore(window, output);
        BigInteger part = BigInteger.valueOf(partBehind(window, output));
        BigInteger offset = isSqueezed(window, output)
                ? part.multiply(room(window)).divide(tail(window))
                : part.multiply(BigInteger.valueOf(step(window, before)));
        return ticks(window.frame(before).pts()).add(offset);
    }

    /** In ticks; 0 where unknown. */
    BigInteger duration(FrameWindow window, long output) {
        if (isSqueezed(window, output)) {
            BigInteger next = ticks(window.frame(window.endIndex() - 1).pts())
                    .add(BigInteger.valueOf(partBehind(window, output) + factor.denominator())
                            .multiply(room(window))
                            .divide(tail(window)));
            return next.subtract(start(window, output)).max(BigInteger.ONE);
        }
        EncodedFrame input = window.frame(inputBefore(window, output));
        return BigInteger.valueOf(input.duration()).multiply(BigInteger.valueOf(factor.denominator()));
    }

    /** Numerator of (o/s - before), over the numerator of s: at least 0, and above one step only behind the last input. */
    private long partBehind(FrameWindow window, long output) {
        return output * factor.denominator() - inputBefore(window, output) * factor.numerator();
    }

    private boolean isSqueezed(FrameWindow window, long output) {
        long last = window.endIndex() - 1;
        return window.next() != null
                && grid.owner(output) >= last
                && tail(window).multiply(BigInteger.valueOf(step(window, last))).compareTo(room(window)) > 0;
    }

    /** From the last input's pts to the frame behind the segment. */
    private BigInteger room(FrameWindow window) {
        EncodedFrame last = window.frame(window.endIndex() - 1);
        Rational tick = last.timeBase().divide(Rational.of(factor.numerator()));
        return window.next().ceilIn(tick).subtract(ticks(last.pts()));
    }

    /** From the last input to the end of the last output, as {@link #partBehind} counts. */
    private BigInteger tail(FrameWindow window) {
        long frames = window.endIndex();
        return BigInteger.valueOf(grid.outputCount(frames) * factor.denominator() - (frames - 1) * factor.numerator());
    }

    private BigInteger ticks(long pts) {
        return BigInteger.valueOf(pts).multiply(BigInteger.valueOf(factor.numerator()));
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
}
