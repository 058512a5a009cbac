package io.kinolift.upscale.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.adapt.ScalarAdaptive;
import io.kinolift.kernel.adapt.ScalarGradients;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.Pictures;
import io.kinolift.upscale.Streamed;
import io.kinolift.upscale.VectorJvm;
import io.kinolift.upscale.convolve.Border;
import io.kinolift.upscale.convolve.Channels;
import io.kinolift.upscale.convolve.ConvTransposeOperator;
import io.kinolift.upscale.convolve.ConvWeights;
import io.kinolift.upscale.convolve.TransposedConvolution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import jdk.incubator.vector.IntVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kernel for every class of samples, against its definition and against a single kernel for all samples. */
class AdaptiveTest {
    private static final int AREA = FilterBank.KERNEL * FilterBank.KERNEL;
    private static final int[] WIDTHS = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 35, 64, 67, 1021};

    @Test
    void everyOutputIsItsClassesKernel() {
        FilterBank bank = random(1);
        Picture input = textured(67, 41, 2);
        Picture found = Pictures.upscale(bind(AdaptiveOperator.of(bank), input), List.of(input), 0);
        int[] seen = new int[GradientClasses.COUNT];
        for (int y = 0; y < 41; y++) {
            for (int x = 0; x < 67; x++) {
                int of = classAt(input, x, y);
                seen[of]++;
                for (int phase = 0; phase < 4; phase++) {
                    double sum = sum(bank, of, input, x, y, phase / 2, phase % 2);
                    int sample = Pictures.sample(found, 0, 2 * y + phase / 2, 2 * x + phase % 2, 0);
                    assertThat((double) sample)
                            .as("class %s at %s,%s", of, x, y)
                            .isBetween(Math.clamp(sum, 0, 255) - 0.501, Math.clamp(sum, 0, 255) + 0.501);
                }
            }
        }
        assertThat(Arrays.stream(seen).filter(count -> count > 0).count())
                .as("classes met")
                .isGreaterThan(40);
    }

    /** The sums have few powers of two, so their order makes no difference. */
    @Test
    void oneKernelForAll_isTheTransposedConvolution() {
        float[] triangle = ConvWeights.trilinear(new int[] {1, 2, 2}, 1, 1).values();
        float[] kernel = new float[AREA];
        for (int i = 0; i < triangle.length; i++) {
            kernel[(4 + i / 4) * FilterBank.KERNEL + 4 + i % 4] = triangle[i];
        }
        FilterBank bank = bank((_, tap) -> kernel[tap]);
        TransposedConvolution single = new TransposedConvolution(
                new ConvWeights(kernel, 1, 1, new int[] {1, FilterBank.KERNEL, FilterBank.KERNEL}, new float[0]),
                new int[] {1, 2, 2},
                new int[] {0, 5, 5},
                new int[3],
                new int[] {1, 1, 1},
                1,
                Border.EDGE,
                Channels.LUMA);
        for (PixelFormat format : List.of(
                PixelFormat.GRAY8, PixelFormat.YUV420P, PixelFormat.NV12, PixelFormat.YUV422P, PixelFormat.YUVA420P)) {
            List<Picture> frames = Pictures.noise(format, 45, 33, 3, 4);
            Operator operator = AdaptiveOperator.of(bank);
            assertThat(Pictures.hash(Streamed.upscale(operator, Colour.UNSPECIFIED, frames, 2, 1)))
                    .as("%s", format)
                    .isEqualTo(Pictures.hash(
                            Streamed.upscale(ConvTransposeOperator.of(single), Colour.UNSPECIFIED, frames, 3, 0)));
            assertThat(operator.outputPixels(45, 33)).isEqualTo(90 * 66);
        }
        assertThat(AdaptiveOperator.of(bank).refusal(PixelFormat.RGB24, 8, 8, Colour.UNSPECIFIED))
                .isPresent();
        assertThat(AdaptiveOperator.of(bank).refusal(PixelFormat.YUV420P12, 8, 8, Colour.UNSPECIFIED))
                .contains("expected luma of 8 bits for adaptive weights, found YUV420P12 of 12 bits");
        assertThat(AdaptiveOperator.of(bank).refusal(PixelFormat.YUVA420P, 8, 8, Colour.UNSPECIFIED))
                .isEmpty();
        assertThat(Arrays.stream(PixelFormat.values()).filter(format -> format.bitDepth() > Byte.SIZE))
                .isNotEmpty()
                .allSatisfy(format -> assertThat(AdaptiveOperator.of(bank).refusal(format, 8, 8, Colour.UNSPECIFIED))
                        .isPresent());
    }

    @Test
    void vectorLoopsGiveTheScalarBytes() {
        assumeTrue(Kernels.convTranspose().slack() > 1, "SIMD is off");
        assertThat(Kernels.adaptive()).isNotInstanceOf(ScalarAdaptive.class);
        assertThat(Kernels.gradients()).isNotInstanceOf(ScalarGradients.class);
        assertThat(hash(AdaptiveOperator.of(random(5)))).isEqualTo(hash(scalar(random(5))));
    }

    @ParameterizedTest(name = "{0} bits")
    @ValueSource(ints = {128, 256, 512})
    void everyVectorWidthGivesTheScalarBytes(int bits) throws Exception {
        List<String> found = VectorJvm.lines(AdaptiveTest.class, bits);
        int widest = Integer.parseInt(found.getFirst());
        assumeTrue(bits <= widest, () -> "vectors of this machine have " + widest + " bits, not " + bits);
        assertThat(found.get(1)).isEqualTo("VectorAdaptive VectorGradients");
        assertThat(found.get(2)).isEqualTo(hash(scalar(random(5))));
    }

    /** The output that the JVM of another vector width prints. */
    public static void main(String[] arguments) {
        System.out.println(IntVector.SPECIES_PREFERRED.vectorBitSize());
        System.out.println(Kernels.adaptive().getClass().getSimpleName() + " "
                + Kernels.gradients().getClass().getSimpleName());
        System.out.println(hash(AdaptiveOperator.of(random(5))));
    }

    @Test
    void bandsMakeNoDifference() {
        Picture input = textured(53, 29, 6);
        BoundOperator bound = bind(AdaptiveOperator.of(random(7)), input);
        Picture expected = Pictures.upscale(bound, List.of(input), 0);
        for (int bands : new int[] {2, 3, 7, 58, 61}) {
            Picture found = Pictures.empty(PixelFormat.GRAY8, 106, 58);
            bound.upscale(0, Pictures.inputs(List.of(input)), found, Pictures.bands(bands));
            assertThat(Pictures.hash(List.of(found))).as("%s bands", bands).isEqualTo(Pictures.hash(List.of(expected)));
        }
    }

    @Test
    void turnedOverPicturesHaveTurnedOverClasses() {
        Picture input = textured(40, 40, 8);
        Picture mirrored =
                Pictures.of(PixelFormat.GRAY8, 40, 40, (_, y, x, _) -> Pictures.sample(input, 0, y, 39 - x, 0));
        Picture transposed = Pictures.of(PixelFormat.GRAY8, 40, 40, (_, y, x, _) -> Pictures.sample(input, 0, x, y, 0));
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 40; x++) {
                int of = classAt(input, x, y);
                assertThat(classAt(mirrored, 39 - x, y)).isEqualTo(GradientClasses.mirrored(of));
                assertThat(classAt(transposed, y, x)).isEqualTo(GradientClasses.transposed(of));
            }
        }
    }

    private static String hash(Operator operator) {
        List<Picture> made = new ArrayList<>();
        for (int width : WIDTHS) {
            Picture input = textured(width, 1 + width % 9, width);
            made.add(Pictures.upscale(bind(operator, input), List.of(input), 0));
        }
        return Pictures.hash(made);
    }

    private static Operator scalar(FilterBank bank) {
        return new AdaptiveOperator(
                bank, new ScalarAdaptive(), new ScalarGradients(), Kernels.convTranspose(), Kernels.interpolation());
    }

    private static BoundOperator bind(Operator operator, Picture like) {
        return operator.bind(like.format(), like.width(), like.height());
    }

    /** The class of a sample in exact numbers, from the definition, on the picture extended by its edge. */
    private static int classAt(Picture picture, int x, int y) {
        long t = 0;
        long u = 0;
        long v = 0;
        long h = 0;
        for (int i = 0; i < 25; i++) {
            int column = x + i % 5 - 2;
            int row = y + i / 5 - 2;
            long gx = at(picture, column + 1, row) - at(picture, column - 1, row);
            long gy = at(picture, column, row + 1) - at(picture, column, row - 1);
            long dx = at(picture, column + 1, row) + at(picture, column - 1, row) - 2 * at(picture, column, row);
            long dy = at(picture, column, row + 1) + at(picture, column, row - 1) - 2 * at(picture, column, row);
            t += gx * gx + gy * gy;
            u += gx * gx - gy * gy;
            v += 2 * gx * gy;
            h += dx * dx + dy * dy;
        }
        if (t < 400) {
            return 0;
        }
        int coherence = (int) (256 * ((float) u * u + (float) v * v) / ((float) t * t));
        int sector = (v < 0 ? 4 : 0) + (u < 0 ? 2 : 0) + (Math.abs(u) < Math.abs(v) ? 1 : 0);
        int detail = (4 * h >= t ? 1 : 0) + (2 * h >= t ? 1 : 0);
        int coherent = (coherence >= 125 ? 1 : 0) + (coherence >= 231 ? 1 : 0);
        return 1 + sector + 8 * (detail + 3 * (coherent + 3 * (t >= 10_000 ? 1 : 0)));
    }

    private static double sum(FilterBank bank, int of, Picture picture, int x, int y, int py, int px) {
        double sum = 0;
        for (int a = -3; a <= 3; a++) {
            for (int b = -3; b <= 3; b++) {
                int row = py + 5 - 2 * a;
                int column = px + 5 - 2 * b;
                if (row >= 0 && row < FilterBank.KERNEL && column >= 0 && column < FilterBank.KERNEL) {
                    sum += (double) bank.values()[of * AREA + row * FilterBank.KERNEL + column]
                            * at(picture, x + b, y + a);
                }
            }
        }
        return sum;
    }

    private static long at(Picture picture, int x, int y) {
        return Pictures.sample(
                picture, 0, Math.clamp(y, 0, picture.height() - 1), Math.clamp(x, 0, picture.width() - 1), 0);
    }

    /** Waves of all directions, sizes and strengths, with a little noise. */
    private static Picture textured(int width, int height, int seed) {
        Random random = new Random(seed);
        return Pictures.of(PixelFormat.GRAY8, width, height, (_, y, x, _) -> {
            double bend = x * x * 0.011 + y * y * 0.013 + x * y * 0.007;
            double strength = 2 + (x * 7 + y * 3) % 97;
            return (int) Math.clamp(128 + strength * Math.sin(bend) + random.nextInt(5), 0, 255);
        });
    }

    private interface Weight {
        double of(int kernel, int tap);
    }

    private static FilterBank bank(Weight weight) {
        float[] values = new float[GradientClasses.COUNT * AREA];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) weight.of(i / AREA, i % AREA);
        }
        return new FilterBank(GradientClasses.NAME, values);
    }

    private static FilterBank random(int seed) {
        Random random = new Random(seed);
        return bank((_, _) -> random.nextDouble(-0.1, 0.15));
    }
}
