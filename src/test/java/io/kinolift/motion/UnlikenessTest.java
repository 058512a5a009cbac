package io.kinolift.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.kernel.motion.LumaLevel;
import io.kinolift.kernel.motion.ScalarMotion;
import io.kinolift.upscale.motion.Scenes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UnlikenessTest {
    private static final int SIZE = 96;
    private static final int MOTION = 6;

    @Test
    void littleIsLeftAlongTheTrueMotion() {
        assertThat(atTheCentre(MOTION)).isLessThan(Unlikeness.FULL / 4);
    }

    @Test
    void allIsLeftWithoutMotionAndAlongAWrongOne() {
        assertThat(atTheCentre(0)).isEqualTo(Unlikeness.FULL);
        assertThat(atTheCentre(-MOTION)).isEqualTo(Unlikeness.FULL);
    }

    private static int atTheCentre(int vector) {
        MotionField field = MotionField.still(SIZE, SIZE);
        Arrays.fill(field.x, vector * BlockPair.STEPS);
        BlockSearch search = new BlockSearch(new ScalarMotion(), level(0), level(MOTION), 1, 2, 0, 128, 0);
        return Unlikeness.of(search, field)[field.cell(field.columns / 2, field.rows / 2)];
    }

    private static LumaLevel level(int shift) {
        LumaLevel level = new LumaLevel(SIZE, SIZE);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                level.samples[level.at(x, y)] = (byte) Scenes.texture(x - shift, y);
            }
        }
        level.close();
        return level;
    }
}
