package io.kinolift.upscale.convolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.tensor.LibtorchConvTranspose;
import io.kinolift.tensor.Tensor;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.Pictures;
import io.kinolift.upscale.Streamed;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole segments against {@code conv_transpose3d} of libtorch, with random weights and bias. */
class ConvTransposeLibtorchTest {
    private static final int CASES = 25;

    @BeforeAll
    static void loadLibtorch() {
        LibtorchConvTranspose.assumeRight();
    }

    @ParameterizedTest
    @CsvSource({"LUMA, GRAY8", "PLANES, GRAY8", "RGB, RGB24", "LUMA, GRAY10", "PLANES, GRAY10"})
    void isTheRoundedTensor(Channels channels, PixelFormat format) {
        int white = 255 * format.scaleFrom8Bit();
        int samples = 0;
        int others = 0;
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            Border border = Border.values()[seed % 2];
            TransposedConvolution settings = RandomConvolution.settings(random, channels, border);
            int width = 1 + random.nextInt(40);
            int height = 1 + random.nextInt(6);
            Operator operator = ConvTransposeOperator.of(settings);
            if (operator.refusal(format, width, height, Colour.UNSPECIFIED).isPresent()) {
                continue;
            }
            List<Picture> frames = Pictures.noise(format, width, height, 1 + random.nextInt(6), seed);
            List<Picture> outputs = Streamed.upscale(operator, Colour.UNSPECIFIED, frames, 2, seed);
            if (outputs.isEmpty()) {
                continue;
            }
            Tensor expected = libtorch(settings, frames);
            assertThat(expected.shape())
                    .containsExactly(
                            1,
                            format.components(0),
                            outputs.size(),
                            outputs.getFirst().height(),
                            outputs.getFirst().width());
            for (int o = 0; o < outputs.size(); o++) {
                for (int y = 0; y < expected.size(3); y++) {
                    for (int at = 0; at < expected.size(4) * expected.size(1); at++) {
                        int x = at / expected.size(1);
                        int c = at % expected.size(1);
                        int found = Pictures.sample(outputs.get(o), 0, y, x, c);
                        double v = white * (double) expected.get(0, c, o, y, x);
                        int rounded = (int) Math.clamp(Math.floor(v + 0.5), 0, format.maxSample());
                        assertThat(Math.abs(found - rounded))
                                .as(
                                        "%s: %s, found %d in output %d row %d column %d",
                                        RandomConvolution.text(settings), v, found, o, y, x)
                                .isLessThanOrEqualTo(1);
                        samples++;
                        others += found == rounded ? 0 : 1;
                    }
                }
            }
        }
        assertThat(samples).isGreaterThan(10_000);
        // Libtorch's float32 falls on the other side of a half in proportion to its error in steps.
        assertThat(others).isLessThan(samples / (500 / format.scaleFrom8Bit()));
    }

    /** Samples as value/255, in the way of ToTensor; those of 10 bits as value/1020. */
    private static Tensor libtorch(TransposedConvolution settings, List<Picture> frames) {
        Picture like = frames.getFirst();
        int channels = like.format().components(0);
        Tensor input = Tensor.zeros(1, channels, frames.size(), like.height(), like.width());
        int at = 0;
        for (int c = 0; c < channels; c++) {
            for (Picture frame : frames) {
                for (int i = 0; i < like.height() * like.width(); i++) {
                    input.data()[at++] = Pictures.sample(frame, 0, i / like.width(), i % like.width(), c)
                            / (255f * like.format().scaleFrom8Bit());
                }
            }
        }
        ConvWeights weights = settings.weights();
        int[] kernel = weights.kernel();
        Tensor weight = Tensor.of(
                weights.values(), weights.inChannels(), weights.outPerGroup(), kernel[0], kernel[1], kernel[2]);
        Tensor bias = weights.bias().length == 0 ? null : Tensor.of(weights.bias(), weights.bias().length);
        return LibtorchConvTranspose.apply(
                input,
                weight,
                bias,
                settings.stride(),
                settings.padding(),
                settings.outputPadding(),
                settings.groups(),
                settings.dilation(),
                settings.border() == Border.EDGE);
    }
}
