package io.kinolift.window;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Rational;
import java.math.BigInteger;
import java.time.Duration;

/**
 * A moment on a stream's own clock.
 *
 * @param pts in units of {@code timeBase} seconds
 */
public record FrameTime(long pts, Rational timeBase) {
    private static final Rational NANOSECOND = Rational.of(1, 1_000_000_000);

    static FrameTime of(EncodedFrame frame) {
        return new FrameTime(frame.pts(), frame.timeBase());
    }

    boolean isAfter(FrameTime other) {
        BigInteger ours = BigInteger.valueOf(pts).multiply(ticks(timeBase, other.timeBase));
        return ours.compareTo(BigInteger.valueOf(other.pts).multiply(ticks(other.timeBase, timeBase))) > 0;
    }

    /** Whether this moment is more than {@code limit} after another. */
    boolean isBeyond(FrameTime other, Duration limit) {
        BigInteger passed = ceilIn(NANOSECOND).subtract(other.ceilIn(NANOSECOND));
        return passed.compareTo(BigInteger.valueOf(limit.toNanos())) > 0;
    }

    @Override
    public String toString() {
        return pts + " of " + timeBase + " s";
    }

    /** The first whole number of {@code unit} seconds that is not before this moment. */
    public BigInteger ceilIn(Rational unit) {
        BigInteger[] parts = BigInteger.valueOf(pts)
                .multiply(ticks(timeBase, unit))
                .negate()
                .divideAndRemainder(ticks(unit, timeBase));
        BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        return floor.negate();
    }

    /** A unit over another, times what both are over. */
    private static BigInteger ticks(Rational unit, Rational over) {
        return BigInteger.valueOf(unit.numerator()).multiply(BigInteger.valueOf(over.denominator()));
    }
}
