package io.kinolift.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InOrderTest {
    @Test
    void resultsComeInTheOrderOfSubmission() throws Exception {
        try (InOrder<Integer> tasks = new InOrder<>(2)) {
            CountDownLatch secondDone = new CountDownLatch(1);
            tasks.submit(() -> {
                secondDone.await();
                return 1;
            });
            tasks.submit(() -> {
                secondDone.countDown();
                return 2;
            });
            assertThat(List.of(tasks.next(), tasks.next())).containsExactly(1, 2);
            assertThat(tasks.isEmpty()).isTrue();
        }
    }

    @Test
    void isFullWithTwoTasksPerThread() throws Exception {
        try (InOrder<Integer> tasks = new InOrder<>(3)) {
            List<Boolean> full = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                full.add(tasks.isFull());
                tasks.submit(() -> 0);
            }
            assertThat(full).containsOnly(false);
            assertThat(tasks.isFull()).isTrue();
            tasks.next();
            assertThat(tasks.isFull()).isFalse();
        }
    }

    @Test
    void aFailureIsTheTasksOwn() {
        try (InOrder<Integer> tasks = new InOrder<>(1)) {
            IllegalStateException cause = new IllegalStateException("no such picture");
            tasks.submit(() -> {
                throw cause;
            });
            tasks.submit(() -> 2);
            assertThatThrownBy(tasks::next)
                    .isInstanceOf(TransferException.class)
                    .hasMessage("no such picture")
                    .hasCause(cause);
            assertThat(tasks.isEmpty()).isFalse();
        }
    }
}
