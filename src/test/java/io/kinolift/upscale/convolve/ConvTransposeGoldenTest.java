package io.kinolift.upscale.convolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.convolve.ScalarConvTranspose;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.Pictures;
import io.kinolift.upscale.Streamed;
import io.kinolift.upscale.VectorJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of fixed cases at every vector width, and of random cases at this JVM's width. */
class ConvTransposeGoldenTest {
    @ParameterizedTest
    @EnumSource
    void scalarLoopsGiveTheGoldenBytes(ConvTransposeGoldenCase golden) {
        assertThat(golden.found(new ScalarConvTranspose())).isEqualTo(golden.expected());
    }

    @ParameterizedTest(name = "{0} bits")
    @ValueSource(ints = {128, 256, 512})
    void vectorLoopsGiveTheGoldenBytes(int bits) throws Exception {
        List<String> found = VectorJvm.lines(ConvTransposeGoldenCase.class, bits);
        int widest = Integer.parseInt(found.getFirst().substring("widest ".length()));
        assumeTrue(bits <= widest, () -> "vectors of this machine have " + widest + " bits, not " + bits);
        List<String> expected = new ArrayList<>(List.of("slack " + 10 * bits / Float.SIZE));
        for (ConvTransposeGoldenCase golden : ConvTransposeGoldenCase.values()) {
            expected.add(golden + " " + golden.expected());
        }
        assertThat(found.subList(1, found.size())).isEqualTo(expected);
    }

    @Test
    void vectorLoopsGiveTheScalarBytes() {
        assumeTrue(Kernels.convTranspose().slack() > 1, "SIMD is off");
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            TransposedConvolution settings = RandomConvolution.settings(random);
            PixelFormat format = settings.channels() == Channels.RGB ? PixelFormat.YUV420P : PixelFormat.GRAY8;
            int width = random.nextInt(6) == 0 ? 1 + random.nextInt(700) : 1 + random.nextInt(90);
            List<Picture> frames = Pictures.noise(format, width, 1 + random.nextInt(4), 3, seed);
            Operator vector = ConvTransposeOperator.of(settings);
            if (vector.refusal(format, width, frames.getFirst().height(), Colour.UNSPECIFIED)
                    .isPresent()) {
                continue;
            }
            Operator scalar = new ConvTransposeOperator(settings, new ScalarConvTranspose(), Kernels.interpolation());
            assertThat(Pictures.hash(Streamed.upscale(vector, Colour.UNSPECIFIED, frames, 3, 0)))
                    .as("%s of width %d", RandomConvolution.text(settings), width)
                    .isEqualTo(Pictures.hash(Streamed.upscale(scalar, Colour.UNSPECIFIED, frames, 3, 0)));
        }
    }
}
