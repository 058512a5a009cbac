package io.kinolift.tensor;

import java.util.Arrays;

/** Where the products of a transposed convolution land; every array is depth, height, width. */
record ScatterGeometry(int[] kernel, int[] stride, int[] padding, int[] outputPadding, int[] dilation) {
    static ScatterGeometry of(int[] weightShape, int[] stride, int[] padding, int[] outputPadding, int[] dilation) {
        int dimensions = weightShape.length - 2;
        ScatterGeometry geometry = new ScatterGeometry(
                PerDimension.volume(weightShape, dimensions),
                PerDimension.three("stride", stride, dimensions, 1, 1),
                PerDimension.three("padding", padding, dimensions, 0, 0),
                PerDimension.three("output_padding", outputPadding, dimensions, 0, 0),
                PerDimension.three("dilation", dilation, dimensions, 1, 1));
        for (int d = 0; d < 3; d++) {
            if (geometry.outputPadding[d] >= Math.max(geometry.stride[d], geometry.dilation[d])) {
                throw new IllegalArgumentException("expected output_padding below stride " + Arrays.toString(stride)
                        + " or dilation " + Arrays.toString(dilation) + ", found " + Arrays.toString(outputPadding));
            }
        }
        return geometry;
    }

    int kernelCount() {
        return Shapes.product(kernel, 0, 3);
    }

    /** Depth, height and width of the output. */
    int[] outputSize(int[] inputShape, int dimensions) {
        int[] input = PerDimension.volume(inputShape, dimensions);
        long[] size = new long[3];
        for (int d = 0; d < 3; d++) {
            size[d] = smallestSize(input[d], d) + outputPadding[d];
            if (size[d] < 1) {
                throw new IllegalArgumentException("expected an output of at least 1 sample per dimension, found "
                        + size[d] + " for input " + Arrays.toString(inputShape));
            }
        }
        return Shapes.checked(size);
    }

    /** The same for sizes that the user asks for. */
    int[] requestedSize(int[] inputShape, int[] requested) {
        int[] input = PerDimension.volume(inputShape, requested.length);
        int[] size = PerDimension.three("output_size", requested, requested.length, 1, 1);
        for (int d = 0; d < 3; d++) {
            long smallest = smallestSize(input[d], d);
            if (size[d] < smallest || size[d] > smallest + stride[d] - 1) {
                throw new IllegalArgumentException("expected output_size from " + smallest + " to "
                        + (smallest + stride[d] - 1) + ", found " + size[d] + " in " + Arrays.toString(requested));
            }
        }
        return size;
    }

    private long smallestSize(int input, int d) {
        return (input - 1L) * stride[d] - 2L * padding[d] + (long) dilation[d] * (kernel[d] - 1) + 1;
    }

    /** Adds one input plane, spread by one kernel, to one plane of sums. */
    void scatter(
            double[] sums, int[] outputVolume, float[] input, int inputAt, int[] inputVolume, float[] weight, int at) {
        int tap = at;
        for (int kd = 0; kd < kernel[0]; kd++) {
            for (int kh = 0; kh < kernel[1]; kh++) {
                for (int kw = 0; kw < kernel[2]; kw++) {
                    scatterTap(sums, outputVolume, input, inputAt, inputVolume, weight[tap++], kd, kh, kw);
                }
            }
        }
    }

    private void scatterTap(
            double[] sums,
            int[] outputVolume,
            float[] input,
            int inputAt,
            int[] inputVolume,
            double weight,
            int kd,
            int kh,
            int kw) {
        for (int d = 0; d < inputVolume[0]; d++) {
            long od = place(d, kd, 0);
            for (int h = 0; h < inputVolume[1]; h++) {
                long oh = place(h, kh, 1);
                if (od < 0 || od >= outputVolume[0] || oh < 0 || oh >= outputVolume[1]) {
                    continue;
                }
                int outputRow = (int) (od * outputVolume[1] + oh) * outputVolume[2];
                int inputRow = inputAt + (d * inputVolume[1] + h) * inputVolume[2];
                for (int w = 0; w < inputVolume[2]; w++) {
                    long ow = place(w, kw, 2);
                    if (ow >= 0 && ow < outputVolume[2]) {
                        sums[outputRow + (int) ow] += weight * input[inputRow + w];
                    }
                }
            }
        }
    }

    /** Where input i lands through tap k along dimension d. */
    private long place(int i, int k, int d) {
        return (long) i * stride[d] - padding[d] + (long) k * dilation[d];
    }
}
