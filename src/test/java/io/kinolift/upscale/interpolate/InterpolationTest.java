package io.kinolift.upscale.interpolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.kernel.interpolate.ScalarInterpolation;
import io.kinolift.property.Inputs;
import io.kinolift.property.Property;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Pictures;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InterpolationTest {
    private static final byte GUARD = 0x5a;
    private static final int PADDING = 7;
    private static final List<String> FACTORS =
            List.of("1", "2", "3", "4", "5", "6", "7", "8", "3/2", "5/2", "1.15", "1/2");
    private static final List<PixelFormat> FORMATS = List.of(
            PixelFormat.GRAY8,
            PixelFormat.YUV420P,
            PixelFormat.NV12,
            PixelFormat.RGB24,
            PixelFormat.GRAY10,
            PixelFormat.YUV420P10);

    @Test
    void linearModesAreTheExactRational() {
        Property.holds(60, InterpolationTest::assertExactRational);
    }

    private static void assertExactRational(Inputs inputs) {
        String t = inputs.oneOf("t", FACTORS);
        String h = inputs.oneOf("h", FACTORS);
        String w = inputs.oneOf("w", FACTORS);
        int width = inputs.between("width", 2, 41);
        int height = inputs.between("height", 2, 9);
        PixelFormat format = inputs.oneOf("format", FORMATS);
        boolean sourceGrid = inputs.flag("sourceGrid");
        Interpolation settings = new Interpolation(
                Mode.TRILINEAR,
                Rational.parse(t),
                new SpatialTarget.Factors(Rational.parse(h), Rational.parse(w)),
                false,
                sourceGrid ? TemporalGrid.SOURCE : TemporalGrid.HALF_PIXEL);
        try (Arena arena = Arena.ofConfined()) {
            List<Picture> frames = noise(arena, format, width, height, 4);
            long outputs = settings.temporalFactor().floorOfProduct(4);
            for (long o = 0; o < outputs; o++) {
                for (InterpolationKernel kernel : List.of(new ScalarInterpolation(), Kernels.interpolation())) {
                    Picture found = upscale(arena, settings, kernel, frames, o);
                    assertSamples(settings, frames, o, found);
                }
            }
        }
    }

    @Test
    void vectorLoopsGiveTheScalarBytes() {
        int lanes = Kernels.interpolation().lanes();
        assertThat(Kernels.interpolation()).isNotInstanceOf(ScalarInterpolation.class);
        for (int width : new int[] {1, lanes - 1, lanes, lanes + 1, 2 * lanes + 3, 1021, 1920}) {
            for (PixelFormat format : FORMATS) {
                for (Mode mode : Mode.values()) {
                    for (String factor : new String[] {"1", "2", "3", "3/2", "2.5", "1.15", "4/3", "1/1000003"}) {
                        Rational spatial = Rational.parse(factor);
                        SpatialTarget target = spatial.denominator() > 1000
                                ? new SpatialTarget.Size(2 * width + 1, 11)
                                : new SpatialTarget.Factors(spatial, spatial);
                        assertParity(format, width, mode, target);
                    }
                }
            }
        }
    }

    @Test
    void constantsStayAndFactorOneIsIdentity() {
        try (Arena arena = Arena.ofConfined()) {
            List<Picture> noise = noise(arena, PixelFormat.YUV420P, 37, 11, 2);
            SpatialTarget same = new SpatialTarget.Factors(Rational.ONE, Rational.ONE);
            for (Mode mode : Mode.values()) {
                Interpolation identity = new Interpolation(mode, Rational.ONE, same, false, TemporalGrid.HALF_PIXEL);
                Picture found = upscale(arena, identity, Kernels.interpolation(), noise, 1);
                for (int plane = 0; plane < 3; plane++) {
                    assertThat(found.plane(plane)
                                    .data()
                                    .mismatch(noise.get(1).plane(plane).data()))
                            .isEqualTo(-1);
                }
                Picture flat = picture(arena, PixelFormat.RGB24, 37, 11);
                flat.plane(0).data().fill((byte) 201);
                Interpolation larger = new Interpolation(
                        mode,
                        Rational.parse("3/2"),
                        new SpatialTarget.Size(111, 40),
                        mode != Mode.NEAREST,
                        TemporalGrid.HALF_PIXEL);
                Picture grown = upscale(arena, larger, Kernels.interpolation(), List.of(flat, flat), 1);
                for (int y = 0; y < 40; y++) {
                    for (int x = 0; x < 333; x++) {
                        assertThat(sample(grown.plane(0), y, x)).isEqualTo(201);
                    }
                }
            }
        }
    }

    @Test
    void alignCornersWithNearestIsRefused() {
        assertThatThrownBy(() -> new Interpolation(
                        Mode.NEAREST, Rational.ONE, new SpatialTarget.Size(4, 4), true, TemporalGrid.SOURCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found NEAREST");
    }

    private static void assertParity(PixelFormat format, int width, Mode mode, SpatialTarget target) {
        Interpolation settings = new Interpolation(mode, Rational.of(2), target, false, TemporalGrid.HALF_PIXEL);
        try (Arena arena = Arena.ofConfined()) {
            List<Picture> frames = noise(arena, format, width, 5, 2);
            Picture expected = upscale(arena, settings, new ScalarInterpolation(), frames, 1);
            Picture found = upscale(arena, settings, Kernels.interpolation(), frames, 1);
            for (int plane = 0; plane < format.planeCount(); plane++) {
                // Whole segments: the guard bytes behind every row are also compared.
                assertThat(found.plane(plane)
                                .data()
                                .mismatch(expected.plane(plane).data()))
                        .as("%s %s width %d to %s, plane %d", format, mode, width, target, plane)
                        .isEqualTo(-1);
            }
        }
    }

    private static Picture upscale(
            Arena arena, Interpolation settings, InterpolationKernel kernel, List<Picture> frames, long output) {
        Picture like = frames.getFirst();
        BoundOperator bound =
                new InterpolationOperator(settings, kernel).bind(like.format(), like.width(), like.height());
        Picture out = picture(arena, like.format(), bound.outputWidth(), bound.outputHeight());
        bound.upscale(output, Pictures.inputs(frames), out, Pictures.bands(3));
        for (Plane plane : out.planes()) {
            for (int y = 0; y < plane.height(); y++) {
                for (long x = plane.rowBytes(); x < plane.stride(); x++) {
                    assertThat(plane.data().get(ValueLayout.JAVA_BYTE, y * plane.stride() + x))
                            .isEqualTo(GUARD);
                }
            }
        }
        return out;
    }

    /** Every sample from its definition, in integers of any length. */
    private static void assertSamples(Interpolation settings, List<Picture> frames, long o, Picture found) {
        SpatialTarget.Factors factors = (SpatialTarget.Factors) settings.spatial();
        boolean source = settings.temporalGrid() == TemporalGrid.SOURCE;
        for (int p = 0; p < found.planes().size(); p++) {
            Plane plane = found.plane(p);
            Plane in = frames.getFirst().plane(p);
            long[] t = position(o, settings.temporalFactor(), source);
            for (int y = 0; y < plane.height(); y++) {
                long[] h = in.height() == plane.height() ? new long[] {y, 1} : position(y, factors.height(), false);
                for (int x = 0; x < plane.width(); x++) {
                    long[] w = in.width() == plane.width() ? new long[] {x, 1} : position(x, factors.width(), false);
                    for (int c = 0; c < plane.components(); c++) {
                        long sum = 0;
                        for (int tap = 0; tap < 8; tap++) {
                            Plane from = frames.get(index(t, tap >> 2, frames.size()))
                                    .plane(p);
                            int value = sample(
                                    from,
                                    index(h, tap >> 1 & 1, in.height()),
                                    index(w, tap & 1, in.width()) * in.components() + c);
                            long weight = Math.multiplyExact(
                                    weight(t, tap >> 2) * weight(h, tap >> 1 & 1), weight(w, tap & 1));
                            sum = Math.addExact(sum, Math.multiplyExact(value, weight));
                        }
                        long d = Math.multiplyExact(t[1] * h[1], w[1]);
                        int expected = Math.toIntExact((2 * sum + d) / (2 * d));
                        int sample = sample(plane, y, x * plane.components() + c);
                        if (sample != expected) {
                            throw new AssertionError("output " + o + " plane " + p + " row " + y + " column " + x
                                    + ": expected " + expected + ", found " + sample);
                        }
                    }
                }
            }
        }
    }

    /** x as numerator and denominator. */
    private static long[] position(long o, Rational s, boolean source) {
        long p = s.numerator();
        long q = s.denominator();
        return source ? new long[] {o * q, p} : new long[] {(2 * o + 1) * q - p, 2 * p};
    }

    private static int index(long[] x, int tap, int size) {
        return Math.clamp(Math.floorDiv(x[0], x[1]) + tap, 0, size - 1);
    }

    private static long weight(long[] x, int tap) {
        long rest = Math.floorMod(x[0], x[1]);
        return tap == 0 ? x[1] - rest : rest;
    }

    private static int sample(Plane plane, int row, int column) {
        return plane.sample(column, row);
    }

    private static List<Picture> noise(Arena arena, PixelFormat format, int width, int height, int count) {
        SplittableRandom random = new SplittableRandom(5);
        List<Picture> pictures = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Picture picture = picture(arena, format, width, height);
            for (Plane plane : picture.planes()) {
                for (int y = 0; y < plane.height(); y++) {
                    for (int x = 0; x < plane.rowSamples(); x++) {
                        plane.set(x, y, random.nextInt() & format.maxSample());
                    }
                }
            }
            pictures.add(picture);
        }
        return pictures;
    }

    /** Rows at odd offsets, with guard bytes behind each. */
    private static Picture picture(Arena arena, PixelFormat format, int width, int height) {
        List<Plane> planes = new ArrayList<>();
        for (int p = 0; p < format.planeCount(); p++) {
            long stride = (long) format.rowBytes(p, width) + PADDING;
            int rows = format.planeHeight(p, height);
            MemorySegment data = arena.allocate(stride * rows + 3).asSlice(3).fill(GUARD);
            planes.add(Plane.of(format, p, data, width, height, stride));
        }
        return new Picture(format, width, height, planes, () -> {});
    }
}
