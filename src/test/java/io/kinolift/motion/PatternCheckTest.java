package io.kinolift.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.kernel.motion.LumaLevel;
import io.kinolift.kernel.motion.ScalarMotion;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class PatternCheckTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 96;
    private static final int PERIOD = 12;
    /** By two periods and a little. */
    private static final int MOTION = 27;

    @Test
    void postsThatMayBePeriodsOffAreAPatternAlone() {
        assertThat(isAlone(PatternCheckTest::post, MOTION)).isTrue();
    }

    @Test
    void theShortestMotionOfAPatternIsKept() {
        assertThat(isAlone(PatternCheckTest::post, MOTION - 2 * PERIOD)).isFalse();
    }

    @Test
    void whatMovesFarBesideAPatternTellsItsMotion() {
        assertThat(isAlone((x, y) -> y < HEIGHT / 4 ? tile(x, y) : post(x, y), MOTION))
                .isFalse();
    }

    /** Along an edge, one place looks like the other, but there is no other in between that does not. */
    @Test
    void straightEdgesAreNoPattern() {
        assertThat(isAlone((x, y) -> Math.floorMod(x + y, 320) < 160 ? 60 : 190, MOTION))
                .isFalse();
    }

    /** Of pictures that move to the right, when the search has found just that. */
    private static boolean isAlone(IntBinaryOperator samples, int motion) {
        LumaLevel first = level(samples);
        LumaLevel second = level((x, y) -> samples.applyAsInt(x - motion, y));
        MotionField field = MotionField.still(WIDTH, HEIGHT);
        Arrays.fill(field.x, motion * BlockPair.STEPS);
        BlockSearch search = new BlockSearch(new ScalarMotion(), first, second, 0, 1, 0, 128, 0);
        return new PatternCheck(search, field, 64).isAlone();
    }

    private static int post(int x, int y) {
        return Math.floorMod(x, PERIOD) < PERIOD / 2 ? 60 : 190;
    }

    /** Of 16x16 samples and any brightness. */
    private static int tile(int x, int y) {
        return (((x >> 4) * 31 + (y >> 4) * 57) * 0x9E3779B1) >>> 24;
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
