package io.kinolift.upscale.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.limit.RangeKernel;
import io.kinolift.kernel.limit.ScalarRange;
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
import java.util.stream.IntStream;
import jdk.incubator.vector.IntVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator whose luma stays near the range of the inputs around it, against the definition of that range. */
class LimitedTest {
    private static final int WIDTH = 37;
    private static final int HEIGHT = 22;

    /** Sharper than any fitted kernel, so that the limit cuts off much. */
    private static Operator sharp(int depth, int factor) {
        int kernel = 3 * factor;
        float[] values = new float[depth * kernel * kernel];
        for (int i = 0; i < values.length; i++) {
            boolean middle = i / kernel % kernel / factor == 1 && i % kernel / factor == 1;
            values[i] = (middle ? 5f : -0.5f) / depth;
        }
        return ConvTransposeOperator.of(new TransposedConvolution(
                new ConvWeights(values, 1, 1, new int[] {depth, kernel, kernel}, new float[0]),
                new int[] {depth, factor, factor},
                new int[] {0, factor, factor},
                new int[3],
                new int[] {1, 1, 1},
                1,
                Border.EDGE,
                Channels.LUMA));
    }

    @ParameterizedTest
    @CsvSource({
        "GRAY8,1,2,0",
        "YUV420P,1,2,0.03125",
        "NV12,1,3,0.25",
        "YUV422P,2,2,0.1",
        "YUV420P10,1,2,0.03125",
        "GRAY12,1,2,0.03125",
        "YUVA420P,1,2,0.1",
        "P010,1,3,0.25"
    })
    void lumaIsWhatTheOperatorMakes_heldToTheRangeAround(PixelFormat format, int depth, int factor, double overshoot) {
        List<Picture> inputs = Pictures.noise(format, WIDTH, HEIGHT, 2, 7);
        Operator operator = sharp(depth, factor);
        Operator limited = LimitedOperator.of(operator, overshoot);
        int cut = 0;
        for (int output = 0; output < 2 * depth; output++) {
            Picture free = Pictures.upscale(operator.bind(format, WIDTH, HEIGHT), inputs, output);
            Picture held = Pictures.upscale(limited.bind(format, WIDTH, HEIGHT), inputs, output);
            // The inputs on either side of the output's position in time.
            double at = Math.clamp((output + 0.5) / depth - 0.5, 0, 1);
            List<Picture> around = inputs.subList((int) Math.floor(at), (int) Math.ceil(at) + 1);
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    int[] made = block(free, y, x, factor);
                    int[] expected = limit(made, limits(around, y, x, overshoot));
                    assertThat(block(held, y, x, factor))
                            .as("%s at %s,%s", output, x, y)
                            .isEqualTo(expected);
                    cut += Arrays.equals(made, expected) ? 0 : 1;
                }
            }
            for (int plane = 1; plane < format.planeCount(); plane++) {
                assertThat(held.plane(plane).data().mismatch(free.plane(plane).data()))
                        .isEqualTo(-1);
            }
        }
        assertThat(cut).isGreaterThan(WIDTH * HEIGHT / 10);
    }

    /** The outputs of one input, row by row. */
    private static int[] block(Picture picture, int y, int x, int factor) {
        return IntStream.range(0, factor * factor)
                .map(i -> Pictures.sample(picture, 0, factor * y + i / factor, factor * x + i % factor, 0))
                .toArray();
    }

    private static int[] limits(List<Picture> inputs, int y, int x, double overshoot) {
        int low = Integer.MAX_VALUE;
        int high = 0;
        int peak = 0;
        int pit = 0;
        for (Picture input : inputs) {
            for (int i = 0; i < 9; i++) {
                int sample = around(input, y + i / 3 - 1, x + i % 3 - 1);
                low = Math.min(low, sample);
                high = Math.max(high, sample);
            }
            int here = around(input, y, x);
            int[][] pairs = {
                {around(input, y - 1, x), around(input, y + 1, x)}, {around(input, y, x - 1), around(input, y, x + 1)}
            };
            for (int[] pair : pairs) {
                peak = Math.max(peak, Math.min(here - pair[0], here - pair[1]));
                pit = Math.max(pit, Math.min(pair[0] - here, pair[1] - here));
            }
        }
        long room = Math.round((high - low) * Math.round(256 * overshoot) / 256.0);
        int largest = inputs.getFirst().format().maxSample();
        return new int[] {
            (int) Math.max(0, low - room - pit * 3 / 8), (int) Math.min(largest, high + room + peak * 3 / 8)
        };
    }

    private static int around(Picture input, int y, int x) {
        return Pictures.sample(input, 0, Math.clamp(y, 0, HEIGHT - 1), Math.clamp(x, 0, WIDTH - 1), 0);
    }

    /**
     * Shifts until the sum equals the earlier sum or all are at a limit; the last steps go to the first that can take
     * one.
     */
    private static int[] limit(int[] made, int[] limits) {
        int[] held = shifted(made, 0, limits);
        int rest = sum(made) - sum(held);
        int step = Integer.signum(rest);
        for (int shift = 1; rest != 0 && shift <= 2048; shift++) {
            int[] next = shifted(made, step * shift, limits);
            for (int i = 0; i < held.length && rest != 0; i++) {
                rest -= next[i] - held[i];
                held[i] = next[i];
            }
        }
        return held;
    }

    private static int[] shifted(int[] samples, int shift, int[] limits) {
        return Arrays.stream(samples)
                .map(sample -> Math.clamp(sample + shift, limits[0], limits[1]))
                .toArray();
    }

    private static int sum(int[] samples) {
        return Arrays.stream(samples).sum();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 30})
    void bandsLeaveNoTrace(int bands) {
        List<Picture> frames = Pictures.noise(PixelFormat.YUV420P, WIDTH, HEIGHT, 1, 3);
        BoundOperator bound = LimitedOperator.of(sharp(1, 3), 0.05).bind(PixelFormat.YUV420P, WIDTH, HEIGHT);
        Picture banded = Pictures.empty(PixelFormat.YUV420P, 3 * WIDTH, 3 * HEIGHT);
        bound.upscale(0, Pictures.inputs(frames), banded, Pictures.bands(bands));
        assertThat(Pictures.hash(List.of(banded)))
                .isEqualTo(Pictures.hash(List.of(Pictures.upscale(bound, frames, 0))));
    }

    @Test
    void windowsLeaveNoTrace() {
        List<Picture> frames = Pictures.noise(PixelFormat.YUV420P, WIDTH, HEIGHT, 7, 3);
        Operator operator = LimitedOperator.of(sharp(2, 2), 0.05);
        String whole = Pictures.hash(Streamed.upscale(operator, Colour.UNSPECIFIED, frames, 7, 0));
        for (int window : new int[] {1, 2, 3}) {
            assertThat(Pictures.hash(Streamed.upscale(operator, Colour.UNSPECIFIED, frames, window, window)))
                    .isEqualTo(whole);
        }
    }

    @Test
    void picturesWithoutLumaAndSharesThatAreNoneAreRefused() {
        assertThat(LimitedOperator.of(sharp(1, 2), 0.1).refusal(PixelFormat.GRAY16, 8, 8, Colour.UNSPECIFIED))
                .contains("expected luma of at most 12 bits for a limited overshoot, found GRAY16 of 16 bits");
        assertThat(LimitedOperator.of(sharp(1, 2), 0.1).refusal(PixelFormat.RGB24, 8, 8, Colour.UNSPECIFIED))
                .hasValue("expected a format with luma for a limited overshoot, found RGB24");
        assertThatThrownBy(() -> LimitedOperator.of(sharp(1, 2), 1.5))
                .hasMessage("expected an overshoot of 0 to 1, found 1.5");
        assertThatThrownBy(() -> LimitedOperator.of(sharp(1, 2), Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void outputsThatAreNotAWholeMultipleAreRefused() {
        Operator uneven = ConvTransposeOperator.of(new TransposedConvolution(
                new ConvWeights(new float[16], 1, 1, new int[] {1, 4, 4}, new float[0]),
                new int[] {1, 2, 2},
                new int[3],
                new int[3],
                new int[] {1, 1, 1},
                1,
                Border.EDGE,
                Channels.LUMA));
        assertThat(LimitedOperator.of(uneven, 0.1).refusal(PixelFormat.GRAY8, 8, 6, Colour.UNSPECIFIED))
                .hasValue(
                        "expected outputs of a whole multiple of the inputs' size for a limited overshoot, found 8x6 and "
                                + "18x14");
    }

    @ParameterizedTest(name = "{0} bits")
    @ValueSource(ints = {128, 256, 512})
    void everyVectorWidthGivesTheScalarBytes(int bits) throws Exception {
        List<String> found = VectorJvm.lines(LimitedTest.class, bits);
        int widest = Integer.parseInt(found.getFirst());
        assumeTrue(bits <= widest, () -> "vectors of this machine have " + widest + " bits, not " + bits);
        assertThat(found.get(1)).isEqualTo("VectorRange");
        assertThat(found.get(2)).isEqualTo(hash(new ScalarRange()));
    }

    /** The output that the JVM of another vector width prints. */
    public static void main(String[] arguments) {
        System.out.println(IntVector.SPECIES_PREFERRED.vectorBitSize());
        System.out.println(Kernels.range().getClass().getSimpleName());
        System.out.println(hash(Kernels.range()));
    }

    /** Widths around those of vectors, both depths, and a share that exceeds 16 bits at the larger depth. */
    private static String hash(RangeKernel kernel) {
        List<Picture> outputs = new ArrayList<>();
        for (int width = 1; width < 70; width += 3) {
            for (PixelFormat format : List.of(PixelFormat.GRAY8, PixelFormat.GRAY10)) {
                for (double overshoot : new double[] {0, 0.03125, 0.4, 1}) {
                    BoundOperator bound =
                            new LimitedOperator(sharp(1, 2 + width % 2), overshoot, kernel).bind(format, width, 9);
                    outputs.add(Pictures.upscale(bound, Pictures.noise(format, width, 9, 1, width), 0));
                }
            }
        }
        return Pictures.hash(outputs);
    }
}
