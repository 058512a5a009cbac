package io.kinolift.client;

import io.kinolift.frame.Rational;
import java.math.BigInteger;

/** Times of records in JavaCV's unit. */
final class Times {
    private static final double ROUNDING = 0.9;
    private static final BigInteger MICROS = BigInteger.valueOf(1_000_000);

    private Times() {}

    /**
     * The rate of frames that are so far apart. Times are whole numbers, so a distance may be off by almost one: if a
     * simple rate is as near as that, it is meant. Encoders refuse rates such as 60.0006.
     */
    static double framesPerSecond(long units, Rational timeBase) {
        double tick = timeBase.toDouble();
        double exact = 1 / (units * tick);
        if (isWhole(exact * 1000) || isWhole(exact * 1.001)) {
            return exact;
        }
        double[] simple = {Math.rint(exact), Math.rint(exact * 1.001) / 1.001, Math.rint(exact * 100) / 100};
        for (double rate : simple) {
            if (rate > 0 && Math.abs(1 / rate - units * tick) <= ROUNDING * tick) {
                return rate;
            }
        }
        return exact;
    }

    private static boolean isWhole(double number) {
        return Math.abs(number - Math.rint(number)) < 1e-6;
    }

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
