package io.kinolift.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Rescaler;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BetweenFitTest {
    private static final PhaseGrid GRID = PhaseGrid.usual(2);
    private static final int SIZE = 120;
    private static final double RIDGE = 0.01;

    @Test
    void bicubicIsThatOfFfmpeg() {
        IntPlane input = small(pattern(0));
        IntPlane found = Convolved.apply(GRID, BetweenFit.bicubic(GRID), input);
        try (Picture picture = new AvPictures().allocate(PixelFormat.GRAY8, input.width(), input.height());
                Rescaler rescaler = new Rescaler(Rescaler.Filter.BICUBIC, input.width(), input.height(), SIZE, SIZE)) {
            Plane plane = picture.plane(0);
            for (int i = 0; i < input.values().length; i++) {
                plane.data().set(ValueLayout.JAVA_BYTE, i / input.width() * plane.stride() + i % input.width(), (byte)
                        input.values()[i]);
            }
            try (Picture expected = rescaler.rescale(picture)) {
                int[] values = IntPlane.of(expected.plane(0)).values();
                for (int i = 0; i < values.length; i++) {
                    assertThat((double) found.values()[i]).isCloseTo(values[i], within(1.0));
                }
            }
        }
    }

    /** What sharpens the still clip sharpens the other's ghosts: the least mean error gives that one up. */
    @Test
    void noClipIsGivenUp() {
        List<Statistics> clips = List.of(clip(0), clip(9));
        double leastOfMean = leastGain(clips, SpatialFit.solve(clips, RIDGE));
        double least = leastGain(clips, BetweenFit.solve(clips, RIDGE));
        assertThat(least).isPositive().isGreaterThan(leastOfMean + 0.1);
        assertThat(BetweenFit.solve(clips, RIDGE)).isEqualTo(BetweenFit.solve(clips, RIDGE));
    }

    private static double leastGain(List<Statistics> clips, double[] kernel) {
        return clips.stream()
                .mapToDouble(clip -> SpatialFit.psnr(NormalEquations.error(clip, kernel))
                        - SpatialFit.psnr(NormalEquations.error(clip, BetweenFit.bicubic(GRID))))
                .min()
                .orElseThrow();
    }

    /** A frame, and the blend of what lies {@code motion} samples to its left and right. */
    private static Statistics clip(int motion) {
        IntPlane left = small(pattern(-motion));
        IntPlane right = small(pattern(motion));
        int[] blend = new int[left.values().length];
        for (int i = 0; i < blend.length; i++) {
            blend[i] = (left.values()[i] + right.values()[i] + 1) / 2;
        }
        Accumulator accumulator = new Accumulator(GRID);
        accumulator.add(new IntPlane(blend, left.width(), left.height()), pattern(0));
        return accumulator.statistics();
    }

    private static IntPlane pattern(int shift) {
        int[] values = new int[SIZE * SIZE];
        for (int i = 0; i < values.length; i++) {
            int x = i % SIZE + shift;
            int y = i / SIZE;
            double wave = 40 * Math.sin(x * 0.31) * Math.cos(y * 0.23 + x * 0.05) + 20 * Math.sin(x * 1.1 + y * 0.7);
            int block = Math.floorMod(Math.floorDiv(x, 9) + y / 7, 2) * 60;
            double noise = 3 * new Random(x * 1000L + y).nextGaussian();
            values[i] = (int) Math.clamp(80 + wave + block + noise, 0, 255);
        }
        return new IntPlane(values, SIZE, SIZE);
    }

    private static IntPlane small(IntPlane large) {
        int width = large.width() / 2;
        int[] values = new int[width * width];
        for (int i = 0; i < values.length; i++) {
            int at = i / width * 2 * large.width() + i % width * 2;
            int[] from = large.values();
            values[i] = (from[at] + from[at + 1] + from[at + large.width()] + from[at + large.width() + 1] + 2) / 4;
        }
        return new IntPlane(values, width, width);
    }
}
