package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RecordClockTest {
    private static final long SECOND = 1_000_000_000;

    private final RecordClock clock = new RecordClock();

    private long next(Long set, long own, double rate) {
        return clock.next(set, own, rate, 0).micros();
    }

    @Test
    void timesOfFrames_areKept() {
        assertThat(new long[] {next(null, 0, 30), next(null, 41_708, 30), next(null, 83_417, 30)})
                .containsExactly(0, 41_708, 83_417);
    }

    @Test
    void aTimeThatIsSet_winsOnce() {
        assertThat(new long[] {next(7L, 0, 0), next(50_000L, 41_708, 0), next(null, 83_417, 0)})
                .containsExactly(7, 50_000, 83_417);
    }

    /** As OpenCVFrameGrabber gives them: all have the timestamp 0. */
    @Test
    void framesWithoutTimes_areCountedAtTheRate_withoutAddingUpRounding() {
        long last = next(null, 0, 30_000 / 1001.0);
        for (int frame = 1; frame <= 3000; frame++) {
            last = next(null, 0, 30_000 / 1001.0);
        }
        assertThat(last).isEqualTo(100_100_000);
    }

    @Test
    void framesWithoutTimesOrRate_haveThoseOfTheClock() {
        clock.next(null, 0, 0, 5 * SECOND);
        assertThat(clock.next(null, 0, 0, 5 * SECOND + 33_000_000).micros()).isEqualTo(33_000);
        assertThat(clock.next(null, 0, 0, 5 * SECOND + 33_000_000).micros()).isEqualTo(33_001);
    }

    @Test
    void afterATimeThatIsSet_countingGoesOnFromIt() {
        assertThat(new long[] {next(null, 0, 25), next(1_000_000L, 0, 25), next(null, 0, 25), next(null, 0, 25)})
                .containsExactly(0, 1_000_000, 1_040_000, 1_080_000);
    }

    /** As a loop over a file does that starts its grabber again. */
    @Test
    void timesThatGoBack_areShiftedFromThere() {
        next(null, 0, 25);
        next(null, 40_000, 25);
        next(null, 80_000, 25);
        RecordClock.Time restarted = clock.next(null, 0, 25, 0);
        assertThat(restarted).isEqualTo(new RecordClock.Time(120_000, true));
        assertThat(clock.next(null, 40_000, 25, 0)).isEqualTo(new RecordClock.Time(160_000, false));
        assertThat(clock.next(null, 20_000, 0, 0)).isEqualTo(new RecordClock.Time(200_000, true));
    }

    @Test
    void timesThatGoBackWithoutARate_followAtTheLastDistance() {
        next(1_000_000L, 0, 0);
        next(1_050_000L, 0, 0);
        assertThat(clock.next(0L, 0, 0, 0)).isEqualTo(new RecordClock.Time(1_100_000, true));
    }

    @Test
    void theSameTimeTwice_isTheNextMicrosecond() {
        assertThat(new long[] {next(5L, 0, 0), next(5L, 0, 0), next(40L, 0, 0)}).containsExactly(5, 6, 40);
    }

    @Test
    void aTimeOutOfAllBounds_isRefused() {
        for (long time : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1 - (1L << 60), 1 + (1L << 60)}) {
            assertThatThrownBy(() -> next(time, 0, 0))
                    .hasMessageContaining("expected a timestamp within")
                    .hasMessageContaining("found " + time);
        }
    }
}
