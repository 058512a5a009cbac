package io.kinolift.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.kernel.motion.LumaLevel;
import io.kinolift.kernel.motion.ScalarMotion;
import io.kinolift.kernel.motion.ScalarWarp;
import io.kinolift.upscale.motion.Scenes;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MotionSearchTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 96;

    @ParameterizedTest
    @CsvSource({"0,0", "5,-3", "-12,5", "31,0"})
    void wholePicturesThatMoveAreFollowedBothWays(int dx, int dy) {
        LumaLevel first = level(MotionSearchTest::texture);
        LumaLevel second = level((x, y) -> texture(x - dx, y - dy));
        for (int time = 0; time <= 1; time++) {
            MotionField field = new MotionSearch(new ScalarMotion(), 64, 0).find(pyramid(first), pyramid(second), time);
            // Three eighths of a sample: blocks that are alike enough are not refined.
            assertThat(median(field.x)).isBetween(16 * dx - 6, 16 * dx + 6);
            assertThat(median(field.y)).isBetween(16 * dy - 6, 16 * dy + 6);
        }
    }

    @Test
    void fadesAreToldFromPans() {
        LumaLevel first = level(MotionSearchTest::texture);
        LumaLevel faded = level((x, y) -> 30 + texture(x, y) / 2);
        LumaLevel moved = level((x, y) -> texture(x - 9, y + 4));
        BrightnessChange change = BrightnessChange.between(first, faded);
        assertThat(change.shift()).isNegative();
        LumaLevel levelled = change.levelled(faded);
        for (int i = 0; i < first.samples.length; i++) {
            assertThat(levelled.samples[i] & 0xFF).isCloseTo(first.samples[i] & 0xFF, Offset.offset(3));
        }
        assertThat(BrightnessChange.between(first, moved)).isEqualTo(BrightnessChange.NONE);
    }

    private static List<LumaLevel> pyramid(LumaLevel level) {
        return MotionPicture.pyramid(level, new ScalarWarp());
    }

    private static int median(int[] values) {
        int[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static int texture(int x, int y) {
        return (int) Scenes.texture(x, y);
    }

    private static LumaLevel level(IntBinaryOperator samples) {
        LumaLevel level = new LumaLevel(WIDTH, HEIGHT);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                level.samples[level.at(x, y)] = (byte) samples.applyAsInt(x, y);
            }
        }
        level.close();
        return level;
    }
}
