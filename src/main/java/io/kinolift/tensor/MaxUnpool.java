package io.kinolift.tensor;

import java.util.Arrays;

/**
 * {@code torch.nn.MaxUnpool1d}, {@code 2d} and {@code 3d}: puts maxima back where {@link MaxPool} found them, with
 * zeros everywhere else. Where two maxima go to the same place the later one stays.
 *
 * <p>Input and indices are (N, C, [[D,] H,] W), or the same without N. Unless it is given, the output has
 * {@code (in - 1) * stride - 2 * padding + kernel} samples per dimension.
 */
public final class MaxUnpool {
    private final int dimensions;
    private final int[] kernel;
    private final int[] stride;
    private final int[] padding;

    private MaxUnpool(int dimensions, int[] kernel, int[] stride, int[] padding) {
        if (dimensions < 1 || dimensions > 3) {
            throw new IllegalArgumentException("expected 1 to 3 spatial dimensions, found " + dimensions);
        }
        this.dimensions = dimensions;
        this.kernel = PerDimension.three("kernel_size", kernel, dimensions, 1, 1);
        this.stride = PerDimension.three("stride", stride, dimensions, 1, 1);
        this.padding = PerDimension.three("padding", padding, dimensions, 0, 0);
    }

    /** Undoes pooling whose stride is its kernel's size, without padding. */
    public static MaxUnpool of(int dimensions, int... kernelSize) {
        return new MaxUnpool(dimensions, kernelSize, kernelSize, new int[] {0});
    }

    /** Undoes pooling with another distance between windows. */
    public MaxUnpool withStride(int... value) {
        return new MaxUnpool(dimensions, own(kernel), value, own(padding));
    }

    /** Undoes pooling with padding. */
    public MaxUnpool withPadding(int... value) {
        return new MaxUnpool(dimensions, own(kernel), own(stride), value);
    }

    private int[] own(int[] three) {
        return Arrays.copyOfRange(three, 3 - dimensions, 3);
    }

    /**
     * Puts each sample where its index says, and zeros elsewhere.
     *
     * @param indices of the input's shape; offsets into a plane of the output
     * @throws IllegalArgumentException if the shapes differ or an index is outside its plane
     */
    public Tensor apply(Tensor input, Indices indices) {
        checkInput(input, indices);
        long[] size = new long[dimensions];
        for (int d = 0; d < dimensions; d++) {
            size[d] = usualSize(input, d);
        }
        return scatter(input, indices, Shapes.checked(size));
    }

    /**
     * The same with the output size given, for inputs of a size that pooling rounded.
     *
     * @param outputSize the spatial sizes, or the whole output shape; only the spatial sizes are used
     * @throws IllegalArgumentException also if a size is a stride or more from the usual one
     */
    public Tensor apply(Tensor input, Indices indices, int... outputSize) {
        checkInput(input, indices);
        int[] size =
                outputSize.length == dimensions + 2 ? Arrays.copyOfRange(outputSize, 2, outputSize.length) : outputSize;
        if (size.length != dimensions) {
            throw new IllegalArgumentException("expected output_size of " + dimensions + " or " + (dimensions + 2)
                    + " elements, found " + Arrays.toString(outputSize));
        }
        for (int d = 0; d < dimensions; d++) {
            long usual = usualSize(input, d);
            int step = stride[3 - dimensions + d];
            if (Math.abs(size[d] - usual) >= step) {
                throw new IllegalArgumentException("expected output_size between " + (usual - step) + " and "
                        + (usual + step) + ", both excluded, found " + size[d] + " in " + Arrays.toString(outputSize));
            }
        }
        return scatter(input, indices, Shapes.checked(Shapes.asLongs(size)));
    }

    private void checkInput(Tensor input, Indices indices) {
        if (input.rank() != dimensions + 1 && input.rank() != dimensions + 2) {
            throw new IllegalArgumentException("expected input of " + (dimensions + 1) + " (unbatched) or "
                    + (dimensions + 2) + " dimensions, found " + input);
        }
        if (!Arrays.equals(input.shape(), indices.shape())) {
            throw new IllegalArgumentException(
                    "expected indices of shape " + Arrays.toString(input.shape()) + ", found " + indices);
        }
    }

    private long usualSize(Tensor input, int d) {
        int in = input.size(input.rank() - dimensions + d);
        int three = 3 - dimensions + d;
        return (in - 1L) * stride[three] - 2L * padding[three] + kernel[three];
    }

    private Tensor scatter(Tensor input, Indices indices, int[] size) {
        int[] shape = input.shape();
        int inputs = Shapes.product(shape, shape.length - dimensions, shape.length);
        System.arraycopy(size, 0, shape, shape.length - dimensions, dimensions);
        Tensor output = Tensor.zeros(shape);
        int outputs = Shapes.product(size, 0, dimensions);
        for (int i = 0; i < input.count(); i++) {
            int index = indices.data()[i];
            if (index < 0 || index >= outputs) {
                throw new IllegalArgumentException("expected indices from 0 to " + (outputs - 1) + " for output size "
                        + Arrays.toString(size) + ", found " + index);
            }
            output.data()[i / inputs * outputs + index] = input.data()[i];
        }
        return output;
    }
}
