package io.kinolift.weights;

import io.kinolift.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of one transposed convolution layer.
 *
 * @param weight (in_channels, out_channels / groups, kD, kH, kW)
 * @param bias one number per output channel
 */
public record ConvTransposeWeights(Tensor weight, Optional<Tensor> bias) {
    /** @throws IllegalArgumentException if the bias fits no number of groups */
    public ConvTransposeWeights {
        if (weight.rank() != 5) {
            throw new IllegalArgumentException("expected weight (in, out / groups, kD, kH, kW), found " + weight);
        }
        if (bias.isPresent()) {
            Tensor numbers = bias.get();
            int groups = numbers.count() / weight.size(1);
            if (numbers.rank() != 1
                    || groups * weight.size(1) != numbers.count()
                    || groups == 0
                    || weight.size(0) % groups != 0) {
                throw new IllegalArgumentException("expected bias of a number for each of " + weight.size(1)
                        + " output channels per group, found " + numbers + " for weight " + weight);
            }
        }
    }

    /**
     * Reads {@code weight} and, if it is there, {@code bias} of a layer. A weight of {@code nn.ConvTranspose2d} gets
     * kernel depth 1; one of {@code nn.ConvTranspose1d} works along time alone.
     *
     * @param prefix the layer's name in the state dict, such as {@code up} or {@code decoder.up.}; empty for none
     * @throws SafetensorsException if the file is malformed or the tensors are not those of such a layer
     * @throws IOException if the file cannot be read
     */
    public static ConvTransposeWeights load(Path file, String prefix) throws IOException {
        try {
            return of(Safetensors.read(file), prefix);
        } catch (IllegalArgumentException e) {
            throw new SafetensorsException(file + ": " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if bias and weight do not fit each other */
    static ConvTransposeWeights of(Safetensors state, String prefix) throws SafetensorsException {
        String layer = layer(prefix);
        Tensor weight = state.tensor(layer + "weight");
        Optional<Tensor> bias = Optional.empty();
        if (state.names().contains(layer + "bias")) {
            bias = Optional.of(state.tensor(layer + "bias"));
        }
        return new ConvTransposeWeights(asVolume(weight), bias);
    }

    /** Writes the layer so that {@link #load} gives it back; errors as {@link SafetensorsWriter}. */
    public void save(Path file, String prefix, Map<String, String> metadata) throws IOException {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put(layer(prefix) + "weight", weight);
        bias.ifPresent(numbers -> state.put(layer(prefix) + "bias", numbers));
        SafetensorsWriter.write(file, state, metadata);
    }

    private static String layer(String prefix) {
        return prefix.isEmpty() || prefix.endsWith(".") ? prefix : prefix + ".";
    }

    private static Tensor asVolume(Tensor weight) {
        return switch (weight.rank()) {
            case 3 -> weight.reshape(weight.size(0), weight.size(1), weight.size(2), 1, 1);
            case 4 -> weight.reshape(weight.size(0), weight.size(1), 1, weight.size(2), weight.size(3));
            default -> weight;
        };
    }
}
