package io.kinolift.upscale.interpolate;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.kernel.interpolate.ScalarInterpolation;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Pictures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bicubic at factor 2 in height and width has its own loops; compares them with the scalar ones. */
class CubicDoublingTest {
    private static final InterpolationKernel SCALAR = new ScalarInterpolation();

    /** Every denominator of time that is a power of two, up to the largest one served and one beyond it. */
    @ParameterizedTest
    @CsvSource({
        "1, HALF_PIXEL",
        "2, HALF_PIXEL",
        "2, SOURCE",
        "4, SOURCE",
        "4, HALF_PIXEL",
        "8, HALF_PIXEL",
        "16, HALF_PIXEL",
        "64, HALF_PIXEL",
        "128, SOURCE",
        "128, HALF_PIXEL",
        "3, HALF_PIXEL",
        "5/2, HALF_PIXEL"
    })
    void timesOfAnyDenominator(String time, TemporalGrid grid) {
        List<Picture> frames = Pictures.noise(PixelFormat.YUV420P, 77, 9, 2, 31);
        assertParity(settings(time, "2", "2", grid), frames);
    }

    /** Around the lanes of a block, which takes two samples each, and pictures smaller than the taps. */
    @Test
    void sizesAroundTheLanes() {
        int block = 2 * Kernels.interpolation().lanes();
        for (int width : new int[] {1, 2, 3, block - 1, block, block + 1, 2 * block - 1, 2 * block, 2 * block + 7}) {
            for (int height = 1; height <= 6; height++) {
                assertParity(
                        settings("2", "2", "2", TemporalGrid.HALF_PIXEL),
                        Pictures.noise(PixelFormat.GRAY8, width, height, 2, width));
            }
        }
    }

    /** Bands begin and end on rows of either kind. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 11, 22})
    void bandsLeaveNoTrace(int bands) {
        List<Picture> frames = Pictures.noise(PixelFormat.YUV420P, 37, 11, 2, bands);
        Interpolation settings = settings("2", "2", "2", TemporalGrid.HALF_PIXEL);
        BoundOperator bound = Pictures.bind(settings, Kernels.interpolation(), frames.getFirst());
        Picture out = Pictures.empty(bound.outputFormat(), bound.outputWidth(), bound.outputHeight());
        bound.upscale(1, Pictures.inputs(frames), out, Pictures.bands(bands));
        Picture expected = Pictures.upscale(Pictures.bind(settings, SCALAR, frames.getFirst()), frames, 1);
        assertThat(Pictures.hash(List.of(out))).isEqualTo(Pictures.hash(List.of(expected)));
    }

    /** One product not rounded, or two terms exchanged, changes about one byte in a million: here are 42 million. */
    @Test
    void termsAreRoundedAndAddedInTheScalarOrder() {
        List<Picture> frames = Pictures.noise(PixelFormat.GRAY8, 512, 320, 2, 77);
        Interpolation settings = settings("64", "2", "2", TemporalGrid.HALF_PIXEL);
        BoundOperator scalar = Pictures.bind(settings, SCALAR, frames.getFirst());
        BoundOperator chosen = Pictures.bind(settings, Kernels.interpolation(), frames.getFirst());
        // Between the two frames; before and behind them, time adds no digits.
        for (int o = 32; o < 96; o++) {
            assertThat(Pictures.upscale(chosen, frames, o)
                            .plane(0)
                            .data()
                            .mismatch(
                                    Pictures.upscale(scalar, frames, o).plane(0).data()))
                    .as("output %d", o)
                    .isEqualTo(-1);
        }
    }

    /** Overshoot on either side: steps between the extremes leave 0..255 before they are clamped. */
    @Test
    void overshootIsClamped() {
        List<Picture> frames = List.of(
                Pictures.of(PixelFormat.GRAY8, 67, 13, (p, y, x, c) -> 255 * ((x / 3 + y / 2) & 1)),
                Pictures.of(PixelFormat.GRAY8, 67, 13, (p, y, x, c) -> 255 * ((x / 2 + y / 3) & 1)));
        assertParity(settings("2", "2", "2", TemporalGrid.HALF_PIXEL), frames);
    }

    /** Operators close to this one, or other kinds of sample, must take other loops. */
    @Test
    void neighboursOfTheUsualCase() {
        for (PixelFormat format : List.of(PixelFormat.GRAY8, PixelFormat.GRAY10, PixelFormat.NV12)) {
            List<Picture> frames = Pictures.noise(format, 45, 10, 2, 5);
            assertParity(settings("2", "2", "2", TemporalGrid.HALF_PIXEL), frames);
            assertParity(settings("2", "2", "1", TemporalGrid.HALF_PIXEL), frames);
            assertParity(settings("2", "1", "2", TemporalGrid.HALF_PIXEL), frames);
            assertParity(settings("2", "4", "2", TemporalGrid.HALF_PIXEL), frames);
            assertParity(
                    new Interpolation(
                            Mode.BICUBIC, Rational.ONE, new SpatialTarget.Size(90, 20), true, TemporalGrid.HALF_PIXEL),
                    frames);
        }
    }

    private static void assertParity(Interpolation settings, List<Picture> frames) {
        List<Picture> expected = Pictures.upscale(settings, SCALAR, frames);
        List<Picture> found = Pictures.upscale(settings, Kernels.interpolation(), frames);
        for (int o = 0; o < expected.size(); o++) {
            for (int p = 0; p < expected.get(o).planes().size(); p++) {
                assertThat(found.get(o)
                                .plane(p)
                                .data()
                                .mismatch(expected.get(o).plane(p).data()))
                        .as(
                                "%s, %dx%d, output %d plane %d",
                                settings,
                                frames.getFirst().width(),
                                frames.getFirst().height(),
                                o,
                                p)
                        .isEqualTo(-1);
            }
        }
    }

    private static Interpolation settings(String t, String h, String w, TemporalGrid grid) {
        return new Interpolation(
                Mode.BICUBIC,
                Rational.parse(t),
                new SpatialTarget.Factors(Rational.parse(h), Rational.parse(w)),
                false,
                grid);
    }
}
