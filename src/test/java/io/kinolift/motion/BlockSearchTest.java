package io.kinolift.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.kernel.motion.LumaLevel;
import io.kinolift.kernel.motion.MotionKernel;
import io.kinolift.kernel.motion.ScalarMotion;
import io.kinolift.kernel.motion.VectorMotion;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlockSearchTest {
    private static final int COLUMNS = 45;
    private static final int ROWS = 6;
    /** Some lead out of the picture, some share a slot. */
    private static final int[][] VECTORS = {{0, 0}, {16, 0}, {0, -32}, {160, 48}, {3, 5}, {-31, 17}, {-80, 7}, {35, 5}};

    enum Way {
        FORTH,
        BACK,
        /** As a search goes: each row against the one before. */
        TO_AND_FRO;

        boolean isBackwards(int row) {
            return this == BACK || (this == TO_AND_FRO && row % 2 == 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cellsThatAreComparedTogetherDifferAsEachAlone(Way way) {
        assertTogetherAsAlone(way, noise(1), noise(2));
    }

    /** The largest sums that there are. */
    @Test
    void blackAgainstWhite_theSumsFit() {
        assertTogetherAsAlone(Way.FORTH, filled(0), filled(255));
        assertThat(search(new VectorMotion(), filled(0), filled(255)).difference(20, 2, 3, 5))
                .isEqualTo(4 * 255 * MotionKernel.BLOCK * MotionKernel.BLOCK);
    }

    private static void assertTogetherAsAlone(Way way, LumaLevel a, LumaLevel b) {
        BlockSearch together = search(new VectorMotion(), a, b);
        for (int row = 0; row < ROWS; row++) {
            together.turn(way.isBackwards(row));
            for (int i = 0; i < COLUMNS; i++) {
                int column = way.isBackwards(row) ? COLUMNS - 1 - i : i;
                for (int[] vector : VECTORS) {
                    int alone = search(new ScalarMotion(), a, b).difference(column, row, vector[0], vector[1]);
                    assertThat(together.difference(column, row, vector[0], vector[1]))
                            .as("column %d, row %d, vector %d,%d", column, row, vector[0], vector[1])
                            .isEqualTo(alone);
                }
            }
        }
    }

    private static BlockSearch search(MotionKernel kernel, LumaLevel a, LumaLevel b) {
        return new BlockSearch(kernel, a, b, 1, 3, 0, 96, 512);
    }

    private static LumaLevel noise(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return level(random::nextInt);
    }

    private static LumaLevel filled(int value) {
        return level(() -> value);
    }

    /** The last cells are cut off. */
    private static LumaLevel level(IntSupplier samples) {
        LumaLevel level = new LumaLevel(4 * COLUMNS - 1, 4 * ROWS - 2);
        for (int y = 0; y < level.height; y++) {
            for (int x = 0; x < level.width; x++) {
                level.samples[level.at(x, y)] = (byte) samples.getAsInt();
            }
        }
        level.close();
        return level;
    }
}
