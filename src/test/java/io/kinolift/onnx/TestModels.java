package io.kinolift.onnx;

import java.util.Map;
import java.util.Random;

/** Models of the kinds that people enlarge with, with random weights. */
public final class TestModels {
    private TestModels() {}

    /** Kernel 4, stride 2, padding 1 in every axis. */
    public static byte[] convTranspose3d(int channels) {
        return new OnnxFile()
                .input("x", 1, channels, -1, -1, -1)
                .output("y", 1, channels, -1, -1, -1)
                .weights(
                        "w",
                        random(channels * channels * 64, 0.03 / channels, 0.125 / channels),
                        channels,
                        channels,
                        4,
                        4,
                        4)
                .node(
                        "ConvTranspose",
                        of("x", "w"),
                        of("y"),
                        Map.of(
                                "strides",
                                new long[] {2, 2, 2},
                                "pads",
                                new long[] {1, 1, 1, 1, 1, 1},
                                "kernel_shape",
                                new long[] {4, 4, 4}))
                .metadata("halo", "1,1,1")
                .bytes();
    }

    /** Max pooling by 2, unpooling, and a transposed convolution by 3. */
    public static byte[] maxUnpool() {
        long[] two = {2, 2};
        return new OnnxFile()
                .input("x", 1, 1, -1, -1)
                .output("y", 1, 1, -1, -1)
                .weights("w", random(25, 0.05, 0.3), 1, 1, 5, 5)
                .node("MaxPool", of("x"), of("p", "i"), Map.of("kernel_shape", two, "strides", two))
                .node("MaxUnpool", of("p", "i"), of("u"), Map.of("kernel_shape", two, "strides", two))
                .node(
                        "ConvTranspose",
                        of("u", "w"),
                        of("y"),
                        Map.of(
                                "strides",
                                new long[] {3, 3},
                                "pads",
                                new long[] {1, 1, 1, 1},
                                "kernel_shape",
                                new long[] {5, 5}))
                .metadata("halo", "0,2,2")
                .metadata("multiple", "2")
                .metadata("range", "255")
                .bytes();
    }

    /** Nearest upsampling by 2, a convolution, ReLU: what U-nets go up by. */
    public static byte[] upConvolution() {
        return new OnnxFile()
                .input("x", 1, 3, -1, -1)
                .output("y", 1, 3, -1, -1)
                .weights("scales", new float[] {1, 1, 2, 2}, 4)
                .weights("w", random(81, 0.03, 0.04), 3, 3, 3, 3)
                .weights("b", new float[] {0.01f, 0, 0.02f}, 3)
                .node(
                        "Resize",
                        of("x", "", "scales"),
                        of("u"),
                        Map.of(
                                "mode",
                                "nearest",
                                "coordinate_transformation_mode",
                                "asymmetric",
                                "nearest_mode",
                                "floor"))
                .node("Conv", of("u", "w", "b"), of("c"), Map.of("pads", new long[] {1, 1, 1, 1}))
                .node("Relu", of("c"), of("y"), Map.of())
                .metadata("halo", "0,1,1")
                .metadata("order", "bgr")
                .bytes();
    }

    /** Whose output is as large as its input, whatever that is, and one more. */
    static byte[] ofNoFactor() {
        return new OnnxFile()
                .input("x", 1, 1, -1, -1)
                .output("y", 1, 1, -1, -1)
                .weights("w", random(4, 1, 0), 1, 1, 2, 2)
                .node("Conv", of("x", "w"), of("y"), Map.of("pads", new long[] {1, 1, 1, 1}))
                .bytes();
    }

    static byte[] ofFixedSize() {
        return new OnnxFile()
                .input("x", 1, 1, 64, 64)
                .output("y", 1, 1, 64, 64)
                .node("Relu", of("x"), of("y"), Map.of())
                .bytes();
    }

    private static String[] of(String... names) {
        return names;
    }

    private static float[] random(int count, double spread, double mean) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (mean + spread * random.nextGaussian());
        }
        return values;
    }
}
