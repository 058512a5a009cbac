package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Rational;
import java.util.Arrays;

/**
 * Per output position of one axis: input indices and weights. Arrays hold all outputs of tap 0, then all of tap 1.
 *
 * @param outputs positions
 * @param taps per position, 2 or 4
 * @param index taps x outputs, clamped to the axis
 * @param weight taps x outputs numerators over {@code denominator}; null if there are only float weights
 * @param floatWeight taps x outputs
 * @param denominator of the integer weights
 */
public record Taps(int outputs, int taps, int[] index, int[] weight, float[] floatWeight, long denominator) {
    private static final double CUBIC_A = -0.75;
    private static final long LARGEST_EXACT = 1 << 24;

    /**
     * The taps of one axis by the mode of the settings.
     *
     * @param offset where samples lie in their cells, see {@link Siting}
     */
    static Taps of(Interpolation settings, int inputs, int outputs, Rational factor, Rational offset) {
        if (inputs == outputs) {
            return nearest(inputs, outputs, Coordinates.identity());
        }
        Coordinates x = settings.alignCorners()
                ? Coordinates.alignedCorners(inputs, outputs)
                : Coordinates.centred(factor, offset);
        return switch (settings.mode()) {
            case NEAREST -> nearest(inputs, outputs, Coordinates.centred(factor, Rational.ZERO));
            case TRILINEAR, BILINEAR -> linear(inputs, outputs, x);
            case BICUBIC -> cubic(inputs, outputs, x);
        };
    }

    boolean isExact() {
        return weight != null;
    }

    /** Whether this is factor 2 on half-pixel centres, linear for 2 taps and cubic for 4. */
    boolean isDoubling() {
        if (outputs % 2 != 0) {
            return false;
        }
        Coordinates twice = Coordinates.centred(Rational.of(2), Coordinates.HALF);
        Taps expected = taps == 2 ? linear(outputs / 2, outputs, twice) : cubic(outputs / 2, outputs, twice);
        return Arrays.equals(index, expected.index)
                && Arrays.equals(weight, expected.weight)
                && Arrays.equals(floatWeight, expected.floatWeight);
    }

    /** The two neighbours of x; before the first and behind the last input both taps are the edge. */
    public static Taps linear(int inputs, int outputs, Coordinates x) {
        boolean exact = x.denominator() <= LARGEST_EXACT;
        int[] index = new int[2 * outputs];
        int[] weight = new int[2 * outputs];
        float[] floatWeight = new float[2 * outputs];
        for (int o = 0; o < outputs; o++) {
            long remainder = x.remainder(o);
            index[o] = Math.clamp(x.floor(o), 0, inputs - 1);
            index[outputs + o] = Math.clamp(x.floor(o) + 1, 0, inputs - 1);
            if (exact) {
                weight[o] = (int) (x.denominator() - remainder);
                weight[outputs + o] = (int) remainder;
            }
            floatWeight[o] = (float) ((double) (x.denominator() - remainder) / x.denominator());
            floatWeight[outputs + o] = (float) ((double) remainder / x.denominator());
        }
        return new Taps(outputs, 2, index, exact ? weight : null, floatWeight, x.denominator());
    }

    /** The input at floor(x); the second tap has no weight. */
    static Taps nearest(int inputs, int outputs, Coordinates x) {
        int[] index = new int[2 * outputs];
        int[] weight = new int[2 * outputs];
        float[] floatWeight = new float[2 * outputs];
        for (int o = 0; o < outputs; o++) {
            index[o] = Math.clamp(x.floor(o), 0, inputs - 1);
            index[outputs + o] = index[o];
            weight[o] = 1;
            floatWeight[o] = 1;
        }
        return new Taps(outputs, 2, index, weight, floatWeight, 1);
    }

    /** Four taps of Keys' kernel with PyTorch's a; indices are clamped, x is not. */
    static Taps cubic(int inputs, int outputs, Coordinates x) {
        int[] index = new int[4 * outputs];
        float[] floatWeight = new float[4 * outputs];
        for (int o = 0; o < outputs; o++) {
            double t = (double) x.remainder(o) / x.denominator();
            for (int tap = 0; tap < 4; tap++) {
                index[tap * outputs + o] = Math.clamp(x.floor(o) + tap - 1, 0, inputs - 1);
                floatWeight[tap * outputs + o] = (float) cubicWeight(Math.abs(t + 1 - tap));
            }
        }
        return new Taps(outputs, 4, index, null, floatWeight, 0);
    }

    private static double cubicWeight(double distance) {
        double d = distance;
        return d <= 1 ? ((CUBIC_A + 2) * d - (CUBIC_A + 3)) * d * d + 1 : ((d - 5) * d + 8) * d * CUBIC_A - 4 * CUBIC_A;
    }
}
