package io.kinolift.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LatencyLevelsTest {
    private static final long BUDGET = 400;
    private static final long WINDOW = 100;
    private static final NavigableSet<Integer> LEVELS = new TreeSet<>(List.of(0, 2, 4, 5));

    private LevelHistory history = LevelHistory.START;
    private long now = 1_000_000;

    /** A window every 100 ms, as late as this. */
    private int window(long late) {
        now += WINDOW;
        history = LatencyLevels.next(history, LEVELS, now, late, BUDGET);
        return history.level();
    }

    private int windows(long late, long millis) {
        int level = history.level();
        for (long passed = 0; passed < millis; passed += WINDOW) {
            level = window(late);
        }
        return level;
    }

    @Test
    void aWindowThatIsLate_goesDownAtOnce_byTheLevelsThatThereAre() {
        assertThat(window(30)).isZero();
        assertThat(window(BUDGET)).isZero();
        assertThat(window(BUDGET + 1)).isEqualTo(2);
        assertThat(window(BUDGET + 50)).isEqualTo(4);
        assertThat(window(BUDGET + 60)).isEqualTo(5);
        assertThat(window(BUDGET + 70)).isEqualTo(5);
    }

    @Test
    void aStreamThatCatchesUp_staysUnlessItIsTwiceTooLate() {
        window(600);
        assertThat(window(590)).isEqualTo(2);
        assertThat(window(580)).isEqualTo(2);
        assertThat(window(900)).isEqualTo(4);
        assertThat(window(890)).as("over twice the budget").isEqualTo(5);
    }

    @Test
    void aCalmStream_climbsLevelByLevel() {
        windows(600, 300);
        assertThat(history.level()).isEqualTo(5);
        assertThat(windows(30, 2_900)).isEqualTo(5);
        assertThat(windows(30, 300)).isEqualTo(4);
        assertThat(windows(30, 2_700)).isEqualTo(4);
        assertThat(windows(30, 6_500)).isZero();
        assertThat(windows(30, 60_000)).isZero();
    }

    @Test
    void aStreamThatIsOverHalfOfItsBudget_doesNotClimb() {
        window(600);
        assertThat(windows(BUDGET / 2 + 1, 60_000)).isEqualTo(2);
        assertThat(windows(BUDGET / 2, 3_200)).isZero();
    }

    @Test
    void timeAloneDoesNotMakeAClimb_afterASilence() {
        window(600);
        now += 3_600_000;
        assertThat(window(30)).isEqualTo(2);
        assertThat(window(30)).isEqualTo(2);
        assertThat(window(30)).isEqualTo(2);
        assertThat(window(30)).isZero();
    }

    @Test
    void climbsThatFail_comeMoreAndMoreRarely() {
        window(600);
        List<Long> waits = new ArrayList<>();
        for (int climb = 0; climb < 8; climb++) {
            long begun = now;
            while (window(30) == 2) {
                assertThat(now - begun).isLessThan(400_000);
            }
            waits.add((now - begun) / 1000);
            windows(300, 2_000);
            assertThat(window(600)).isEqualTo(2);
        }
        assertThat(waits).containsExactly(3L, 6L, 12L, 24L, 48L, 96L, 96L, 96L);
    }

    @Test
    void climbsThatLast_makeTheNextOnesQuickAgain() {
        windows(600, 300);
        for (int failed = 0; failed < 3; failed++) {
            while (window(30) == 5) {}
            window(600);
        }
        while (window(30) == 5) {}
        windows(300, LatencyLevels.PROBATION_MILLIS);
        assertThat(history.level()).isEqualTo(4);
        assertThat(windows(30, 11_800)).as("half of 24 s").isEqualTo(4);
        assertThat(windows(30, 300)).isEqualTo(2);
        assertThat(windows(30, 9_800)).isEqualTo(2);
        assertThat(windows(30, 300)).as("proven, so half of that").isZero();
    }

    @Test
    void aProducerWhoseClockIsAhead_isMeasuredByItsBestRecord() {
        assertThat(window(-10_000)).isZero();
        assertThat(window(-9_700)).isZero();
        assertThat(window(-9_500)).as("500 ms later than the best").isEqualTo(2);
    }

    @Test
    void aProducerWhoseClockIsBehind_isFoundOut() {
        long clock = 3_600_000;
        assertThat(windows(clock, 1_000)).isEqualTo(5);
        assertThat(windows(clock + 20, 19_000)).isEqualTo(5);
        assertThat(windows(clock + 20, 20_000)).isZero();
        assertThat(window(clock + 500)).as("late by that clock").isEqualTo(2);
    }

    @Test
    void aStreamThatFallsBackOrCatchesUpAtItsLastLevel_isLate() {
        for (long late = 1_000; late < 30_000; late += 5) {
            window(late);
        }
        assertThat(history.level()).isEqualTo(5);
        for (long late = 30_000; late > 500; late -= 5) {
            assertThat(window(late)).isEqualTo(5);
        }
    }

    @Test
    void aClockThatIsSetBack_stopsNothing() {
        window(600);
        now -= 3_600_000;
        assertThat(windows(30, 3_300)).isZero();
    }

    @Test
    void otherLevelsAfterARestart_areTheNextBetterOnes() {
        windows(600, 300);
        history = LatencyLevels.next(history, new TreeSet<>(List.of(0, 4)), now, 300, BUDGET);
        assertThat(history.level()).isEqualTo(4);
    }

    @Test
    void aHistory_isTheSameAfterItsRow() throws IOException {
        windows(3_000, 11_000);
        for (LevelHistory each : List.of(history, LevelHistory.START)) {
            ByteArrayOutputStream row = new ByteArrayOutputStream();
            LevelHistory.write(each, new DataOutputStream(row));
            assertThat(LevelHistory.read(new DataInputStream(new ByteArrayInputStream(row.toByteArray()))))
                    .isEqualTo(each);
        }
    }
}
