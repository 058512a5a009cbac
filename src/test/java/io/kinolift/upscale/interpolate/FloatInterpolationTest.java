package io.kinolift.upscale.interpolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.interpolate.ScalarInterpolation;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Aligned corners in time, height and width, against float64 written from the definition. */
class FloatInterpolationTest {
    private static final int WIDTH = 31;
    private static final int HEIGHT = 9;
    private static final int FRAMES = 3;

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"TRILINEAR", "BICUBIC"})
    void isWithinOneOfRoundedFloat64(Mode mode) {
        SplittableRandom random = new SplittableRandom(9);
        byte[][] samples = new byte[FRAMES][WIDTH * HEIGHT];
        List<byte[]> frames = List.of(samples);
        frames.forEach(random::nextBytes);
        BoundOperator bound = new InterpolationOperator(
                        new Interpolation(
                                mode,
                                Rational.of(2),
                                new SpatialTarget.Size(4001, 1009),
                                true,
                                TemporalGrid.HALF_PIXEL),
                        new ScalarInterpolation())
                .bind(PixelFormat.GRAY8, WIDTH, HEIGHT);
        Picture out = picture(MemorySegment.ofArray(new byte[4001 * 1009]), 4001, 1009);
        for (int o = 0; o < 2 * FRAMES; o++) {
            bound.upscale(o, inputs(frames), out, Bands.ONE);
            for (int y = 0; y < 1009; y += 7) {
                for (int x = 0; x < 4001; x += 3) {
                    double v = value(mode, frames, o * 2 / 5.0, y * 8 / 1008.0, x * 30 / 4000.0);
                    int found = out.plane(0).data().get(ValueLayout.JAVA_BYTE, y * 4001L + x) & 0xff;
                    assertThat(found).isCloseTo(Math.clamp((int) Math.floor(v + 0.5), 0, 255), within(1));
                }
            }
        }
    }

    private static double value(Mode mode, List<byte[]> frames, double t, double y, double x) {
        double sum = 0;
        for (int f = 0; f < FRAMES; f++) {
            double time = Math.max(0, 1 - Math.abs(t - f));
            for (int i = -1; time > 0 && i < 3; i++) {
                for (int j = -1; j < 3; j++) {
                    int row = (int) Math.floor(y) + i;
                    int column = (int) Math.floor(x) + j;
                    int at = Math.clamp(row, 0, HEIGHT - 1) * WIDTH + Math.clamp(column, 0, WIDTH - 1);
                    sum += time * weight(mode, y - row) * weight(mode, x - column) * (frames.get(f)[at] & 0xff);
                }
            }
        }
        return sum;
    }

    private static double weight(Mode mode, double signed) {
        double d = Math.abs(signed);
        if (mode == Mode.TRILINEAR) {
            return Math.max(0, 1 - d);
        }
        return d <= 1 ? 1.25 * d * d * d - 2.25 * d * d + 1 : d < 2 ? -0.75 * d * d * d + 3.75 * d * d - 6 * d + 3 : 0;
    }

    private static InputFrames inputs(List<byte[]> frames) {
        List<Picture> pictures =
                frames.stream().map(f -> picture(copy(f), WIDTH, HEIGHT)).toList();
        return new InputFrames() {
            @Override
            public long first() {
                return 0;
            }

            @Override
            public long last() {
                return FRAMES - 1;
            }

            @Override
            public Picture at(long index) {
                return pictures.get((int) index);
            }
        };
    }

    private static MemorySegment copy(byte[] bytes) {
        return Arena.ofAuto().allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    }

    private static Picture picture(MemorySegment data, int width, int height) {
        return new Picture(
                PixelFormat.GRAY8,
                width,
                height,
                List.of(new Plane(PixelFormat.GRAY8, 0, data, width, height, width)),
                () -> {});
    }
}
