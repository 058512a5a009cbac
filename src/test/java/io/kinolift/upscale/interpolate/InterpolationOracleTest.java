package io.kinolift.upscale.interpolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.kernel.interpolate.ScalarInterpolation;
import io.kinolift.upscale.Pictures;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results against short definitions of each mode. */
class InterpolationOracleTest {
    private static final List<InterpolationKernel> KERNELS =
            List.of(new ScalarInterpolation(), Kernels.interpolation());

    /** Away from the edges a linear mode repeats any linear function, here of time, row and column. */
    @ParameterizedTest
    @CsvSource({"2,2,2", "1,2,2", "3,4,5", "5/2,3/2,1.15", "8,8,8"})
    void aRampStaysARamp(String t, String h, String w) {
        List<Picture> frames = IntStream.range(0, 4)
                .mapToObj(n -> Pictures.of(PixelFormat.GRAY8, 40, 9, (p, y, x, c) -> 10 + 17 * n + 5 * y + 3 * x))
                .toList();
        for (InterpolationKernel kernel : KERNELS) {
            List<Picture> outputs = Pictures.upscale(settings(Mode.TRILINEAR, t, h, w), kernel, frames);
            for (int o = 0; o < outputs.size(); o++) {
                double time = centre(o, t);
                for (int y = 0; y < outputs.get(o).height(); y++) {
                    double row = centre(y, h);
                    for (int x = 0; x < outputs.get(o).width(); x++) {
                        double column = centre(x, w);
                        if (inside(time, 4) && inside(row, 9) && inside(column, 40)) {
                            // The small excess over a half rounds up values that float64 may leave just below a tie.
                            double expected = Math.floor(10 + 17 * time + 5 * row + 3 * column + 0.5 + 1e-9);
                            assertThat((double) Pictures.sample(outputs.get(o), 0, y, x, 0))
                                    .as("output %d row %d column %d", o, y, x)
                                    .isEqualTo(expected);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,2,2", "2,3,4", "3/2,5/2,1.15", "1/2,2/3,1/2", "1001/1000,1001/500,999/500"})
    void nearestIsTheInputAtTheFloor(String t, String h, String w) {
        List<Picture> frames = Pictures.noise(PixelFormat.NV12, 45, 11, 4, 3);
        for (InterpolationKernel kernel : KERNELS) {
            List<Picture> outputs = Pictures.upscale(settings(Mode.NEAREST, t, h, w), kernel, frames);
            for (int o = 0; o < outputs.size(); o++) {
                Picture source = frames.get(floor(o, t, 4));
                for (int p = 0; p < 2; p++) {
                    Plane out = outputs.get(o).plane(p);
                    Plane in = source.plane(p);
                    for (int y = 0; y < out.height(); y++) {
                        for (int x = 0; x < out.width(); x++) {
                            for (int c = 0; c < out.components(); c++) {
                                assertThat(Pictures.sample(outputs.get(o), p, y, x, c))
                                        .isEqualTo(Pictures.sample(
                                                source, p, floor(y, h, in.height()), floor(x, w, in.width()), c));
                            }
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,2,2", "2,3,4", "5/2,3/2,1.15", "1,1/2,2/3"})
    void bicubicIsWithinOneOfRoundedFloat64(String t, String h, String w) {
        List<Picture> frames = Pictures.noise(PixelFormat.GRAY8, 45, 12, 4, 4);
        for (InterpolationKernel kernel : KERNELS) {
            List<Picture> outputs = Pictures.upscale(settings(Mode.BICUBIC, t, h, w), kernel, frames);
            for (int o = 0; o < outputs.size(); o++) {
                for (int y = 0; y < outputs.get(o).height(); y++) {
                    for (int x = 0; x < outputs.get(o).width(); x++) {
                        double v = cubic(frames, centre(o, t), centre(y, h), centre(x, w));
                        assertThat(Pictures.sample(outputs.get(o), 0, y, x, 0))
                                .as("output %d row %d column %d", o, y, x)
                                .isCloseTo(Math.clamp((int) Math.floor(v + 0.5), 0, 255), within(1));
                    }
                }
            }
        }
    }

    /** Time alone: a weighted mean of two frames, sample by sample. */
    @Test
    void aFactorInTimeOnlyBlendsFrames() {
        List<Picture> frames = Pictures.noise(PixelFormat.YUV420P, 45, 11, 2, 5);
        // Half-pixel at factor 2: x = -1/4, 1/4, 3/4, 5/4. In quarters, the share of the later frame.
        int[] later = {0, 1, 3, 4};
        for (InterpolationKernel kernel : KERNELS) {
            List<Picture> outputs = Pictures.upscale(settings(Mode.TRILINEAR, "2", "1", "1"), kernel, frames);
            assertThat(outputs).hasSize(later.length);
            for (int o = 0; o < later.length; o++) {
                int share = later[o];
                Picture expected = Pictures.of(
                        PixelFormat.YUV420P,
                        45,
                        11,
                        (p, y, x, c) -> ((4 - share) * Pictures.sample(frames.get(0), p, y, x, c)
                                        + share * Pictures.sample(frames.get(1), p, y, x, c)
                                        + 2)
                                / 4);
                assertThat(Pictures.hash(List.of(outputs.get(o)))).isEqualTo(Pictures.hash(List.of(expected)));
            }
        }
    }

    private static double cubic(List<Picture> frames, double t, double y, double x) {
        double sum = 0;
        for (int f = (int) Math.floor(t); f <= Math.floor(t) + 1; f++) {
            Picture frame = frames.get(Math.clamp(f, 0, frames.size() - 1));
            for (int i = (int) Math.floor(y) - 1; i <= Math.floor(y) + 2; i++) {
                for (int j = (int) Math.floor(x) - 1; j <= Math.floor(x) + 2; j++) {
                    sum += (1 - Math.abs(t - f))
                            * keys(Math.abs(y - i))
                            * keys(Math.abs(x - j))
                            * Pictures.sample(
                                    frame,
                                    0,
                                    Math.clamp(i, 0, frame.height() - 1),
                                    Math.clamp(j, 0, frame.width() - 1),
                                    0);
                }
            }
        }
        return sum;
    }

    /** Keys' kernel with a = -0.75. */
    private static double keys(double d) {
        return d <= 1 ? 1.25 * d * d * d - 2.25 * d * d + 1 : d < 2 ? -0.75 * (d * d * d - 5 * d * d + 8 * d - 4) : 0;
    }

    private static double centre(int o, String factor) {
        Rational s = Rational.parse(factor);
        return ((2.0 * o + 1) * s.denominator() - s.numerator()) / (2.0 * s.numerator());
    }

    private static boolean inside(double x, int inputs) {
        return x >= 0 && x <= inputs - 1;
    }

    private static int floor(int o, String factor, int inputs) {
        return Math.toIntExact(
                Math.min(inputs - 1, Rational.parse(factor).inverse().floorOfProduct(o)));
    }

    private static Interpolation settings(Mode mode, String t, String h, String w) {
        return new Interpolation(
                mode,
                Rational.parse(t),
                new SpatialTarget.Factors(Rational.parse(h), Rational.parse(w)),
                false,
                TemporalGrid.HALF_PIXEL);
    }
}
