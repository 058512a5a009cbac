package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ThreadLanesTest {
    private final ThreadLanes threads = new ThreadLanes();

    private Thread other(Set<Integer> lanes, CountDownLatch end) throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        Thread thread = Thread.startVirtualThread(() -> {
            threads.assigned(lanes);
            told.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        told.await();
        return thread;
    }

    @Test
    void nobodyElseHasLanes_nothingIsAvoided() {
        assertThat(threads.avoided()).isEmpty();
        threads.assigned(Set.of(0, 1));
        assertThat(threads.avoided()).isEmpty();
    }

    @Test
    void anotherThreadHasLanes_ownOnesAreAvoidedUntilItEnds() throws Exception {
        threads.assigned(Set.of(0, 1));
        CountDownLatch end = new CountDownLatch(1);
        Thread other = other(Set.of(2), end);
        assertThat(threads.avoided()).containsExactlyInAnyOrder(0, 1);
        assertThat(threads.all()).containsExactlyInAnyOrder(0, 1, 2);
        end.countDown();
        other.join();
        assertThat(threads.avoided()).isEmpty();
        assertThat(threads.all()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void anotherThreadHasNone_nothingIsAvoided() throws Exception {
        threads.assigned(Set.of(0, 1));
        CountDownLatch end = new CountDownLatch(1);
        other(Set.of(), end);
        assertThat(threads.avoided()).isEmpty();
        end.countDown();
    }
}
