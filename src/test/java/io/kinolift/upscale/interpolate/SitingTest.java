package io.kinolift.upscale.interpolate;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Colour.ChromaLocation;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.kernel.interpolate.ScalarInterpolation;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.Pictures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A scene that is a ramp, sampled where luma and chroma lie, is the same ramp after enlarging: a sample of chroma shows
 * what is at its place, not what is beside it.
 */
class SitingTest {
    private static final int WIDTH = 14;
    private static final int HEIGHT = 12;
    /** Of the ramp per luma sample; whole at quarters of a sample of coarse chroma. */
    private static final int PER_COLUMN = 100;

    private static final int PER_ROW = 60;
    private static final List<String> FACTORS = List.of("2", "3", "3/2", "5/2", "1", "8");

    @ParameterizedTest
    @EnumSource(ChromaLocation.class)
    void aRampStaysInItsPlace(ChromaLocation location) {
        for (PixelFormat format :
                List.of(PixelFormat.YUV420P16, PixelFormat.YUV422P16, PixelFormat.YUV444P16, PixelFormat.YUVA420P16)) {
            for (String factor : FACTORS) {
                for (InterpolationKernel kernel : List.of(new ScalarInterpolation(), Kernels.interpolation())) {
                    assertRamp(format, location, Rational.parse(factor), kernel);
                }
            }
        }
    }

    private static void assertRamp(
            PixelFormat format, ChromaLocation location, Rational factor, InterpolationKernel kernel) {
        Interpolation settings = new Interpolation(
                Mode.TRILINEAR,
                Rational.ONE,
                new SpatialTarget.Factors(factor, factor),
                false,
                TemporalGrid.HALF_PIXEL);
        Operator operator = new InterpolationOperator(settings, kernel);
        Picture scene = Pictures.of(
                format, WIDTH, HEIGHT, (p, y, x, c) -> (int) Math.round(ramp(format, p, y, x, location, 1)));
        Colour colour = new Colour(Colour.Range.LIMITED, 1, 1, 1, location);
        BoundOperator bound = operator.bind(format, WIDTH, HEIGHT, colour);
        Picture out = Pictures.upscale(bound, List.of(scene), 0);

        List<String> wrong = new ArrayList<>();
        double s = factor.toDouble();
        for (int p = 0; p < format.planeCount(); p++) {
            Plane plane = out.plane(p);
            // The rim repeats the edge.
            int rim = (int) Math.ceil(s);
            for (int y = rim; y < plane.height() - rim; y++) {
                for (int x = rim; x < plane.width() - rim; x++) {
                    double expected = ramp(format, p, y, x, location, s);
                    int found = Pictures.sample(out, p, y, x, 0);
                    if (found != Math.floor(expected + 0.5 + 1e-9)) {
                        wrong.add("plane %d, %d,%d: expected %s, found %d".formatted(p, x, y, expected, found));
                    }
                }
            }
        }
        assertThat(wrong).as("%s %s %s", format, location, factor).isEmpty();
    }

    /** The scene at a sample of a picture that is {@code s} times as large as the first. */
    private static double ramp(PixelFormat format, int plane, int y, int x, ChromaLocation location, double s) {
        boolean chroma = plane == 1 || plane == 2;
        int columns = chroma ? format.columnsPerChroma() : 1;
        int rows = chroma ? format.rowsPerChroma() : 1;
        double u = columns == 1
                ? x + 0.5
                : 2 * x
                        + switch (location) {
                            case LEFT, TOP_LEFT, BOTTOM_LEFT -> 0.5;
                            case UNSPECIFIED, CENTER, TOP, BOTTOM -> 1;
                        };
        double v = rows == 1
                ? y + 0.5
                : 2 * y
                        + switch (location) {
                            case TOP, TOP_LEFT -> 0.5;
                            case UNSPECIFIED, CENTER, LEFT -> 1;
                            case BOTTOM, BOTTOM_LEFT -> 1.5;
                        };
        return 1000 + PER_COLUMN * u / s + PER_ROW * v / s;
    }
}
