package io.kinolift.tensor;

/**
 * {@code torch.nn.UpsamplingBilinear2d}: (N, C, H, W), bilinear with {@code align_corners=True}, so that the corner
 * samples stay in place: 4x4 by factor 2 is 8x8.
 */
public final class UpsamplingBilinear2d implements TensorOperator {
    private final Upsample upsample;

    private UpsamplingBilinear2d(Upsample.Builder builder) {
        this.upsample =
                builder.mode(InterpolationMode.BILINEAR).alignCorners(true).build();
    }

    /** One output size for both dimensions, or height and width. */
    public static UpsamplingBilinear2d toSize(int... size) {
        return new UpsamplingBilinear2d(Upsample.builder().size(size));
    }

    /** One factor for both dimensions, or one for height and one for width. */
    public static UpsamplingBilinear2d byScaleFactor(double... scaleFactor) {
        return new UpsamplingBilinear2d(Upsample.builder().scaleFactor(scaleFactor));
    }

    @Override
    public Tensor apply(Tensor input) {
        if (input.rank() != 4) {
            throw new IllegalArgumentException("expected input (N, C, H, W), found " + input);
        }
        return upsample.apply(input);
    }
}
