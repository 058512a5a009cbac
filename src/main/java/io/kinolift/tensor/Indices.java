package io.kinolift.tensor;

import java.util.Arrays;

/**
 * Where each maximum came from: an offset into its plane of the input, row-major, as {@code return_indices=True} gives
 * it. Row-major like {@link Tensor}; the elements are not copied.
 */
public final class Indices {
    private final int[] data;
    private final int[] shape;

    private Indices(int[] data, int[] shape) {
        this.data = data;
        this.shape = shape;
    }

    /**
     * Indices of a shape; the data is not copied.
     *
     * @throws IllegalArgumentException if the shape is not a tensor's or does not have as many elements as the data
     */
    public static Indices of(int[] data, int... shape) {
        int count = Shapes.count(Shapes.asLongs(shape));
        if (count != data.length) {
            throw new IllegalArgumentException(
                    "expected " + count + " indices for shape " + Arrays.toString(shape) + ", found " + data.length);
        }
        return new Indices(data, shape.clone());
    }

    /** The indices themselves, row-major. */
    public int[] data() {
        return data;
    }

    public int[] shape() {
        return shape.clone();
    }

    @Override
    public String toString() {
        return "Indices" + Arrays.toString(shape);
    }
}
