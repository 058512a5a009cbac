package io.kinolift.tensor;

/**
 * One axis of an interpolation, from {@code inputs} to {@code outputs} samples.
 *
 * <p>Coordinates are float32 and in the order of operations of PyTorch's CPU code, because a nearest neighbour next to
 * a boundary depends on the last bit. Where its compiler fuses multiplication and addition, so do we.
 *
 * @param scaleFactor the factor that the user gave, or 0 to go by the sizes
 * @param wholeNumbers whether the nearest neighbour ignores the scale factor where the size stays or doubles
 */
record Axis(int inputs, int outputs, double scaleFactor, boolean alignCorners, boolean wholeNumbers) {
    /** Keys' parameter, as PyTorch and OpenCV choose it. */
    private static final float CUBIC_A = -0.75f;

    TapTable taps(InterpolationMode mode) {
        return switch (mode) {
            case NEAREST -> nearest();
            case NEAREST_EXACT -> nearestExact();
            case LINEAR, BILINEAR, TRILINEAR -> inputs == outputs ? identity() : linear();
            case BICUBIC -> cubic();
            case AREA -> area();
        };
    }

    private TapTable nearest() {
        TapTable taps = TapTable.uniform(outputs, 1);
        for (int o = 0; o < outputs; o++) {
            taps.set(o, 0, Math.min(nearestBefore(o), inputs - 1), 1f);
        }
        return taps;
    }

    private int nearestBefore(int output) {
        if (wholeNumbers && outputs == inputs) {
            return output;
        }
        if (wholeNumbers && outputs == 2L * inputs) {
            return output / 2;
        }
        return (int) Math.floor(output * step());
    }

    private TapTable nearestExact() {
        TapTable taps = TapTable.uniform(outputs, 1);
        for (int o = 0; o < outputs; o++) {
            taps.set(o, 0, Math.min((int) Math.floor((o + 0.5f) * step()), inputs - 1), 1f);
        }
        return taps;
    }

    private TapTable identity() {
        TapTable taps = TapTable.uniform(outputs, 1);
        for (int o = 0; o < outputs; o++) {
            taps.set(o, 0, o, 1f);
        }
        return taps;
    }

    private TapTable linear() {
        TapTable taps = TapTable.uniform(outputs, 2);
        for (int o = 0; o < outputs; o++) {
            float x = Math.max(0f, coordinate(o));
            int index = Math.min((int) x, inputs - 1);
            float weight = Math.clamp(x - index, 0f, 1f);
            taps.set(o, 0, index, 1f - weight);
            taps.set(o, 1, Math.min(index + 1, inputs - 1), weight);
        }
        return taps;
    }

    private TapTable cubic() {
        TapTable taps = TapTable.uniform(outputs, 4);
        for (int o = 0; o < outputs; o++) {
            float x = coordinate(o);
            int index = Math.min((int) Math.floor(x), inputs - 1);
            float weight = Math.clamp(x - index, 0f, 1f);
            float[] weights = {
                cubicFar(weight + 1f), cubicNear(weight), cubicNear(1f - weight), cubicFar(1f - weight + 1f)
            };
            for (int t = 0; t < 4; t++) {
                taps.set(o, t, Math.clamp(index - 1 + t, 0, inputs - 1), weights[t]);
            }
        }
        return taps;
    }

    private TapTable area() {
        int[] begin = new int[outputs + 1];
        for (int o = 0; o < outputs; o++) {
            begin[o + 1] = Math.addExact(begin[o], areaEnd(o) - areaStart(o));
        }
        TapTable taps = new TapTable(begin, new int[begin[outputs]], new float[begin[outputs]]);
        for (int o = 0; o < outputs; o++) {
            int count = begin[o + 1] - begin[o];
            for (int t = 0; t < count; t++) {
                taps.set(o, t, areaStart(o) + t, 1f / count);
            }
        }
        return taps;
    }

    private int areaStart(int output) {
        return (int) ((long) output * inputs / outputs);
    }

    private int areaEnd(int output) {
        return (int) Math.ceilDiv((output + 1L) * inputs, outputs);
    }

    /** Inputs per output. */
    private float step() {
        if (alignCorners) {
            return outputs > 1 ? (float) (inputs - 1) / (outputs - 1) : 0f;
        }
        return scaleFactor > 0 ? (float) (1.0 / scaleFactor) : (float) inputs / outputs;
    }

    /** Where output o lies among the inputs, counted from the centre of the first; may be negative. */
    private float coordinate(int output) {
        return alignCorners ? step() * output : Math.fma(step(), output + 0.5f, -0.5f);
    }

    /** Keys' cubic for distances up to 1. */
    private static float cubicNear(float x) {
        return ((CUBIC_A + 2f) * x - (CUBIC_A + 3f)) * x * x + 1f;
    }

    /** Keys' cubic for distances from 1 to 2. */
    private static float cubicFar(float x) {
        return ((CUBIC_A * x - 5f * CUBIC_A) * x + 8f * CUBIC_A) * x - 4f * CUBIC_A;
    }
}
