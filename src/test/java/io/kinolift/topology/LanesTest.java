package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final Lanes lanes = new Lanes(4, 5);

    private List<Integer> take(int windows, Set<Integer> avoided) {
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < windows; i++) {
            int lane = lanes.leastBusy(avoided);
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
    void oneGivesBack_itGetsTheNext() {
        take(8, Set.of());
        lanes.give(3);
        assertThat(take(1, Set.of())).containsExactly(3);
    }
}
