package io.kinolift.tensor;

/** The up-convolution of segmentation networks, (N, C, H, W) to (N, C', 2 H, 2 W), in the two forms in use. */
public final class UpConvolution {
    private UpConvolution() {}

    /**
     * The learned form: a transposed convolution whose kernels touch but do not overlap.
     *
     * @param weight (in_channels, out_channels, 2, 2)
     * @param bias one number per output channel, or null
     */
    public static TensorOperator transposed(Tensor weight, Tensor bias) {
        if (weight.rank() != 4 || weight.size(2) != 2 || weight.size(3) != 2) {
            throw new IllegalArgumentException("expected weight (in, out, 2, 2), found " + weight);
        }
        return ConvTranspose.builder(weight).bias(bias).stride(2).build();
    }

    /**
     * The smooth form: bilinear upsampling by 2, a 1x1 convolution, and batch norm in evaluation mode.
     *
     * @param alignCorners of the upsampling; networks are found with either
     * @param weight of the convolution, (out_channels, in_channels, 1, 1)
     * @param bias one number per output channel, or null
     */
    public static TensorOperator bilinear(boolean alignCorners, Tensor weight, Tensor bias, BatchNorm norm) {
        if (weight.rank() != 4 || weight.size(2) != 1 || weight.size(3) != 1) {
            throw new IllegalArgumentException("expected weight (out, in, 1, 1), found " + weight);
        }
        return Upsample.builder()
                .mode(InterpolationMode.BILINEAR)
                .scaleFactor(2)
                .alignCorners(alignCorners)
                .build()
                .then(pointwise(weight, bias))
                .then(norm);
    }

    /** A 1x1 convolution is a 1x1 transposed convolution with the channels of its weight swapped. */
    private static TensorOperator pointwise(Tensor weight, Tensor bias) {
        int out = weight.size(0);
        int in = weight.size(1);
        Tensor swapped = Tensor.zeros(in, out, 1, 1);
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
                swapped.data()[i * out + o] = weight.data()[o * in + i];
            }
        }
        return ConvTranspose.builder(swapped).bias(bias).build();
    }
}
