package io.kinolift.pair;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.change.ScalarChange;
import io.kinolift.kernel.change.VectorChange;
import io.kinolift.upscale.Pictures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PictureChangeTest {
    /** A block of 16x16 among 20 x 11 + 1 is a sixth of the 7 that count. */
    @Test
    void aSmallThingThatMoves_countsAsThoughThePictureWereSmall() {
        Picture still = flat(320, 180, -1, 0);
        Picture moved = flat(320, 180, 5, 70);
        assertThat(PictureChange.between(still, moved)).isEqualTo(70 * PictureChange.STEP / 7);
        assertThat(PictureChange.between(still, still)).isZero();
    }

    /** Blocks at the right and the lower edge take what is left over. */
    @ParameterizedTest
    @CsvSource({"1, 1", "15, 40", "16, 16", "31, 47", "33, 5"})
    void everySampleCountsOnce(int width, int height) {
        Picture dark = Pictures.of(PixelFormat.GRAY8, width, height, (p, y, x, c) -> 3);
        Picture light = Pictures.of(PixelFormat.GRAY8, width, height, (p, y, x, c) -> 250);
        assertThat(PictureChange.between(dark, light)).isEqualTo(247 * PictureChange.STEP);
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void vectorLoopsFindTheSame(PixelFormat format) {
        List<Picture> noise = Pictures.noise(format, 77, 43, 2, 20_261_129);
        int expected = PictureChange.between(noise.get(0), noise.get(1), new ScalarChange());
        assertThat(PictureChange.between(noise.get(0), noise.get(1), new VectorChange()))
                .isEqualTo(expected);
        // Of independent uniform samples a third of the range, in blocks that differ a little.
        assertThat(expected / PictureChange.STEP).isBetween(84, 96);
    }

    /** Grey, but for one block counted row by row. */
    private static Picture flat(int width, int height, int block, int brighter) {
        int columns = width / 16;
        return Pictures.of(PixelFormat.GRAY8, width, height, (p, y, x, c) -> {
            return 100 + (y / 16 * columns + x / 16 == block && x / 16 < columns ? brighter : 0);
        });
    }
}
