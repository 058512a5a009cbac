package io.kinolift.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Transposed convolutions whose results are written here, by definition: whole numbers, so that every float32 sum is
 * exact in any order. Who judges others has to know these first.
 */
final class FrozenConvTransposes {
    private static final List<Case> ALL = List.of(
            new Case(
                    "1d, stride 2, bias",
                    Tensor.of(upTo(3), 1, 1, 3),
                    Tensor.of(new float[] {1, -2, 3}, 1, 1, 3),
                    Tensor.of(new float[] {10}, 1),
                    new Settings(new long[] {2}, new long[] {0}, new long[] {0}, 1, new long[] {1}),
                    Tensor.of(new float[] {11, 8, 15, 6, 19, 4, 19}, 1, 1, 7)),
            new Case(
                    "2d, a batch of 2, 2 groups, stride 2,1, padding 1,0, output padding 1,0",
                    Tensor.of(upTo(32), 2, 4, 2, 2),
                    Tensor.of(
                            new float[] {
                                1, 0, -1, 2, 1, 0,
                                0, 1, 2, -1, 0, 1,
                                2, -1, 0, 1, 1, 1,
                                3, 0, 1, 0, -2, 1
                            },
                            4,
                            1,
                            2,
                            3),
                    null,
                    new Settings(new long[] {2, 1}, new long[] {1, 0}, new long[] {1, 0}, 2, new long[] {1, 1}),
                    Tensor.of(
                            new float[] {
                                -3, -1, 7, 6, 3, 11, 19, 12, -1, 3, 11, 8,
                                9, -7, 4, 24, 67, 61, 3, 16, 11, -7, 6, 28,
                                13, 31, 39, 22, 19, 43, 51, 28, 15, 35, 43, 24,
                                25, -7, 20, 56, 147, 125, 3, 32, 27, -7, 22, 60
                            },
                            2,
                            2,
                            3,
                            4)),
            new Case(
                    "3d, 2 to 2 channels, stride 1,2,1, padding 0,0,1, dilation 1,1,2, bias",
                    Tensor.of(upTo(16), 1, 2, 2, 2, 2),
                    Tensor.of(
                            new float[] {
                                1, 2, 3, 4, -1, -2, -3, -4,
                                2, 0, 0, 1, 0, 3, -2, 0,
                                0, 1, 1, 0, 2, 0, 0, 2,
                                1, -1, 1, -1, 1, -1, 1, -1
                            },
                            2,
                            2,
                            2,
                            2,
                            2),
                    Tensor.of(new float[] {100, -100}, 2),
                    new Settings(
                            new long[] {1, 2, 1}, new long[] {0, 0, 1}, new long[] {0, 0, 0}, 1, new long[] {1, 1, 2}),
                    Tensor.of(
                            new float[] {
                                102, 111, 116, 104, 104, 117, 124, 112, 124, 121, 126, 134, 128, 123, 128, 138, 122, 90,
                                82, 106, 124, 86, 76, 102, -86, -109, -90, -108, -80, -111, -88, -108, -64, -119, -80,
                                -117, -56, -117, -80, -119, -86, -98, -98, -113, -84, -94, -100, -115
                            },
                            1,
                            2,
                            3,
                            4,
                            2)),
            ones());

    private FrozenConvTransposes() {}

    /** The arguments of PyTorch's function that are no tensors. */
    record Settings(long[] stride, long[] padding, long[] outputPadding, long groups, long[] dilation) {}

    /** One of them. */
    record Case(String name, Tensor input, Tensor weight, Tensor bias, Settings settings, Tensor expected) {}

    /** Somebody's transposed convolution. */
    interface Implementation {
        Tensor apply(Tensor input, Tensor weight, Tensor bias, Settings settings);
    }

    /**
     * Checks an implementation against the frozen results.
     *
     * @return the first sample that an implementation gets wrong; empty where all are right
     */
    static Optional<String> firstError(Implementation implementation) {
        return ALL.stream()
                .flatMap(each -> firstError(each, implementation).stream())
                .findFirst();
    }

    private static Optional<String> firstError(Case one, Implementation implementation) {
        Tensor found = implementation.apply(one.input(), one.weight(), one.bias(), one.settings());
        if (!Arrays.equals(found.shape(), one.expected().shape())) {
            return Optional.of(
                    "expected the shape " + Arrays.toString(one.expected().shape()) + ", found "
                            + Arrays.toString(found.shape()) + " in " + one.name());
        }
        for (int i = 0; i < found.count(); i++) {
            if (found.data()[i] != one.expected().data()[i]) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "expected %s, found %s at %d of %s",
                        one.expected().data()[i],
                        found.data()[i],
                        i,
                        one.name()));
            }
        }
        return Optional.empty();
    }

    /** Enough channels and columns for loops over lanes: each sample counts the taps that reach it. */
    private static Case ones() {
        int[] taps = {1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1};
        int channels = 16;
        int size = taps.length / 2;
        Tensor expected = Tensor.zeros(1, channels, taps.length, taps.length, taps.length);
        int at = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int depth : taps) {
                for (int height : taps) {
                    for (int width : taps) {
                        expected.data()[at++] = channels * depth * height * width;
                    }
                }
            }
        }
        long[] one = {1, 1, 1};
        return new Case(
                "3d, 16 to 16 channels of ones, kernel 4, stride 2, padding 1",
                filled(1, channels, size, size, size),
                filled(channels, channels, 4, 4, 4),
                null,
                new Settings(new long[] {2, 2, 2}, one, new long[3], 1, one),
                expected);
    }

    private static Tensor filled(int... shape) {
        Tensor ones = Tensor.zeros(shape);
        Arrays.fill(ones.data(), 1);
        return ones;
    }

    private static float[] upTo(int last) {
        float[] values = new float[last];
        for (int i = 0; i < last; i++) {
            values[i] = i + 1;
        }
        return values;
    }
}
