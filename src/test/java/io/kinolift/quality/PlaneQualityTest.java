package io.kinolift.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlaneQualityTest {
    @Test
    void equalPlanesHaveNoError() {
        Plane plane = noise(17, 13, 1);
        PlaneQuality quality = PlaneQuality.measure(plane, plane, 0, 255);
        assertThat(quality.psnr()).isInfinite();
        assertThat(quality.ssim()).isEqualTo(1);
    }

    @Test
    void aConstantDifferenceHasItsSquareAsError() {
        PlaneQuality quality = PlaneQuality.measure(constant(100), constant(110), 0, 255);
        assertThat(quality.mse()).isEqualTo(100);
        assertThat(quality.psnr()).isCloseTo(28.1308, within(1e-4));
        // Without variance only the means count: (2ab + c1) / (a^2 + b^2 + c1) of sums over 64 samples.
        assertThat(quality.ssim())
                .isCloseTo((2.0 * 6400 * 7040 + 416) / (6400.0 * 6400 + 7040.0 * 7040 + 416), within(1e-12));
    }

    @Test
    void unrelatedNoiseIsUnlike() {
        assertThat(PlaneQuality.measure(noise(64, 64, 1), noise(64, 64, 2), 0, 255)
                        .ssim())
                .isBetween(-0.1, 0.1);
    }

    /** 257 steps of 16 bits are one of 8 bits: large sums and samples beyond a signed short make no difference. */
    @Test
    void finerSamplesGiveTheSameFigures() {
        PlaneQuality coarse = PlaneQuality.measure(noise(64, 40, 1), noise(64, 40, 2), 0, 255);
        PlaneQuality fine = PlaneQuality.measure(finer(noise(64, 40, 1)), finer(noise(64, 40, 2)), 0, 65535);
        assertThat(fine.mse()).isCloseTo(coarse.mse(), within(1e-6));
        assertThat(fine.ssim()).isCloseTo(coarse.ssim(), within(1e-5));
        assertThat(fine.gmsd()).isCloseTo(coarse.gmsd(), within(1e-5));
        assertThat(fine.overshoot()).isCloseTo(coarse.overshoot(), within(1e-6));
    }

    private static Plane finer(Plane plane) {
        int width = plane.width();
        MemorySegment samples = MemorySegment.ofArray(new byte[2 * width * plane.height()]);
        Plane made = new Plane(PixelFormat.GRAY16, 0, samples, width, plane.height(), 2L * width);
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < width; x++) {
                made.set(x, y, 257 * plane.sample(x, y));
            }
        }
        return made;
    }

    @Test
    void differentShapesAreRefused() {
        assertThatThrownBy(() -> PlaneQuality.measure(noise(8, 8, 1), noise(8, 9, 1), 0, 255))
                .hasMessageContaining("8x8x1 and 8x9x1");
    }

    private static Plane constant(int value) {
        byte[] samples = new byte[16 * 16];
        Arrays.fill(samples, (byte) value);
        return new Plane(PixelFormat.GRAY8, 0, MemorySegment.ofArray(samples), 16, 16, 16);
    }

    private static Plane noise(int width, int height, long seed) {
        byte[] samples = new byte[width * height];
        new Random(seed).nextBytes(samples);
        return new Plane(PixelFormat.GRAY8, 0, MemorySegment.ofArray(samples), width, height, width);
    }
}
