package io.kinolift.kernel.motion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MotionSelfCheckTest {
    @Test
    void vectorLoopsCompareBlocksAsScalarOnesDo() {
        assertThat(MotionSelfCheck.agree(new ScalarMotion(), new VectorMotion()))
                .isTrue();
    }

    @Test
    void vectorLoopsMakeBlocksAsScalarOnesDo() {
        assertThat(MotionSelfCheck.agree(new ScalarWarp(), new VectorWarp())).isTrue();
    }

    /** Four times the difference of whole samples; a block that is a row lower with rows that are one brighter. */
    @Test
    void blocksBetweenSamplesAreInterpolated() {
        byte[] ramp = new byte[24 * 24];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (byte) (4 * (i % 24) + 2 * (i / 24));
        }
        int at = 5 * 24 + 5;
        SlopeSums sums = new SlopeSums();
        for (MotionKernel kernel : new MotionKernel[] {new ScalarMotion(), new VectorMotion()}) {
            assertThat(kernel.difference(ramp, at, ramp, at + 1, 24)).isEqualTo(64 * 4);
            assertThat(kernel.difference(ramp, at, 0, ramp, at, 8, 24)).isEqualTo(64 * 4 * 2);
            assertThat(kernel.difference(ramp, at, 0, ramp, at, 8 * 16, 24)).isEqualTo(64 * 4);
            kernel.slopes(ramp, at, 0, ramp, at, 8, 24, sums);
            assertThat(new int[] {sums.xx, sums.xy, sums.yy, sums.xd, sums.yd})
                    .containsExactly(64 * 64 * 64, 64 * 64 * 32, 64 * 32 * 32, 64 * 64 * 8, 64 * 32 * 8);
        }
    }
}
