package io.kinolift.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The weights that come with Kinolift: kernels for luma, fitted to footage. {@code kinolift fit FOLDER CLIP...
 * --shipped} makes all files again. The metadata of each file says what it was made from.
 */
public enum ShippedWeights {
    SPACE_2(1, 2, false),
    SPACE_3(1, 3, false),
    SPACE_4(1, 4, false),
    SPACE_TIME_2(2, 2, false),
    SPACE_TIME_2_SOURCE(2, 2, true);

    private final int time;
    private final int space;
    private final boolean sourceGrid;

    ShippedWeights(int time, int space, boolean sourceGrid) {
        this.time = time;
        this.space = space;
        this.sourceGrid = sourceGrid;
    }

    /**
     * Finds the weights for factors and a grid.
     *
     * @param factors time, height, width
     * @param sourceGrid whether input frames keep their places in time; irrelevant at a factor of 1
     */
    public static Optional<ShippedWeights> find(int[] factors, boolean sourceGrid) {
        return Arrays.stream(values())
                .filter(one -> Arrays.equals(one.factors(), factors) && (one.time == 1 || one.sourceGrid == sourceGrid))
                .findFirst();
    }

    /** Every factor that there are weights for, as a message lists them. */
    public static String listing() {
        return Arrays.stream(values())
                .map(one -> one.time + "," + one.space + "," + one.space)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** Output frames per input frame. */
    public int time() {
        return time;
    }

    /** Output rows per input row, and output columns per input column. */
    public int space() {
        return space;
    }

    /** Whether input frames keep their places in time; otherwise output frames lie around them. */
    public boolean sourceGrid() {
        return sourceGrid;
    }

    public String fileName() {
        return "up-" + time + "x" + space + "x" + space + (time == 1 ? "" : sourceGrid ? "-source" : "-half-pixel")
                + ".safetensors";
    }

    public LayerFile load() {
        try {
            return LayerFile.of(resource(fileName()), "");
        } catch (IOException e) {
            throw new UncheckedIOException(fileName(), e);
        }
    }

    static Safetensors resource(String name) throws IOException {
        try (InputStream file = ShippedWeights.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("expected " + name + " beside " + ShippedWeights.class.getName());
            }
            return Safetensors.read(file.readAllBytes());
        }
    }

    private int[] factors() {
        return new int[] {time, space, space};
    }
}
