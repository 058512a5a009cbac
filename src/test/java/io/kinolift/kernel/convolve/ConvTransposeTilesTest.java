package io.kinolift.kernel.convolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tiles of every size in lanes, against plain loops; this includes the tiles that this machine's width does not use.
 */
class ConvTransposeTilesTest {
    private static final int TERMS = 9;
    private static final float GUARD = -12345;

    private final ScalarConvTranspose scalar = new ScalarConvTranspose();
    private final VectorConvTranspose vector = new VectorConvTranspose();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
    void sumsAreThoseOfPlainLoops(int count) {
        int lanes = vector.slack() / 10;
        for (int largest : new int[] {1, 2, 3, 4, 6}) {
            for (int columns : new int[] {1, lanes - 1, lanes, lanes + 1, vector.chunk() - 1, vector.chunk()}) {
                assertParity(count, largest, columns);
            }
        }
    }

    private void assertParity(int count, int largest, int columns) {
        SplittableRandom random = new SplittableRandom(count * 1000L + largest);
        float[] weight = new float[TERMS * count];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextDouble(-1, 1);
        }
        float[] bias = floats(random, count);
        int stride = columns + vector.slack();
        float[] rows = floats(random, 3 * (stride + 20));
        int[] positions = IntStream.range(0, TERMS)
                .map(term -> term % 3 * (stride + 20) + term)
                .toArray();
        float[] expected = guarded(count * stride);
        float[] found = guarded(count * stride);
        scalar.accumulate(
                new ConvTransposeTable(TERMS, weight, bias, 1), positions, rows, 5, columns, expected, 7, stride);
        vector.accumulate(
                new ConvTransposeTable(TERMS, weight, bias, largest), positions, rows, 5, columns, found, 7, stride);
        for (int sum = 0; sum < count; sum++) {
            int from = 7 + sum * stride;
            assertThat(Arrays.copyOfRange(found, from, from + columns))
                    .as("sum %d of %d in tiles of %d, %d columns", sum, count, largest, columns)
                    .isEqualTo(Arrays.copyOfRange(expected, from, from + columns));
        }
        assertThat(Arrays.copyOf(found, 7)).containsOnly(GUARD);
        assertThat(Arrays.copyOfRange(found, 7 + count * stride, found.length)).containsOnly(GUARD);
    }

    private static float[] guarded(int length) {
        float[] sums = new float[7 + length + 9];
        Arrays.fill(sums, GUARD);
        return sums;
    }

    private static float[] floats(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(0, 255);
        }
        return values;
    }
}
