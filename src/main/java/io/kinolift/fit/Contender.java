package io.kinolift.fit;

import io.kinolift.tensor.Tensor;
import io.kinolift.upscale.Border;
import io.kinolift.upscale.Channels;
import io.kinolift.upscale.ConvWeights;
import io.kinolift.upscale.FilterBank;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.Operators;
import io.kinolift.upscale.TransposedConvolution;
import io.kinolift.weights.AdaptiveWeights;
import io.kinolift.weights.ConvTransposeGeometry;
import io.kinolift.weights.ConvTransposeWeights;

/** An operator of the stream that is to be measured. */
public record Contender(String name, Operator operator) {
    /**
     * Weights for luma; edges are repeated.
     *
     * @throws IllegalArgumentException if the weights are not of one channel
     */
    public static Contender of(String name, ConvTransposeWeights weights, ConvTransposeGeometry geometry) {
        Tensor weight = weights.weight();
        try {
            ConvWeights values = new ConvWeights(weight.data(), weight.size(0), weight.size(1),
                    new int[] {weight.size(2), weight.size(3), weight.size(4)},
                    weights.bias().map(Tensor::data).orElse(new float[0]));
            return new Contender(name, Operators.convTranspose(new TransposedConvolution(
                    values, geometry.stride(), geometry.padding(), geometry.outputPadding(), geometry.dilation(),
                    geometry.groups(), Border.EDGE, Channels.LUMA)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * A bank of kernels for luma.
     *
     * @throws IllegalArgumentException if it is for other classes
     */
    public static Contender of(String name, AdaptiveWeights weights) {
        try {
            return new Contender(name, Operators.adaptive(new FilterBank(weights.classes(), weights.bank().data())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    Enlarger enlarger(int width, int height, TimeScale time, int factor) {
        return new OperatorEnlarger(name, operator, width, height, time, factor);
    }
}
