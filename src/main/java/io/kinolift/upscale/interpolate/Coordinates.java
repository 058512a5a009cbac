package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Rational;

/**
 * The positions of outputs on an input axis: output o lies at {@code (start + step * o) / denominator}, without
 * rounding.
 *
 * @param step positive or zero
 * @param denominator positive; the smallest that serves all outputs
 */
public record Coordinates(long start, long step, long denominator) {
    public static final Rational HALF = Rational.of(1, 2);

    public Coordinates {
        long divisor = gcd(gcd(Math.abs(start), step), denominator);
        start /= divisor;
        step /= divisor;
        denominator /= divisor;
    }

    /**
     * Sample centres at {@code index + offset} on both axes: x = (o + offset) / factor - offset.
     *
     * @param offset a half for half-pixel centres, 0 for a grid that starts on the first sample
     */
    public static Coordinates centred(Rational factor, Rational offset) {
        long p = factor.numerator();
        long q = factor.denominator();
        long a = offset.numerator();
        long b = offset.denominator();
        return new Coordinates(Math.multiplyExact(a, q - p), Math.multiplyExact(b, q), Math.multiplyExact(b, p));
    }

    /**
     * The same centres for samples that lie at {@code index + offset} of their axis, if here they lie half-way: both
     * axes move by the offset, so x moves by (offset - 1/2) * (step - 1).
     */
    public Coordinates at(Rational offset) {
        // The offset's distance from a half, over 2b.
        long a = 2 * offset.numerator() - offset.denominator();
        long b = 2 * offset.denominator();
        return new Coordinates(
                Math.addExact(Math.multiplyExact(start, b), Math.multiplyExact(a, step - denominator)),
                Math.multiplyExact(step, b),
                Math.multiplyExact(denominator, b));
    }

    /**
     * The first output lies on the first input, the last on the last: x = o * (inputs - 1) / (outputs - 1), and 0 for a
     * single output.
     */
    static Coordinates alignedCorners(long inputs, long outputs) {
        return outputs == 1 ? new Coordinates(0, 0, 1) : new Coordinates(0, inputs - 1, outputs - 1);
    }

    static Coordinates identity() {
        return new Coordinates(0, 1, 1);
    }

    /** The input at or before output o. */
    public long floor(long output) {
        // Outputs repeat by whole periods, so no stream is too long for 64 bits.
        return output / denominator * step + Math.floorDiv(within(output), denominator);
    }

    /** The distance from {@link #floor} to output o, in units of 1 / denominator. */
    public long remainder(long output) {
        return Math.floorMod(within(output), denominator);
    }

    private long within(long output) {
        return start + step * (output % denominator);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
