package io.kinolift.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One layer of a safetensors file, with its metadata.
 *
 * @param geometry the geometry that {@code kinolift fit} writes into the metadata; empty for other files, such as
 *     PyTorch's
 */
public record LayerFile(
        ConvTransposeWeights weights, Optional<ConvTransposeGeometry> geometry, Map<String, String> metadata) {
    /** The name of {@link #overshoot} in the metadata. */
    public static final String OVERSHOOT = "overshoot";

    /**
     * Reads a layer's tensors from a file.
     *
     * @param prefix as in {@link ConvTransposeWeights#load}
     * @throws SafetensorsException if the file is malformed or the tensors are not those of such a layer
     * @throws IOException if the file cannot be read
     */
    public static LayerFile read(Path file, String prefix) throws IOException {
        try {
            return of(Safetensors.read(file), prefix);
        } catch (IllegalArgumentException e) {
            throw new SafetensorsException(file + ": " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if the metadata's numbers are none, or bias and weight do not fit each other */
    static LayerFile of(Safetensors state, String prefix) throws SafetensorsException {
        Map<String, String> metadata = state.metadata();
        return new LayerFile(ConvTransposeWeights.of(state, prefix), geometry(metadata), metadata);
    }

    /**
     * The share of their range by which outputs may leave the range of the inputs around them; {@code kinolift fit}
     * writes it.
     *
     * @throws IllegalArgumentException if the metadata's text is not a number from 0 to 1
     */
    public static OptionalDouble overshoot(Map<String, String> metadata) {
        String written = metadata.get(OVERSHOOT);
        if (written == null) {
            return OptionalDouble.empty();
        }
        try {
            double share = Double.parseDouble(written);
            if (share >= 0 && share <= 1) {
                return OptionalDouble.of(share);
            }
        } catch (NumberFormatException e) {
            // Said below, as of any other number that is no share.
        }
        throw new IllegalArgumentException(
                "expected metadata " + OVERSHOOT + " as a number from 0 to 1, found " + written);
    }

    static Optional<ConvTransposeGeometry> geometry(Map<String, String> metadata) {
        if (!metadata.containsKey("stride")
                || !metadata.containsKey("padding")
                || !metadata.containsKey("output_padding")) {
            return Optional.empty();
        }
        return Optional.of(new ConvTransposeGeometry(
                numbers(metadata, "stride"),
                numbers(metadata, "padding"),
                numbers(metadata, "output_padding"),
                new int[] {1, 1, 1},
                1));
    }

    private static int[] numbers(Map<String, String> metadata, String name) {
        return AxisNumbers.parse(metadata.get(name))
                .filter(numbers -> numbers.length == 3)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected metadata " + name + " as three numbers, found " + metadata.get(name)));
    }
}
