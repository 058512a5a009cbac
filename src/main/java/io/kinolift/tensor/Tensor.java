package io.kinolift.tensor;

import java.util.Arrays;
import java.util.Objects;

/**
 * A dense float32 tensor of 1 to 5 dimensions, row-major: the last dimension varies fastest. Signals are
 * (N, C, W), (N, C, H, W) or (N, C, D, H, W); biases have one dimension. Every dimension is at least 1.
 *
 * <p>The elements are not copied on the way in or out, so that a tensor over a large array costs nothing; operators
 * never change their input and always return new tensors.
 */
public final class Tensor {
    private final float[] data;
    private final int[] shape;

    private Tensor(float[] data, int[] shape) {
        this.data = data;
        this.shape = shape;
    }

    /**
     * A tensor over {@code data}, which is not copied.
     *
     * @throws IllegalArgumentException if the shape is not 1 to 5 dimensions of at least 1, does not fit an array, or
     *     does not have as many elements as {@code data}
     */
    public static Tensor of(float[] data, int... shape) {
        int count = Shapes.count(Shapes.asLongs(shape));
        if (count != data.length) {
            throw new IllegalArgumentException(
                    "expected " + count + " elements for shape " + Arrays.toString(shape) + ", found " + data.length);
        }
        return new Tensor(data, shape.clone());
    }

    /** A tensor of zeros; the same errors as {@link #of}. */
    public static Tensor zeros(int... shape) {
        return new Tensor(new float[Shapes.count(Shapes.asLongs(shape))], shape.clone());
    }

    /** The elements themselves, row-major. */
    public float[] data() {
        return data;
    }

    public int[] shape() {
        return shape.clone();
    }

    /** The number of dimensions. */
    public int rank() {
        return shape.length;
    }

    /** The number of elements. */
    public int count() {
        return data.length;
    }

    /** The size of one dimension; the first is 0, and negative numbers count from the end. */
    public int size(int dimension) {
        return shape[dimension < 0 ? shape.length + dimension : dimension];
    }

    /** One element, by one index per dimension. */
    public float get(int... index) {
        if (index.length != shape.length) {
            throw new IllegalArgumentException(
                    "expected " + shape.length + " indices, found " + Arrays.toString(index));
        }
        int offset = 0;
        for (int d = 0; d < shape.length; d++) {
            offset = offset * shape[d] + Objects.checkIndex(index[d], shape[d]);
        }
        return data[offset];
    }

    /** The same elements under another shape; nothing is copied. */
    public Tensor reshape(int... newShape) {
        return of(data, newShape);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that && Arrays.equals(shape, that.shape) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
