package io.kinolift.client;

import io.kinolift.frame.Rational;
import java.math.BigInteger;

/** Times of records in JavaCV's unit. */
final class Times {
    private static final BigInteger MICROS = BigInteger.valueOf(1_000_000);

    private Times() {}

    /** The nearest microsecond, half up. */
    static long micros(long time, Rational timeBase) {
        BigInteger divisor = BigInteger.valueOf(timeBase.denominator()).shiftLeft(1);
        BigInteger twice = BigInteger.valueOf(time)
                .multiply(MICROS)
                .multiply(BigInteger.valueOf(timeBase.numerator()))
                .shiftLeft(1)
                .add(BigInteger.valueOf(timeBase.denominator()));
        BigInteger[] parts = twice.divideAndRemainder(divisor);
        BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        return floor.min(BigInteger.valueOf(Long.MAX_VALUE))
                .max(BigInteger.valueOf(Long.MIN_VALUE))
                .longValue();
    }
}
