package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanesTest {
    private static final Set<Integer> NONE = Set.of();

    private final Lanes lanes = new Lanes(4, 5, 12, "own");
    private long now;

    private List<Integer> take(int windows, Set<Integer> avoided, Set<Integer> near) {
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < windows; i++) {
            int lane = lanes.soonest(avoided, near, now);
            lanes.take(lane, now);
            taken.add(lane);
        }
        return taken;
    }

    @Test
    void allAreFree_windowsGoRound() {
        assertThat(take(6, NONE, NONE)).containsExactly(1, 2, 3, 0, 1, 2);
    }

    @Test
    void someAreAvoided_theOthersGetAll() {
        assertThat(take(6, Set.of(1, 3), NONE)).containsExactly(2, 0, 2, 0, 2, 0);
    }

    @Test
    void allAreAvoided_allAreTaken() {
        assertThat(take(4, Set.of(0, 1, 2, 3), NONE)).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void nothingIsKnown_lanesOfThisInstanceCountAsOne() {
        assertThat(take(6, NONE, Set.of(1, 2))).containsExactlyInAnyOrder(3, 0, 1, 3, 0, 2);
    }

    @Test
    void oneGivesBack_itGetsTheNext() {
        take(8, NONE, NONE);
        lanes.give(3, "a", 1);
        assertThat(take(1, NONE, NONE)).containsExactly(3);
    }

    /** Instance a has three lanes, b has one; both are as fast. */
    @Test
    void instancesWithMoreLanes_getNoMoreWindows() {
        for (int lane = 0; lane < 4; lane++) {
            lanes.take(lane, 0);
            lanes.give(lane, lane < 3 ? "a" : "b", 0);
        }
        List<Integer> taken = take(12, NONE, NONE);
        assertThat(taken.stream().filter(lane -> lane == 3)).hasSize(6);
        assertThat(taken.stream().filter(lane -> lane == 0)).hasSize(2);
    }

    /** Instances on one lane each that need so many milliseconds for a window, fed for as long as 12 are not away. */
    private int[] windowsDone(int... millis) {
        int[] done = new int[millis.length];
        List<List<Long>> due = new ArrayList<>();
        for (int i = 0; i < millis.length; i++) {
            due.add(new ArrayList<>());
        }
        Random random = new Random(7);
        int away = 0;
        for (now = 0; now < 100_000; now++) {
            for (; away < 12; away++) {
                int lane = lanes.soonest(NONE, NONE, now);
                lanes.take(lane, now);
                List<Long> queue = due.get(lane);
                long from = queue.isEmpty() ? now : queue.getLast();
                queue.add(from + millis[lane] / 2 + random.nextInt(millis[lane]));
            }
            for (int lane = 0; lane < millis.length; lane++) {
                while (!due.get(lane).isEmpty() && due.get(lane).getFirst() <= now) {
                    due.get(lane).removeFirst();
                    lanes.give(lane, "instance" + lane, now);
                    done[lane]++;
                    away--;
                }
            }
        }
        return done;
    }

    @Test
    void instancesOfOneSpeed_getAsMany() {
        int[] done = windowsDone(100, 100, 100, 100);
        assertThat(Arrays.stream(done).min().orElseThrow())
                .isGreaterThan(9 * Arrays.stream(done).max().orElseThrow() / 10);
    }

    @Test
    void aSlowerInstance_hasFewerWaiting() {
        windowsDone(100, 100, 100, 300);
        List<Integer> more = take(8, NONE, NONE);
        assertThat(more.stream().filter(lane -> lane == 3)).hasSizeLessThanOrEqualTo(1);
    }

    /**
     * Two instances with two lanes each, the second so many times slower. A window that has yet to come holds up those
     * behind it, and all of them count as away.
     */
    private int windowsInOrder(int timesSlower) {
        int[] millis = {100, 100 * timesSlower};
        long[] free = new long[2];
        ArrayDeque<long[]> order = new ArrayDeque<>();
        List<long[]> working = new ArrayList<>();
        int done = 0;
        for (now = 0; now < 100_000; now++) {
            for (Iterator<long[]> each = working.iterator(); each.hasNext(); ) {
                long[] window = each.next();
                if (window[1] <= now) {
                    lanes.give((int) window[0], "instance" + window[0] / 2, now);
                    each.remove();
                }
            }
            for (; !order.isEmpty() && order.getFirst()[1] <= now; done++) {
                order.removeFirst();
            }
            while (order.size() < 12) {
                int lane = lanes.soonest(NONE, NONE, now);
                lanes.take(lane, now);
                int instance = lane / 2;
                free[instance] = Math.max(now, free[instance]) + millis[instance];
                long[] window = {lane, free[instance]};
                order.add(window);
                working.add(window);
            }
        }
        return done;
    }

    /** An instance alone does 1000 windows in that time. */
    @ParameterizedTest
    @CsvSource({"1, 1900", "3, 1150", "10, 850"})
    void aSlowInstance_holdsUpTheOthersLittle(int timesSlower, int least) {
        assertThat(windowsInOrder(timesSlower)).isGreaterThan(least);
    }

    @Test
    void windowsUpscaledInPlace_sayNothingOfTheSpeedOfLanes() {
        for (int lane = 0; lane < 4; lane++) {
            lanes.take(lane, 0);
            lanes.give(lane, lane == 0 ? "own" : "other", 100);
            lanes.take(lane, 100);
            lanes.give(lane, lane == 0 ? "own" : "other", 200);
        }
        lanes.give(Ticket.IN_PLACE, "own", 4_000_000);
        assertThat(take(4, NONE, Set.of(0))).filteredOn(lane -> lane == 0).hasSize(2);
    }

    /** The window of a lane comes back from an instance after so long. */
    private void upscale(int lane, String instance, long millis) {
        lanes.take(lane, now);
        now += millis;
        lanes.give(lane, instance, now);
    }

    /** As after an outage: it is not left out for good. */
    @Test
    void oneThatWasVerySlowOnce_isTriedAgain_afterAWhile() {
        for (int lane = 0; lane < 4; lane++) {
            upscale(lane, "instance" + lane, 100);
            upscale(lane, "instance" + lane, lane == 0 ? 100_000 : 100);
        }
        assertThat(take(9, NONE, NONE)).doesNotContain(0);
        now += 10 * 100_000;
        assertThat(take(3, NONE, NONE)).contains(0);
    }

    @Test
    void oneThatBringsNothingBack_countsAsSlow() {
        for (int lane = 0; lane < 4; lane++) {
            upscale(lane, "instance" + lane, 100);
            upscale(lane, "instance" + lane, 100);
        }
        lanes.take(0, now);
        now += 2_000;
        assertThat(take(9, NONE, NONE)).doesNotContain(0);
    }

    /** The window had been another instance's; when this one began with it is not known. */
    @Test
    void aLaneThatMoves_doesNotMakeAnIdleInstanceSlow() {
        for (int lane = 0; lane < 4; lane++) {
            upscale(lane, "instance" + lane, 100);
            upscale(lane, "instance" + lane, 100);
        }
        lanes.take(2, now);
        now += 3_600_000;
        lanes.give(2, "instance1", now);
        assertThat(take(9, NONE, NONE))
                .filteredOn(lane -> lane == 1 || lane == 2)
                .hasSize(3);
    }

    @Test
    void windowsThatComeBackTogether_makeNobodyFast() {
        for (int lane = 0; lane < 4; lane++) {
            upscale(lane, "instance" + lane, 100);
            upscale(lane, "instance" + lane, 100);
        }
        for (int batch = 0; batch < 20; batch++) {
            for (int i = 0; i < 5; i++) {
                lanes.take(0, now);
            }
            now += 500;
            for (int i = 0; i < 5; i++) {
                lanes.give(0, "instance0", now);
            }
        }
        // About as fast as the others, so none has more than its share and one.
        assertThat(take(8, NONE, NONE)).filteredOn(lane -> lane == 0).hasSizeBetween(1, 3);
    }

    @Test
    void aLaneThatMovesAway_isNoMoreOfThisInstance() {
        take(4, NONE, Set.of(0, 1, 2, 3));
        // All four count as one with four windows; without lane 3, that one is a stranger with one.
        assertThat(take(1, NONE, Set.of(0, 1, 2))).containsExactly(3);
    }

    @Test
    void windowsOfLanesThatAreNoMore_countNowhere() {
        lanes.take(9, 0);
        lanes.take(Ticket.IN_PLACE, 0);
        lanes.give(9, "a", 1);
        lanes.give(Ticket.IN_PLACE, "a", 1);
        assertThat(take(4, NONE, NONE)).containsExactly(1, 2, 3, 0);
    }
}
