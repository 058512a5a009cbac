package io.kinolift.fit;

import io.kinolift.tensor.Tensor;
import io.kinolift.weights.ConvTransposeGeometry;
import io.kinolift.weights.ConvTransposeWeights;

/** Weights of one channel applied to luma, edges repeated, in double and rounded once. */
final class WeightsEnlarger implements Enlarger {
    private final SpatialKernel[] taps;
    private final int stride;
    private final int padding;

    /** @throws IllegalArgumentException if the weights are not of one channel, or not of that factor in space */
    WeightsEnlarger(String name, ConvTransposeWeights weights, ConvTransposeGeometry geometry, int factor) {
        Tensor weight = weights.weight();
        if (weight.size(0) != 1 || weight.size(1) != 1 || weights.bias().isPresent()
                || weight.size(3) != weight.size(4)
                || geometry.stride()[1] != factor || geometry.stride()[2] != factor) {
            throw new IllegalArgumentException(name + ": expected weights for luma, without bias, with a square kernel"
                    + " of stride " + factor + ", found " + weight);
        }
        stride = geometry.stride()[0];
        padding = geometry.padding()[0];
        PhaseGrid grid = new PhaseGrid(factor, weight.size(3));
        int area = grid.kernel() * grid.kernel();
        taps = new SpatialKernel[weight.size(2)];
        for (int tap = 0; tap < taps.length; tap++) {
            double[] kernel = new double[area];
            for (int i = 0; i < area; i++) {
                kernel[i] = weight.data()[tap * area + i];
            }
            taps[tap] = new SpatialKernel(grid, kernel);
        }
    }

    @Override
    public long first(long output) {
        return Math.ceilDiv(output + padding - taps.length + 1, (long) stride);
    }

    @Override
    public long last(long output) {
        return Math.floorDiv(output + padding, (long) stride);
    }

    @Override
    public void add(long output, long input, Samples small, double[] sums) {
        taps[(int) (output + padding - input * stride)].add(small, sums);
    }

    @Override
    public void close() {}
}
