package io.kinolift.weights;

import io.kinolift.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A bank of kernels, one for each class of samples, as a tensor {@code bank} of a safetensors file. All kernels have
 * the geometry of one transposed convolution. It is in the metadata, as for a layer; see {@link LayerFile}.
 *
 * @param classes the classification that the kernels are for
 * @param bank (classes, height, width)
 */
public record AdaptiveWeights(String classes, Tensor bank, Map<String, String> metadata) {
    /** The name of its file, beside those of {@link ShippedWeights}. */
    public static final String SHIPPED_FILE = "adaptive-1x2x2.safetensors";

    private static final String BANK = "bank";
    private static final String CLASSES = "classes";

    /**
     * Reads a bank from a file.
     *
     * @throws SafetensorsException if the file is malformed or has no such bank
     * @throws IOException if the file cannot be read
     */
    public static AdaptiveWeights read(Path file) throws IOException {
        try {
            return of(Safetensors.read(file));
        } catch (IllegalArgumentException e) {
            throw new SafetensorsException(file + ": " + e.getMessage(), e);
        }
    }

    /** Time, height and width of {@link #shipped}. */
    public static int[] shippedFactors() {
        return new int[] {1, 2, 2};
    }

    /** The bank that comes with Kinolift. */
    public static AdaptiveWeights shipped() {
        try {
            return of(ShippedWeights.resource(SHIPPED_FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(SHIPPED_FILE, e);
        }
    }

    static AdaptiveWeights of(Safetensors state) throws SafetensorsException {
        Tensor bank = state.tensor(BANK);
        String classes = state.metadata().get(CLASSES);
        if (bank.rank() != 3 || classes == null) {
            throw new IllegalArgumentException("expected a bank (classes, height, width) and metadata " + CLASSES
                    + ", found " + bank + " and " + state.metadata().keySet());
        }
        return new AdaptiveWeights(classes, bank, state.metadata());
    }

    /** Whether a file holds such a bank, rather than a layer. */
    public static boolean isIn(Path file) throws IOException {
        return Safetensors.read(file).names().contains(BANK);
    }

    /** Writes what {@link #read} gives back; errors as {@link SafetensorsWriter}. */
    public void save(Path file) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.put(CLASSES, classes);
        SafetensorsWriter.write(file, Map.of(BANK, bank), all);
    }

    /** The kernel of one class as a layer. */
    public ConvTransposeWeights kernel(int of) {
        int area = bank.size(1) * bank.size(2);
        float[] values = Arrays.copyOfRange(bank.data(), of * area, (of + 1) * area);
        return new ConvTransposeWeights(Tensor.of(values, 1, 1, 1, bank.size(1), bank.size(2)), Optional.empty());
    }

    /** Stride and padding that all kernels are meant for. */
    public ConvTransposeGeometry geometry() {
        return LayerFile.geometry(metadata)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected metadata stride, padding and output_padding, found " + metadata.keySet()));
    }
}
