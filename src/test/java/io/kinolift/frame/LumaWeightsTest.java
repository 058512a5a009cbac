package io.kinolift.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LumaWeightsTest {
    private static Colour colour(int matrix) {
        return new Colour(Colour.Range.LIMITED, matrix, 2, 2, Colour.ChromaLocation.UNSPECIFIED);
    }

    @Test
    void whatNobodyStated_dependsOnTheHeight() {
        LumaWeights bt601 = new LumaWeights(0.299, 0.114);
        LumaWeights bt709 = new LumaWeights(0.2126, 0.0722);
        assertThat(LumaWeights.of(Colour.UNSPECIFIED, 576)).contains(bt601);
        assertThat(LumaWeights.of(Colour.UNSPECIFIED, 577)).contains(bt709);
        assertThat(LumaWeights.of(colour(1), 240)).contains(bt709);
        assertThat(LumaWeights.of(colour(6), 2160)).contains(bt601);
    }

    @Test
    void whatIsNoMatrixOfLumaAndDifferences_hasNone() {
        for (int matrix : new int[] {0, 3, 8, 10, 14}) {
            assertThat(LumaWeights.of(colour(matrix), 720))
                    .as("matrix %d", matrix)
                    .isEmpty();
        }
    }

    @Test
    void sharesAddUp() {
        for (int matrix : new int[] {1, 4, 5, 6, 7, 9}) {
            LumaWeights weights = LumaWeights.ofMatrix(matrix).orElseThrow();
            assertThat(weights.red() + weights.green() + weights.blue()).isCloseTo(1, within(1e-15));
            assertThat(weights.green()).isBetween(0.5, 0.8);
        }
    }
}
