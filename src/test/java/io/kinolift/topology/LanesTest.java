package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final Lanes lanes = new Lanes(4, 5, 12);

    private List<Integer> take(int windows, Set<Integer> avoided) {
        return take(windows, avoided, Set.of());
    }

    private List<Integer> take(int windows, Set<Integer> avoided, Set<Integer> near) {
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < windows; i++) {
            int lane = lanes.leastBusy(avoided, near);
            lanes.take(lane);
            taken.add(lane);
        }
        return taken;
    }

    @Test
    void allAreFree_windowsGoRound() {
        assertThat(take(6, Set.of())).containsExactly(1, 2, 3, 0, 1, 2);
    }

    @Test
    void someAreAvoided_theOthersGetAll() {
        assertThat(take(6, Set.of(1, 3))).containsExactly(2, 0, 2, 0, 2, 0);
    }

    @Test
    void allAreAvoided_allAreTaken() {
        assertThat(take(4, Set.of(0, 1, 2, 3))).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void lanesOfThisInstance_comeAfterTheOthers() {
        assertThat(take(8, Set.of(), Set.of(1, 2))).containsExactlyInAnyOrder(3, 0, 3, 0, 1, 2, 3, 0);
    }

    @Test
    void fewMayBeAway_lanesOfThisInstanceGetTheirShare() {
        Lanes few = new Lanes(4, 1, 4);
        assertThat(few.leastBusy(Set.of(), Set.of(1, 2))).isEqualTo(1);
    }

    @Test
    void allAreOfThisInstance_windowsGoRound() {
        assertThat(take(6, Set.of(), Set.of(0, 1, 2, 3))).containsExactly(1, 2, 3, 0, 1, 2);
    }

    @Test
    void oneGivesBack_itGetsTheNext() {
        take(8, Set.of());
        lanes.give(3);
        assertThat(take(1, Set.of())).containsExactly(3);
    }
}
