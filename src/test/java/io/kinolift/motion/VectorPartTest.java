package io.kinolift.motion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorPartTest {
    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "-1,1", "1,2", "-1,2", "2,3", "-1,3", "3,8", "7,10", "-5,6", "1001,60000", "99,1073741823"
    })
    void thePartIsTheRoundedQuotient(int numerator, int denominator) {
        VectorPart part = new VectorPart(numerator, denominator);
        int most = Math.min(1 << 14, (Integer.MAX_VALUE - denominator) / 2 / Math.max(1, Math.abs(numerator)));
        for (int vector = -most; vector <= most; vector++) {
            assertThat(part.of(vector))
                    .as("part of %d", vector)
                    .isEqualTo(Math.floorDiv(2 * vector * numerator + denominator, 2 * denominator));
        }
    }
}
