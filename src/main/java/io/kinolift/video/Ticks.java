package io.kinolift.video;

import io.kinolift.frame.Rational;
import java.math.BigInteger;

/** Times from one clock on another. The arithmetic is exact at any size; only the result is a whole tick. */
public final class Ticks {
    private Ticks() {}

    /**
     * The nearest tick, the later of two that are equally near.
     *
     * @param time in units of {@code from} seconds
     * @param from positive
     * @param to seconds per tick of the result, positive
     * @throws ArithmeticException if the result does not fit into 64 bits
     */
    public static long nearest(long time, Rational from, Rational to) {
        BigInteger numerator = BigInteger.valueOf(time)
                .multiply(BigInteger.valueOf(from.numerator()))
                .multiply(BigInteger.valueOf(to.denominator()));
        BigInteger denominator = BigInteger.valueOf(from.denominator()).multiply(BigInteger.valueOf(to.numerator()));
        return floor(numerator.shiftLeft(1).add(denominator), denominator.shiftLeft(1))
                .longValueExact();
    }

    private static BigInteger floor(BigInteger numerator, BigInteger denominator) {
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }
}
