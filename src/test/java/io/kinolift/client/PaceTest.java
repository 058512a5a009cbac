package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000;
    private static final int TEN_MINUTES = 10 * 60 * 25;

    /** Frames at intervals, each of which has waited a part of the interval. */
    private static boolean isEverBehind(long intervalNanos, double waitedShare, long frameMicros) {
        Pace pace = new Pace(0);
        boolean behind = false;
        for (int frame = 1; frame <= TEN_MINUTES; frame++) {
            long waited = Math.round(waitedShare * intervalNanos);
            behind |= pace.isBehind(frame * intervalNanos, waited, frame * frameMicros);
        }
        return behind;
    }

    @Test
    void aLiveSourceThatWaits_isBehind() {
        assertThat(isEverBehind(SECOND / 20, 0.9, 40_000)).isTrue();
        assertThat(isEverBehind(SECOND / 25, 0.6, 40_000)).isTrue();
    }

    @Test
    void fewWaits_addUpToNothing() {
        assertThat(isEverBehind(SECOND / 25, 0.2, 40_000)).isFalse();
    }

    @Test
    void aFileThatIsSentFasterThanItPlays_mayWait() {
        assertThat(isEverBehind(SECOND / 100, 0.95, 40_000)).isFalse();
    }

    @Test
    void aMomentOfWaiting_isNoSpan() {
        Pace pace = new Pace(0);
        assertThat(pace.isBehind(SECOND, 9 * SECOND / 10, 0)).isFalse();
        for (int frame = 1; frame <= 30 * 25; frame++) {
            assertThat(pace.isBehind(SECOND + frame * SECOND / 25, 0, frame * 40_000L))
                    .isFalse();
        }
    }
}
