package io.kinolift.upscale;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An operator whose luma is kept near the range of the inputs around, against the definition of that. */
class LimitedTest {
    private static final int WIDTH = 37;
    private static final int HEIGHT = 22;

    /** Sharper than any that is fitted, so that much is cut off. */
    private static Operator sharp(int depth, int factor) {
        int kernel = 3 * factor;
        float[] values = new float[depth * kernel * kernel];
        for (int i = 0; i < values.length; i++) {
            boolean middle = i / kernel % kernel / factor == 1 && i % kernel / factor == 1;
            values[i] = (middle ? 5f : -0.5f) / depth;
        }
        return Operators.convTranspose(new TransposedConvolution(
                new ConvWeights(values, 1, 1, new int[] {depth, kernel, kernel}, new float[0]),
                new int[] {depth, factor, factor}, new int[] {0, factor, factor}, new int[3], new int[] {1, 1, 1}, 1,
                Border.EDGE, Channels.LUMA));
    }

    @ParameterizedTest
    @CsvSource({"GRAY8,1,2,0", "YUV420P,1,2,0.03125", "NV12,1,3,0.25", "YUV422P,2,2,0.1", "YUV420P10,1,2,0.03125"})
    void lumaIsWhatTheOperatorMakes_heldToTheRangeAround(PixelFormat format, int depth, int factor, double overshoot) {
        List<Picture> inputs = Pictures.noise(format, WIDTH, HEIGHT, 2, 7);
        Operator operator = sharp(depth, factor);
        Operator limited = Operators.limited(operator, overshoot);
        int cut = 0;
        for (int output = 0; output < 2 * depth; output++) {
            Picture free = Pictures.upscale(operator.bind(format, WIDTH, HEIGHT), inputs, output);
            Picture held = Pictures.upscale(limited.bind(format, WIDTH, HEIGHT), inputs, output);
            // On either side of where the output lies in time.
            double at = Math.clamp((output + 0.5) / depth - 0.5, 0, 1);
            List<Picture> around = inputs.subList((int) Math.floor(at), (int) Math.ceil(at) + 1);
            for (int y = 0; y < factor * HEIGHT; y++) {
                int[] over = new int[factor * WIDTH + 2];
                for (int x = 0; x < factor * WIDTH; x++) {
                    int sample = Pictures.sample(free, 0, y, x, 0);
                    over[x + 1] = sample - limit(sample, around, y / factor, x / factor, overshoot);
                    cut += over[x + 1] == 0 ? 0 : 1;
                }
                for (int x = 0; x < factor * WIDTH; x++) {
                    int shared = Pictures.sample(free, 0, y, x, 0) - over[x + 1] + (over[x] + over[x + 2]) / 2;
                    assertThat(Pictures.sample(held, 0, y, x, 0)).as("%s at %s,%s", output, x, y)
                            .isEqualTo(limit(shared, around, y / factor, x / factor, overshoot));
                }
            }
            for (int plane = 1; plane < format.planeCount(); plane++) {
                assertThat(held.plane(plane).data().mismatch(free.plane(plane).data())).isEqualTo(-1);
            }
        }
        assertThat(cut).isGreaterThan(WIDTH * HEIGHT / 4);
    }

    private static int limit(int sample, List<Picture> inputs, int y, int x, double overshoot) {
        int low = Integer.MAX_VALUE;
        int high = 0;
        for (int row = Math.max(0, y - 1); row <= Math.min(HEIGHT - 1, y + 1); row++) {
            for (int column = Math.max(0, x - 1); column <= Math.min(WIDTH - 1, x + 1); column++) {
                for (Picture input : inputs) {
                    low = Math.min(low, Pictures.sample(input, 0, row, column, 0));
                    high = Math.max(high, Pictures.sample(input, 0, row, column, 0));
                }
            }
        }
        int room = (high - low) * (int) Math.round(256 * overshoot) / 256;
        int largest = inputs.getFirst().format().maxSample();
        return Math.clamp(sample, Math.max(0, low - room), Math.min(largest, high + room));
    }

    @Test
    void windowsAndBandsLeaveNoTrace() {
        List<Picture> frames = Pictures.noise(PixelFormat.YUV420P, WIDTH, HEIGHT, 7, 3);
        Operator operator = Operators.limited(sharp(2, 2), 0.05);
        String whole = Pictures.hash(Streamed.upscale(operator, Colour.UNSPECIFIED, frames, 7, 0));
        for (int window : new int[] {1, 2, 3}) {
            assertThat(Pictures.hash(Streamed.upscale(operator, Colour.UNSPECIFIED, frames, window, window)))
                    .isEqualTo(whole);
        }
    }

    @Test
    void picturesWithoutLumaAndSharesThatAreNoneAreRefused() {
        assertThat(Operators.limited(sharp(1, 2), 0.1).refusal(PixelFormat.RGB24, 8, 8, Colour.UNSPECIFIED))
                .hasValue("expected a format with luma for a limited overshoot, found RGB24");
        assertThatThrownBy(() -> Operators.limited(sharp(1, 2), 1.5)).hasMessage("expected an overshoot of 0 to 1, found 1.5");
        assertThatThrownBy(() -> Operators.limited(sharp(1, 2), Double.NaN)).hasMessageContaining("NaN");
    }
}
