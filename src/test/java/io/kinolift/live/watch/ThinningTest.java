package io.kinolift.live.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinningTest {
    private static final double USUAL = 0.3;

    @ParameterizedTest
    @CsvSource({"0, 0", "0.79, 0", "0.81, 300", "1.31, 400", "60, 500"})
    void theLongerPicturesWait_theMoreAreLeftOut(double waited, int leftOut) {
        Thinning thinning = new Thinning(0.5);
        int found = 0;
        for (int picture = 0; picture < 600; picture++) {
            found += thinning.leavesOut(waited, USUAL, true) ? 1 : 0;
        }
        assertThat(found).isEqualTo(leftOut);
    }

    /** Pictures come 30 times in a second, and each that is encoded takes longer. */
    @ParameterizedTest
    @CsvSource({"0.030, 0.1, 0", "0.040, 0.9, 0.4", "0.060, 0.9, 0.6", "0.150, 2.8, 0.9"})
    void aSlowEncoder_staysNearTheNewest(double encodes, double mostBehind, double mostLeftOut) {
        Thinning thinning = new Thinning(0.5);
        double now = 0;
        int leftOut = 0;
        double behind = 0;
        int pictures = 3000;
        for (int picture = 0; picture < pictures; picture++) {
            double came = picture / 30.0;
            now = Math.max(now, came);
            if (thinning.leavesOut(now - came, 0, true)) {
                leftOut++;
            } else {
                now += encodes;
            }
            behind = Math.max(behind, now - came);
        }
        assertThat(behind).isLessThan(mostBehind);
        assertThat(leftOut).isLessThanOrEqualTo((int) (pictures * mostLeftOut));
    }

    @Test
    void onceCaughtUp_allAreShown() {
        Thinning thinning = new Thinning(0.5);
        assertThat(thinning.leavesOut(10, 0, true)).isTrue();
        assertThat(thinning.leavesOut(0.1, 0, true)).isFalse();
        assertThat(thinning.leavesOut(0.1, 0, true)).isFalse();
    }

    @Test
    void aPictureThatMustBeKept_countsAsKept() {
        Thinning thinning = new Thinning(0.5);
        int left = 0;
        for (int picture = 0; picture < 300; picture++) {
            left += thinning.leavesOut(1.1, 0, picture % 3 != 2) ? 1 : 0;
        }
        assertThat(left).as("two of three").isEqualTo(200);
    }
}
