package io.kinolift.upscale.interpolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.kernel.interpolate.ScalarInterpolation;
import io.kinolift.kernel.sample.SampleType;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Oracle;
import io.kinolift.upscale.Pictures;
import io.kinolift.upscale.VectorJvm;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.IntVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Interpolation of every pixel format: the integer oracle's samples, and the same bytes from vector and plain loops.
 */
class DepthInterpolationTest {
    private static final String[][] FACTORS = {
        {"1", "2"}, {"2", "2"}, {"1", "3"}, {"2", "3"}, {"1", "3/2"}, {"5/2", "3"}, {"1.15", "1.15"}, {"1", "1/2"}
    };
    private static final PixelFormat[] FORMATS = {
        PixelFormat.GRAY10,
        PixelFormat.YUV420P12,
        PixelFormat.GRAY16,
        PixelFormat.YUV422P16,
        PixelFormat.P010,
        PixelFormat.GBRP12,
        PixelFormat.RGB48,
        PixelFormat.RGBA,
        PixelFormat.YUVA420P
    };

    @ParameterizedTest
    @EnumSource
    void samplesAreTheExactRational(PixelFormat format) {
        for (String[] factors : FACTORS) {
            for (TemporalGrid grid : TemporalGrid.values()) {
                Interpolation settings = settings(Mode.TRILINEAR, factors[0], factors[1], grid);
                for (int width : new int[] {2, 23, 67}) {
                    int seed = width + format.bitDepth();
                    check(settings, Pictures.noise(format, width, 6, 3, seed), "seed " + seed + " " + settings);
                }
                Picture white = Pictures.of(format, 35, 6, (_, _, _, _) -> format.maxSample());
                check(settings, List.of(white, white), "white " + settings);
            }
        }
    }

    private static void check(Interpolation settings, List<Picture> frames, String name) {
        Oracle oracle = Oracle.interpolation(settings, frames);
        for (InterpolationKernel kernel : List.of(new ScalarInterpolation(), Kernels.interpolation())) {
            List<Picture> outputs = Pictures.upscale(settings, kernel, frames);
            for (int o = 0; o < outputs.size(); o++) {
                oracle.differences(outputs.get(o), o, kernel.getClass().getSimpleName() + " " + name);
            }
        }
    }

    /** Denominators that fit no lanes: float32, at most 1 away. */
    @ParameterizedTest
    @EnumSource(names = {"YUV420P12", "GRAY16", "P010", "RGB48"})
    void floatsAreAtMostOneAway(PixelFormat format) {
        Interpolation settings = settings(Mode.TRILINEAR, "1.001", "1.003", TemporalGrid.HALF_PIXEL);
        List<Picture> frames = Pictures.noise(format, 61, 9, 3, 1);
        Oracle exact = Oracle.interpolation(settings, frames);
        Oracle near = new Oracle() {
            @Override
            public double at(int plane, long output, int y, int x, int component) {
                return exact.at(plane, output, y, x, component);
            }

            @Override
            public boolean isExact() {
                return false;
            }
        };
        List<Picture> outputs = Pictures.upscale(settings, Kernels.interpolation(), frames);
        assertThat(near.differences(outputs.get(1), 1, "seed 1")).isLessThan(61 * 9 / 10);
    }

    @ParameterizedTest(name = "{0} bits")
    @ValueSource(ints = {128, 256, 512})
    void everyVectorWidthGivesTheScalarBytes(int bits) throws Exception {
        List<String> found = VectorJvm.lines(DepthInterpolationTest.class, bits);
        int widest = Integer.parseInt(found.getFirst());
        assumeTrue(bits <= widest, () -> "vectors of this machine have " + widest + " bits, not " + bits);
        assertThat(found.get(1)).isEqualTo("ShortVectorInterpolation of " + bits / Integer.SIZE);
        assertThat(found.subList(2, found.size())).isEmpty();
    }

    /**
     * Prints the widest vector of this JVM, its kernel of shorts, then each case whose bytes differ from the scalar
     * ones.
     */
    public static void main(String[] arguments) {
        System.out.println(IntVector.SPECIES_PREFERRED.vectorBitSize());
        InterpolationKernel shorts = Kernels.interpolation().of(SampleType.upTo(65_535));
        System.out.println(shorts.getClass().getSimpleName() + " of " + shorts.lanes());
        if (Kernels.interpolation() instanceof ScalarInterpolation) {
            return;
        }
        for (PixelFormat format : FORMATS) {
            for (Mode mode : Mode.values()) {
                for (String[] factors : FACTORS) {
                    differing(settings(mode, factors[0], factors[1], TemporalGrid.HALF_PIXEL), format, shorts.lanes());
                }
                differing(settings(mode, "2", "1.003", TemporalGrid.HALF_PIXEL), format, shorts.lanes());
            }
        }
    }

    private static void differing(Interpolation settings, PixelFormat format, int lanes) {
        // Half of one column is no column.
        int least = settings.spatial().outputWidth(1) == 0 ? 2 : 1;
        int[] widths = {least, lanes - 1, lanes, lanes + 1, 2 * lanes + 3, 4 * lanes + 3};
        for (int width : widths) {
            List<Picture> frames = new ArrayList<>();
            for (Picture noise : Pictures.noise(format, width, 5, 2, width)) {
                frames.add(guarded(noise));
            }
            Picture expected = upscale(settings, new ScalarInterpolation(), frames);
            Picture found = upscale(settings, Kernels.interpolation(), frames);
            for (int plane = 0; plane < format.planeCount(); plane++) {
                // Whole segments: the guard bytes behind every row are also compared.
                long at =
                        found.plane(plane).data().mismatch(expected.plane(plane).data());
                if (at >= 0) {
                    System.out.println(
                            format + " seed and width " + width + " plane " + plane + " byte " + at + " " + settings);
                }
            }
        }
    }

    private static Picture guarded(Picture picture) {
        Picture guarded = Pictures.guarded(picture.format(), picture.width(), picture.height());
        for (Plane plane : picture.planes()) {
            for (int y = 0; y < plane.height(); y++) {
                for (int i = 0; i < plane.rowSamples(); i++) {
                    guarded.plane(plane.index()).set(i, y, plane.sample(i, y));
                }
            }
        }
        return guarded;
    }

    private static Picture upscale(Interpolation settings, InterpolationKernel kernel, List<Picture> frames) {
        BoundOperator bound = Pictures.bind(settings, kernel, frames.getFirst());
        Picture out = Pictures.guarded(bound.outputFormat(), bound.outputWidth(), bound.outputHeight());
        bound.upscale(1, Pictures.inputs(frames), out, Pictures.bands(2));
        return out;
    }

    private static Interpolation settings(Mode mode, String temporal, String spatial, TemporalGrid grid) {
        Rational factor = Rational.parse(spatial);
        return new Interpolation(
                mode, Rational.parse(temporal), new SpatialTarget.Factors(factor, factor), false, grid);
    }
}
