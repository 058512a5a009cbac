package io.kinolift.tensor;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleVector;
import org.bytedeco.pytorch.DoubleVectorOptional;
import org.bytedeco.pytorch.InterpolateFuncOptions;
import org.bytedeco.pytorch.InterpolateMode;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.LongVectorOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kArea;
import org.bytedeco.pytorch.kBicubic;
import org.bytedeco.pytorch.kBilinear;
import org.bytedeco.pytorch.kLinear;
import org.bytedeco.pytorch.kNearest;
import org.bytedeco.pytorch.kNearestExact;
import org.bytedeco.pytorch.kTrilinear;

import static org.junit.jupiter.api.Assumptions.abort;

/** libtorch behind our own types. What it refuses is an {@link IllegalArgumentException} here too. */
final class Libtorch {
    private Libtorch() {}

    /** Skips the calling test, by name, where libtorch has no build or cannot be loaded. */
    static void assumeAvailable() {
        try {
            torch.manual_seed(0);
            torch.set_num_threads(1);
        } catch (LinkageError e) {
            abort("libtorch cannot be loaded on this platform: " + e);
        }
    }

    /** Runs one call, freeing everything native that it made. */
    static <T> T call(Callable<T> call) {
        try (PointerScope scope = new PointerScope()) {
            return call.call();
        } catch (Exception e) {
            String message = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(message.lines().findFirst().orElse(message), e);
        }
    }

    static org.bytedeco.pytorch.Tensor toNative(Tensor tensor) {
        return org.bytedeco.pytorch.Tensor.create(tensor.data(), Shapes.asLongs(tensor.shape()));
    }

    static Tensor fromNative(org.bytedeco.pytorch.Tensor tensor) {
        org.bytedeco.pytorch.Tensor dense = tensor.contiguous();
        int[] shape = Arrays.stream(dense.shape()).mapToInt(Math::toIntExact).toArray();
        if (dense.numel() == 0) {
            throw new IllegalArgumentException("an empty result: " + Arrays.toString(shape));
        }
        float[] data = new float[Math.toIntExact(dense.numel())];
        new FloatPointer(dense.data_ptr()).get(data);
        return Tensor.of(data, shape);
    }

    static long[] indicesFromNative(org.bytedeco.pytorch.Tensor tensor) {
        long[] data = new long[Math.toIntExact(tensor.numel())];
        new LongPointer(tensor.contiguous().data_ptr()).get(data);
        return data;
    }

    /** {@code F.interpolate}; null arguments are None. Lists need one entry per spatial dimension. */
    static Tensor interpolate(
            Tensor input, InterpolationMode mode, long[] size, double[] scale, Boolean alignCorners, Boolean recompute) {
        return call(() -> {
            InterpolateFuncOptions options = new InterpolateFuncOptions();
            options.mode().put(nativeMode(mode));
            if (size != null) {
                options.size().put(new LongVectorOptional(new LongVector(size)));
            }
            if (scale != null) {
                options.scale_factor().put(new DoubleVectorOptional(new DoubleVector(scale)));
            }
            if (alignCorners != null) {
                options.align_corners().put(alignCorners);
            }
            if (recompute != null) {
                options.recompute_scale_factor().put(recompute);
            }
            return fromNative(torch.interpolate(toNative(input), options));
        });
    }

    private static InterpolateMode nativeMode(InterpolationMode mode) {
        return switch (mode) {
            case NEAREST -> new InterpolateMode(new kNearest());
            case NEAREST_EXACT -> new InterpolateMode(new kNearestExact());
            case LINEAR -> new InterpolateMode(new kLinear());
            case BILINEAR -> new InterpolateMode(new kBilinear());
            case BICUBIC -> new InterpolateMode(new kBicubic());
            case TRILINEAR -> new InterpolateMode(new kTrilinear());
            case AREA -> new InterpolateMode(new kArea());
        };
    }

    /** {@code F.conv_transpose1d}, {@code 2d} or {@code 3d}, by the rank of the weight. Lists need all their entries. */
    static Tensor convTranspose(
            Tensor input, Tensor weight, Tensor bias, long[] stride, long[] padding, long[] outputPadding, long groups,
            long[] dilation) {
        return call(() -> {
            org.bytedeco.pytorch.Tensor x = toNative(input);
            org.bytedeco.pytorch.Tensor w = toNative(weight);
            TensorOptional b = bias == null ? new TensorOptional() : new TensorOptional(toNative(bias));
            return fromNative(switch (weight.rank()) {
                case 3 -> torch.conv_transpose1d(x, w, b, stride, padding, outputPadding, groups, dilation);
                case 4 -> torch.conv_transpose2d(x, w, b, stride, padding, outputPadding, groups, dilation);
                default -> torch.conv_transpose3d(x, w, b, stride, padding, outputPadding, groups, dilation);
            });
        });
    }
}
