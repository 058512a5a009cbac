package io.kinolift.tensor;

/**
 * Where every output position of one axis takes its value from: output o is the sum of {@code weight[t] *
 * input[index[t]]} for t from {@code begin[o]} to {@code begin[o + 1] - 1}, in this order, in float32. All modes of
 * interpolation are separable, so one table per axis describes them completely.
 *
 * @param begin one entry per output, and one more
 */
record TapTable(int[] begin, int[] index, float[] weight) {
    /** One table with the same number of taps for every output, to be filled by {@link #set}. */
    static TapTable uniform(int outputs, int tapsPerOutput) {
        int[] begin = new int[outputs + 1];
        for (int o = 0; o <= outputs; o++) {
            begin[o] = Math.multiplyExact(o, tapsPerOutput);
        }
        return new TapTable(begin, new int[begin[outputs]], new float[begin[outputs]]);
    }

    void set(int output, int tap, int inputIndex, float tapWeight) {
        index[begin[output] + tap] = inputIndex;
        weight[begin[output] + tap] = tapWeight;
    }

    int outputs() {
        return begin.length - 1;
    }

    /** Applies the table along one dimension of a tensor. */
    Tensor apply(Tensor input, int dimension) {
        int[] shape = input.shape();
        int outer = Shapes.product(shape, 0, dimension);
        int inner = Shapes.product(shape, dimension + 1, shape.length);
        int inputs = shape[dimension];
        shape[dimension] = outputs();
        Tensor output = Tensor.zeros(shape);
        for (int block = 0; block < outer; block++) {
            for (int o = 0; o < outputs(); o++) {
                int target = (block * outputs() + o) * inner;
                for (int t = begin[o]; t < begin[o + 1]; t++) {
                    int source = (block * inputs + index[t]) * inner;
                    accumulate(output.data(), target, input.data(), source, inner, weight[t], t == begin[o]);
                }
            }
        }
        return output;
    }

    private static void accumulate(
            float[] output, int target, float[] input, int source, int count, float weight, boolean first) {
        for (int i = 0; i < count; i++) {
            float term = weight * input[source + i];
            output[target + i] = first ? term : output[target + i] + term;
        }
    }
}
