package io.kinolift.tensor;

import java.util.Arrays;

/**
 * Resizes the spatial dimensions of (N, C, W), (N, C, H, W) or (N, C, D, H, W): {@code torch.nn.Upsample} and
 * {@code torch.nn.functional.interpolate}. Makes tensors smaller as well.
 *
 * <p>The output size is {@code size}, or {@code floor(input * scale_factor)} per dimension. Coordinates come from the
 * scale factor when there is one, unless {@code recompute_scale_factor} asks for the quotient of the sizes.
 */
public final class Upsample implements TensorOperator {
    /**
     * Height plus width up to which PyTorch's CPU code takes another path for pictures. In it, nearest copies or
     * doubles samples and ignores a fractional scale factor. This changes results, so it is part of the reference.
     */
    private static final int SMALL_PICTURE = 128;

    private final InterpolationMode mode;
    private final int[] size;
    private final double[] scaleFactor;
    private final boolean alignCorners;
    private final boolean recomputeScaleFactor;

    private Upsample(Builder builder) {
        this.mode = builder.mode;
        this.size = builder.size;
        this.scaleFactor = builder.scaleFactor;
        this.alignCorners = Boolean.TRUE.equals(builder.alignCorners);
        this.recomputeScaleFactor = builder.recomputeScaleFactor;
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Tensor apply(Tensor input) {
        int dimensions = input.rank() - 2;
        if (dimensions < 1) {
            throw new IllegalArgumentException("expected input of 3, 4 or 5 dimensions, found " + input);
        }
        if (!mode.supports(dimensions)) {
            throw new IllegalArgumentException(
                    mode + " needs input of " + (mode.spatialDimensions() + 2) + " dimensions, found " + input);
        }
        int[] outputShape = outputShape(input);
        boolean wholeNumbers = dimensions == 2 && (long) outputShape[2] + outputShape[3] <= SMALL_PICTURE;
        Tensor result = input;
        // The innermost axis first: the order in which PyTorch nests its sums.
        for (int d = input.rank() - 1; d >= 2; d--) {
            Axis axis = new Axis(input.size(d), outputShape[d], axisFactor(d - 2), alignCorners, wholeNumbers);
            result = axis.taps(mode).apply(result, d);
        }
        return result;
    }

    /** The shape that {@link #apply} gives. */
    private int[] outputShape(Tensor input) {
        long[] shape = Shapes.asLongs(input.shape());
        int dimensions = shape.length - 2;
        for (int d = 0; d < dimensions; d++) {
            shape[d + 2] = size != null
                    ? PerDimension.get("size", size, d, dimensions)
                    : (long) Math.floor(shape[d + 2] * PerDimension.get("scale_factor", scaleFactor, d, dimensions));
        }
        return Shapes.checked(shape);
    }

    private double axisFactor(int dimension) {
        if (scaleFactor == null || recomputeScaleFactor) {
            return 0;
        }
        return scaleFactor[scaleFactor.length == 1 ? 0 : dimension];
    }

    /** The arguments of {@code nn.Upsample}; the default mode is nearest. */
    public static final class Builder {
        private InterpolationMode mode = InterpolationMode.NEAREST;
        private int[] size;
        private double[] scaleFactor;
        private Boolean alignCorners;
        private boolean recomputeScaleFactor;

        private Builder() {}

        public Builder mode(InterpolationMode value) {
            mode = value;
            return this;
        }

        /** Output samples: one number for all spatial dimensions or one for each. */
        public Builder size(int... value) {
            size = value.clone();
            return this;
        }

        /** Outputs per input: one number for all spatial dimensions or one for each. */
        public Builder scaleFactor(double... value) {
            scaleFactor = value.clone();
            return this;
        }

        /** Whether the centres of the corner samples stay in place, rather than the edges of the picture. */
        public Builder alignCorners(boolean value) {
            alignCorners = value;
            return this;
        }

        /** Whether coordinates use the quotient of the sizes even if a scale factor was given. */
        public Builder recomputeScaleFactor(boolean value) {
            recomputeScaleFactor = value;
            return this;
        }

        /**
         * Builds the operator.
         *
         * @throws IllegalArgumentException if the settings contradict each other, in the cases PyTorch refuses
         */
        public Upsample build() {
            if ((size == null) == (scaleFactor == null)) {
                throw new IllegalArgumentException(
                        "expected exactly one of size and scale_factor, found " + (size == null ? "neither" : "both"));
            }
            if (alignCorners != null && !mode.cornersCanBeAligned()) {
                throw new IllegalArgumentException("align_corners can only be set with linear, bilinear, bicubic and"
                        + " trilinear, found mode " + mode);
            }
            if (recomputeScaleFactor && size != null) {
                throw new IllegalArgumentException(
                        "recompute_scale_factor has no meaning with size, found size " + Arrays.toString(size));
            }
            if (scaleFactor != null && !Arrays.stream(scaleFactor).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(
                        "expected finite scale factors, found " + Arrays.toString(scaleFactor));
            }
            return new Upsample(this);
        }
    }
}
