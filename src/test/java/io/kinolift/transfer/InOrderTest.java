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
    void resultsThatNobodyTook_areHandedBackAtTheEnd() throws Exception {
        List<Integer> dropped = new ArrayList<>();
        try (InOrder<Integer> tasks = new InOrder<>(2, dropped::add)) {
            tasks.submit(() -> 0);
            tasks.submit(() -> {
                throw new IllegalStateException();
            });
            tasks.submit(() -> 2);
            tasks.submit(() -> 3);
            assertThat(tasks.next()).isZero();
        }
        assertThat(dropped).containsExactly(2, 3);
    }

    @Test
    void aWaitThatIsInterrupted_losesNoResult() {
        List<Integer> dropped = new ArrayList<>();
        try (InOrder<Integer> tasks = new InOrder<>(1, dropped::add)) {
            CountDownLatch given = new CountDownLatch(1);
            tasks.submit(() -> {
                given.await();
                return 1;
            });
            Thread.currentThread().interrupt();
            assertThatThrownBy(tasks::next).isInstanceOf(InterruptedException.class);
            given.countDown();
        }
        assertThat(dropped).containsExactly(1);
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
