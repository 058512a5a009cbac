package io.kinolift.motion;

/**
 * That part of a vector which leads from one picture to a time between the two: numerator / denominator of it, rounded
 * half up. A factor and a shift take the place of the division, which is slow and needed for every block; the quotient
 * is the same for every dividend.
 */
final class VectorPart {
    private final int numerator;
    private final int denominator;
    private final long factor;
    private final int shift;

    /** @param denominator positive, below 2^30 */
    VectorPart(int numerator, int denominator) {
        this.numerator = numerator;
        this.denominator = denominator;
        // By 2^shift / divisor, rounded up; dividends below 2^31 do not notice that it is a little more.
        int divisor = 2 * denominator;
        shift = 2 * Integer.SIZE - 1 - Integer.numberOfLeadingZeros(divisor - 1);
        factor = (1L << shift) / divisor + 1;
    }

    int of(int vector) {
        int dividend = 2 * vector * numerator + denominator;
        // Of a negative dividend, the complement is divided: that rounds down.
        int sign = dividend >> (Integer.SIZE - 1);
        return (int) (((dividend ^ sign) * factor) >>> shift) ^ sign;
    }
}
