package io.kinolift.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.kernel.motion.LumaLevel;
import io.kinolift.kernel.motion.MotionKernel;
import io.kinolift.kernel.motion.ScalarMotion;
import io.kinolift.kernel.motion.VectorMotion;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockSearchTest {
    private static final int COLUMNS = 45;
    private static final int ROWS = 6;
    /** Some lead out of the picture, some share a slot. */
    private static final int[][] VECTORS = {{0, 0}, {16, 0}, {0, -32}, {160, 48}, {3, 5}, {-31, 17}, {-80, 7}, {35, 5}};

    private final LumaLevel a = noise(1);
    private final LumaLevel b = noise(2);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cellsThatAreComparedTogetherDifferAsEachAlone(boolean backwards) {
        BlockSearch together = search(new VectorMotion());
        together.turn(backwards);
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < COLUMNS; i++) {
                int column = backwards ? COLUMNS - 1 - i : i;
                for (int[] vector : VECTORS) {
                    int alone = search(new ScalarMotion()).difference(column, row, vector[0], vector[1]);
                    assertThat(together.difference(column, row, vector[0], vector[1]))
                            .as("column %d, row %d, vector %d,%d", column, row, vector[0], vector[1])
                            .isEqualTo(alone);
                }
            }
        }
    }

    private BlockSearch search(MotionKernel kernel) {
        return new BlockSearch(kernel, a, b, 1, 3, 0, 96, 512);
    }

    /** The last cells are cut off. */
    private static LumaLevel noise(long seed) {
        LumaLevel level = new LumaLevel(4 * COLUMNS - 1, 4 * ROWS - 2);
        SplittableRandom random = new SplittableRandom(seed);
        for (int y = 0; y < level.height; y++) {
            for (int x = 0; x < level.width; x++) {
                level.samples[level.at(x, y)] = (byte) random.nextInt();
            }
        }
        level.close();
        return level;
    }
}
