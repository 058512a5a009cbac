package io.kinolift.fit;

import io.kinolift.tensor.Tensor;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.adapt.AdaptiveOperator;
import io.kinolift.upscale.adapt.FilterBank;
import io.kinolift.upscale.convolve.Border;
import io.kinolift.upscale.convolve.Channels;
import io.kinolift.upscale.convolve.ConvTransposeOperator;
import io.kinolift.upscale.convolve.ConvWeights;
import io.kinolift.upscale.convolve.TransposedConvolution;
import io.kinolift.upscale.limit.LimitedOperator;
import io.kinolift.weights.AdaptiveWeights;
import io.kinolift.weights.ConvTransposeGeometry;
import io.kinolift.weights.ConvTransposeWeights;
import io.kinolift.weights.LayerFile;
import java.util.Map;
import java.util.OptionalDouble;

/** A streaming operator to measure. */
public record Contender(String name, Operator operator) {
    /**
     * Weights for luma; edges are repeated, and the overshoot is limited where the metadata say so.
     *
     * @throws IllegalArgumentException if the weights are not of one channel
     */
    public static Contender of(
            String name, ConvTransposeWeights weights, ConvTransposeGeometry geometry, Map<String, String> metadata) {
        Tensor weight = weights.weight();
        try {
            ConvWeights values = new ConvWeights(
                    weight.data(),
                    weight.size(0),
                    weight.size(1),
                    new int[] {weight.size(2), weight.size(3), weight.size(4)},
                    weights.bias().map(Tensor::data).orElse(new float[0]));
            return new Contender(
                    name,
                    limited(
                            ConvTransposeOperator.of(new TransposedConvolution(
                                    values,
                                    geometry.stride(),
                                    geometry.padding(),
                                    geometry.outputPadding(),
                                    geometry.dilation(),
                                    geometry.groups(),
                                    Border.EDGE,
                                    Channels.LUMA)),
                            metadata));
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
            FilterBank bank = new FilterBank(weights.classes(), weights.bank().data());
            return new Contender(name, limited(AdaptiveOperator.of(bank), weights.metadata()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static Operator limited(Operator operator, Map<String, String> metadata) {
        OptionalDouble overshoot = LayerFile.overshoot(metadata);
        return overshoot.isPresent() ? LimitedOperator.of(operator, overshoot.getAsDouble()) : operator;
    }

    Enlarger enlarger(int width, int height, TimeScale time, int factor) {
        return new OperatorEnlarger(name, operator, width, height, time, factor);
    }
}
