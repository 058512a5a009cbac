package io.kinolift.upscale.convolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.convolve.ScalarConvTranspose;
import io.kinolift.kernel.interpolate.ScalarInterpolation;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.Oracle;
import io.kinolift.upscale.Pictures;
import io.kinolift.upscale.VectorJvm;
import java.util.List;
import java.util.Random;
import jdk.incubator.vector.IntVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Transposed convolution of every pixel format: at most 1 from float64, and the same bytes from vector and scalar
 * loops.
 */
class DepthConvolutionTest {
    private static final int SEEDS = 4;
    private static final int HEIGHT = 4;

    @ParameterizedTest
    @EnumSource
    void samplesAreAtMostOneFromFloat64(PixelFormat format) {
        int checked = 0;
        for (Channels channels : Channels.values()) {
            for (int seed = 0; seed < SEEDS; seed++) {
                Random random = new Random(seed);
                Colour colour = RandomConvolution.colour(random);
                TransposedConvolution settings =
                        RandomConvolution.settings(random, channels, Border.values()[seed % 2]);
                Operator operator = ConvTransposeOperator.of(settings);
                int width = 10 + seed;
                if (operator.refusal(format, width, HEIGHT, colour).isPresent()) {
                    continue;
                }
                List<Picture> frames = Pictures.noise(format, width, HEIGHT, 2, seed);
                Picture found = Pictures.upscale(operator.bind(format, width, HEIGHT, colour), frames, 1);
                Oracle.convTranspose(settings, frames, colour)
                        .differences(found, 1, "seed " + seed + " " + RandomConvolution.text(settings));
                checked++;
            }
        }
        // Only channels luma is refused for all sizes, if the format has no luma.
        assertThat(checked).isGreaterThanOrEqualTo(SEEDS);
    }

    @Test
    void lumaIsAskedForByName() {
        Operator operator =
                ConvTransposeOperator.of(RandomConvolution.settings(new Random(1), Channels.LUMA, Border.EDGE));
        for (PixelFormat format : PixelFormat.values()) {
            assertThat(operator.refusal(format, 20, 20, Colour.UNSPECIFIED).isPresent())
                    .as("%s", format)
                    .isEqualTo(format.isRgb());
        }
        assertThat(operator.refusal(PixelFormat.GBRP, 20, 20, Colour.UNSPECIFIED))
                .contains("expected a format with luma for channels luma, found GBRP");
    }

    @ParameterizedTest(name = "{0} bits")
    @ValueSource(ints = {128, 256, 512})
    void everyVectorWidthGivesTheScalarBytes(int bits) throws Exception {
        List<String> found = VectorJvm.lines(DepthConvolutionTest.class, bits);
        int widest = Integer.parseInt(found.getFirst());
        assumeTrue(bits <= widest, () -> "vectors of this machine have " + widest + " bits, not " + bits);
        assertThat(found.get(1)).isEqualTo("VectorConvTranspose of " + bits / Float.SIZE);
        assertThat(found.subList(2, found.size())).isEmpty();
    }

    /** Prints the widest vector of this JVM, its kernel, then each case whose bytes differ from the scalar ones. */
    public static void main(String[] arguments) {
        int lanes = Kernels.interpolation().lanes();
        System.out.println(IntVector.SPECIES_PREFERRED.vectorBitSize());
        System.out.println(Kernels.convTranspose().getClass().getSimpleName() + " of " + lanes);
        if (lanes == 1) {
            return;
        }
        for (PixelFormat format : PixelFormat.values()) {
            for (int width : new int[] {1, lanes - 1, lanes, lanes + 1, 2 * lanes + 3}) {
                for (int seed = 0; seed < SEEDS; seed++) {
                    differing(format, width, seed);
                }
            }
        }
    }

    private static void differing(PixelFormat format, int width, int seed) {
        Random random = new Random(seed);
        Colour colour = RandomConvolution.colour(random);
        TransposedConvolution settings = RandomConvolution.settings(random);
        Operator vector = ConvTransposeOperator.of(settings);
        if (vector.refusal(format, width, HEIGHT, colour).isPresent()) {
            return;
        }
        Operator scalar = new ConvTransposeOperator(settings, new ScalarConvTranspose(), new ScalarInterpolation());
        List<Picture> frames = Pictures.noise(format, width, HEIGHT, 2, seed);
        BoundOperator expected = scalar.bind(format, width, HEIGHT, colour);
        BoundOperator found = vector.bind(format, width, HEIGHT, colour);
        if (!bytes(expected, frames).equals(bytes(found, frames))) {
            System.out.println(
                    format + " of width " + width + " seed " + seed + " " + RandomConvolution.text(settings));
        }
    }

    /** Hashes guarded pictures, guard bytes included. */
    private static String bytes(BoundOperator bound, List<Picture> frames) {
        Picture out = Pictures.guarded(bound.outputFormat(), bound.outputWidth(), bound.outputHeight());
        bound.upscale(1, Pictures.inputs(frames), out, Pictures.bands(2));
        return Pictures.hash(List.of(out));
    }
}
