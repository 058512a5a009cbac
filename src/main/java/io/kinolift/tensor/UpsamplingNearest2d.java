package io.kinolift.tensor;

/** {@code torch.nn.UpsamplingNearest2d}: (N, C, H, W) by the nearest sample before. */
public final class UpsamplingNearest2d implements TensorOperator {
    private final Upsample upsample;

    private UpsamplingNearest2d(Upsample.Builder builder) {
        this.upsample = builder.mode(InterpolationMode.NEAREST).build();
    }

    /** One output size for both dimensions, or height and width. */
    public static UpsamplingNearest2d toSize(int... size) {
        return new UpsamplingNearest2d(Upsample.builder().size(size));
    }

    /** One factor for both dimensions, or one for height and one for width. */
    public static UpsamplingNearest2d byScaleFactor(double... scaleFactor) {
        return new UpsamplingNearest2d(Upsample.builder().scaleFactor(scaleFactor));
    }

    @Override
    public Tensor apply(Tensor input) {
        if (input.rank() != 4) {
            throw new IllegalArgumentException("expected input (N, C, H, W), found " + input);
        }
        return upsample.apply(input);
    }
}
