package io.kinolift.tensor;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import org.bytedeco.pytorch.MaxUnpool1dFuncOptions;
import org.bytedeco.pytorch.MaxUnpool2dFuncOptions;
import org.bytedeco.pytorch.MaxUnpool3dFuncOptions;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kArea;
import org.bytedeco.pytorch.kBicubic;
import org.bytedeco.pytorch.kBilinear;
import org.bytedeco.pytorch.kLinear;
import org.bytedeco.pytorch.kNearest;
import org.bytedeco.pytorch.kNearestExact;
import org.bytedeco.pytorch.kTrilinear;

/**
 * libtorch behind our own types. What it refuses is an {@link IllegalArgumentException} here too.
 *
 * <p>It runs without oneDNN, whose transposed convolutions are wrong on some processors (zeros or noise on an AMD EPYC
 * of family 26), and proves itself by {@link FrozenConvTransposes} before it judges ours. With {@code
 * -Dkinolift.oracle.wrong=true} its transposed convolutions are zeros: tests that need them are skipped by name.
 */
final class Libtorch {
    private static final boolean WRONG = Boolean.getBoolean("kinolift.oracle.wrong");

    private Libtorch() {}

    /** The result of the proof, once per JVM. */
    private static final class Proof {
        static final Optional<String> ERROR =
                FrozenConvTransposes.firstError((input, weight, bias, settings) -> convTranspose(
                        input,
                        weight,
                        bias,
                        settings.stride(),
                        settings.padding(),
                        settings.outputPadding(),
                        settings.groups(),
                        settings.dilation()));
    }

    /** As {@link #assumeAvailable}; also skips the calling test, by name, where transposed convolutions are wrong. */
    static void assumeConvTransposeIsRight() {
        assumeAvailable();
        if (Proof.ERROR.isPresent()) {
            abort("libtorch computes wrong transposed convolutions on this CPU: " + Proof.ERROR.get());
        }
    }

    /** Skips the calling test, by name, where libtorch has no build or cannot be loaded. */
    static void assumeAvailable() {
        try {
            torch.manual_seed(0);
            torch.set_num_threads(1);
            torch.globalContext().setUserEnabledMkldnn(false);
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

    private static Tensor indicesFromNative(org.bytedeco.pytorch.Tensor tensor) {
        org.bytedeco.pytorch.Tensor dense = tensor.contiguous();
        long[] data = new long[Math.toIntExact(dense.numel())];
        new LongPointer(dense.data_ptr()).get(data);
        return asTensor(
                data, Arrays.stream(dense.shape()).mapToInt(Math::toIntExact).toArray());
    }

    /** Indices below 2^24 as float, which is exact. */
    static Tensor asTensor(long[] indices, int... shape) {
        float[] data = new float[indices.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = indices[i];
        }
        return Tensor.of(data, shape);
    }

    /** {@code F.interpolate}; null arguments are None. Lists need one entry per spatial dimension. */
    static Tensor interpolate(
            Tensor input,
            InterpolationMode mode,
            long[] size,
            double[] scale,
            Boolean alignCorners,
            Boolean recompute) {
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

    /** {@code F.conv_transpose1d}, {@code 2d} or {@code 3d}, by the rank of the weight. */
    static Tensor convTranspose(
            Tensor input,
            Tensor weight,
            Tensor bias,
            long[] stride,
            long[] padding,
            long[] outputPadding,
            long groups,
            long[] dilation) {
        return call(() -> {
            org.bytedeco.pytorch.Tensor x = toNative(input);
            org.bytedeco.pytorch.Tensor w = toNative(weight);
            TensorOptional b = bias == null ? new TensorOptional() : new TensorOptional(toNative(bias));
            Tensor result = fromNative(
                    switch (weight.rank()) {
                        case 3 -> torch.conv_transpose1d(x, w, b, stride, padding, outputPadding, groups, dilation);
                        case 4 -> torch.conv_transpose2d(x, w, b, stride, padding, outputPadding, groups, dilation);
                        default -> torch.conv_transpose3d(x, w, b, stride, padding, outputPadding, groups, dilation);
                    });
            return WRONG ? Tensor.zeros(result.shape()) : result;
        });
    }

    /** {@code F.max_pool1d}, {@code 2d} or {@code 3d} with indices: values, then indices. */
    static List<Tensor> maxPool(
            Tensor input, int dimensions, long[] kernel, long[] stride, long[] padding, long[] dilation, boolean ceil) {
        return call(() -> {
            org.bytedeco.pytorch.Tensor x = toNative(input);
            T_TensorTensor_T result = switch (dimensions) {
                case 1 -> torch.max_pool1d_with_indices(x, kernel, stride, padding, dilation, ceil);
                case 2 -> torch.max_pool2d_with_indices(x, kernel, stride, padding, dilation, ceil);
                default -> torch.max_pool3d_with_indices(x, kernel, stride, padding, dilation, ceil);
            };
            return List.of(fromNative(result.get0()), indicesFromNative(result.get1()));
        });
    }

    /** {@code F.max_unpool1d}, {@code 2d} or {@code 3d}; the output size may be null. */
    static Tensor maxUnpool(
            Tensor input,
            Indices indices,
            int dimensions,
            long[] kernel,
            long[] stride,
            long[] padding,
            long[] outputSize) {
        return call(() -> {
            org.bytedeco.pytorch.Tensor x = toNative(input);
            org.bytedeco.pytorch.Tensor at =
                    org.bytedeco.pytorch.Tensor.create(Shapes.asLongs(indices.data()), Shapes.asLongs(indices.shape()));
            LongPointer k = new LongPointer(kernel);
            LongVectorOptional size = new LongVectorOptional();
            if (outputSize != null) {
                // The C++ front end, unlike Python's, takes the spatial sizes only behind those of batch and channels.
                long[] whole = new long[dimensions + 2];
                System.arraycopy(outputSize, 0, whole, 2, dimensions);
                size.put(new LongVector(whole));
            }
            return fromNative(
                    switch (dimensions) {
                        case 1 -> {
                            MaxUnpool1dFuncOptions options = new MaxUnpool1dFuncOptions(k);
                            options.stride().put(stride);
                            options.padding().put(padding);
                            options.output_size().put(size);
                            yield torch.max_unpool1d(x, at, options);
                        }
                        case 2 -> {
                            MaxUnpool2dFuncOptions options = new MaxUnpool2dFuncOptions(k);
                            options.stride().put(stride);
                            options.padding().put(padding);
                            options.output_size().put(size);
                            yield torch.max_unpool2d(x, at, options);
                        }
                        default -> {
                            MaxUnpool3dFuncOptions options = new MaxUnpool3dFuncOptions(k);
                            options.stride().put(stride);
                            options.padding().put(padding);
                            options.output_size().put(size);
                            yield torch.max_unpool3d(x, at, options);
                        }
                    });
        });
    }

    /** {@code F.conv2d} with a 1x1 kernel after {@code F.interpolate} by 2, then {@code F.batch_norm}. */
    static Tensor bilinearUpConvolution(
            Tensor input, boolean alignCorners, Tensor weight, Tensor bias, BatchNorm norm) {
        Tensor large = interpolate(input, InterpolationMode.BILINEAR, null, new double[] {2, 2}, alignCorners, null);
        return call(() -> {
            long[] ones = {1, 1};
            org.bytedeco.pytorch.Tensor mixed = torch.conv2d(
                    toNative(large),
                    toNative(weight),
                    new TensorOptional(toNative(bias)),
                    ones,
                    new long[] {0, 0},
                    ones,
                    1);
            return fromNative(torch.batch_norm(
                    mixed,
                    new TensorOptional(toNative(norm.weight())),
                    new TensorOptional(toNative(norm.bias())),
                    new TensorOptional(toNative(norm.runningMean())),
                    new TensorOptional(toNative(norm.runningVariance())),
                    false,
                    0.1,
                    norm.epsilon(),
                    false));
        });
    }
}
