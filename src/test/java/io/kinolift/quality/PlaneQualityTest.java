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
