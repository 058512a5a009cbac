package io.kinolift.kernel.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.kernel.sample.SampleType;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class ChangeSelfCheckTest {
    @Test
    void vectorLoopsAddAsScalarOnesDo() {
        assertThat(ChangeSelfCheck.agree(new ScalarChange(), new VectorChange()))
                .isTrue();
    }

    /** The extremes of unsigned samples, beside one another. */
    @Test
    void differencesAreInStepsOf8Bits() {
        int count = 70;
        for (ChangeKernel kernel : new ChangeKernel[] {new ScalarChange(), new VectorChange()}) {
            for (SampleType samples : new SampleType[] {SampleType.BYTES, SampleType.upTo(65_535)}) {
                MemorySegment black = MemorySegment.ofArray(new byte[2 * count]);
                MemorySegment white = MemorySegment.ofArray(new byte[2 * count]).fill((byte) 0xFF);
                short[] sums = new short[count];
                kernel.add(samples, black, 0, white, 0, count, sums);
                kernel.add(samples, white, 0, black, 0, count, sums);
                assertThat(sums).containsOnly((short) 510);
            }
        }
    }
}
