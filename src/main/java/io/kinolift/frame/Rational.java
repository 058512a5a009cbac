package io.kinolift.frame;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact fraction in lowest terms with a positive denominator: a factor, a time base in seconds, a frame rate.
 *
 * @param numerator any value that fits
 * @param denominator at least 1
 */
public record Rational(long numerator, long denominator) implements Comparable<Rational> {
    public static final Rational ZERO = new Rational(0, 1);
    public static final Rational ONE = new Rational(1, 1);
    /** In seconds. */
    public static final Rational MICROSECOND = new Rational(1, 1_000_000);

    /** Most digits of a decimal: every number with this many digits fits a long. */
    private static final int MAX_DIGITS = 18;

    /**
     * @throws IllegalArgumentException if the denominator is zero
     * @throws ArithmeticException if lowest terms do not fit into 64 bits over 64 bits
     */
    public Rational {
        if (denominator == 0) {
            throw new IllegalArgumentException("expected a denominator other than 0, found " + numerator + "/0");
        }
        BigInteger divisor = BigInteger.valueOf(numerator).gcd(BigInteger.valueOf(denominator));
        long gcd = divisor.longValueExact() * (denominator < 0 ? -1 : 1);
        // Exact, because the smallest long has no positive counterpart.
        numerator = Math.divideExact(numerator, gcd);
        denominator = Math.divideExact(denominator, gcd);
    }

    public static Rational of(long value) {
        return new Rational(value, 1);
    }

    public static Rational of(long numerator, long denominator) {
        return new Rational(numerator, denominator);
    }

    /**
     * Reads {@code 2}, {@code 5/2} or {@code 1.15}; a decimal is taken exactly as written.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    public static Rational parse(String text) {
        String trimmed = text.strip();
        try {
            int slash = trimmed.indexOf('/');
            if (slash >= 0) {
                return new Rational(
                        Long.parseLong(trimmed.substring(0, slash).strip()),
                        Long.parseLong(trimmed.substring(slash + 1).strip()));
            }
            BigDecimal decimal = new BigDecimal(trimmed);
            // Checked before any arithmetic: 1e999999999 is a short text, but a number of a billion digits.
            if (Math.abs((long) decimal.scale()) > MAX_DIGITS || decimal.precision() > MAX_DIGITS) {
                throw new NumberFormatException("too many digits");
            }
            BigInteger denominator = BigInteger.TEN.pow(Math.max(0, decimal.scale()));
            BigInteger numerator = decimal.multiply(new BigDecimal(denominator)).toBigIntegerExact();
            return new Rational(numerator.longValueExact(), denominator.longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("expected a number like 2, 5/2 or 1.15, found \"" + text + "\"", e);
        }
    }

    /**
     * Multiplies exactly.
     *
     * @throws ArithmeticException if the result does not fit into 64 bits over 64 bits
     */
    public Rational multiply(Rational other) {
        return reduced(
                BigInteger.valueOf(numerator).multiply(BigInteger.valueOf(other.numerator)),
                BigInteger.valueOf(denominator).multiply(BigInteger.valueOf(other.denominator)));
    }

    /**
     * Divides exactly.
     *
     * @throws ArithmeticException if the result does not fit, or on division by zero
     */
    public Rational divide(Rational other) {
        return multiply(other.inverse());
    }

    /**
     * One over this.
     *
     * @throws ArithmeticException if this is zero
     */
    public Rational inverse() {
        if (numerator == 0) {
            throw new ArithmeticException("1/0");
        }
        return new Rational(denominator, numerator);
    }

    /**
     * The largest integer not above {@code value * this}.
     *
     * @throws ArithmeticException if {@code value * numerator} does not fit into 64 bits
     */
    public long floorOfProduct(long value) {
        return Math.floorDiv(Math.multiplyExact(value, numerator), denominator);
    }

    /**
     * The smallest integer not below {@code value * this}.
     *
     * @throws ArithmeticException if {@code value * numerator} does not fit into 64 bits
     */
    public long ceilOfProduct(long value) {
        return Math.ceilDiv(Math.multiplyExact(value, numerator), denominator);
    }

    public boolean isPositive() {
        return numerator > 0;
    }

    public double toDouble() {
        return (double) numerator / denominator;
    }

    @Override
    public int compareTo(Rational other) {
        return BigInteger.valueOf(numerator)
                .multiply(BigInteger.valueOf(other.denominator))
                .compareTo(BigInteger.valueOf(other.numerator).multiply(BigInteger.valueOf(denominator)));
    }

    @Override
    public String toString() {
        return denominator == 1 ? Long.toString(numerator) : numerator + "/" + denominator;
    }

    private static Rational reduced(BigInteger numerator, BigInteger denominator) {
        BigInteger gcd = numerator.gcd(denominator);
        return new Rational(
                numerator.divide(gcd).longValueExact(), denominator.divide(gcd).longValueExact());
    }
}
