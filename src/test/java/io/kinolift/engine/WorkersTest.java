package io.kinolift.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Workers are waited for, but not for ever. */
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class WorkersTest {
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void release() {
        release.countDown();
    }

    private Workers workers(Duration timeout) {
        return new Workers(1, timeout);
    }

    @Test
    void anInterrupt_waitsForTheTask() {
        try (Workers workers = workers(Duration.ofMinutes(1))) {
            Future<Integer> task = workers.submit(() -> {
                Thread.sleep(200);
                return 1;
            });
            Thread.currentThread().interrupt();
            assertThat(workers.drain()).isTrue();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(task).isDone();
        }
    }

    @Test
    void aTaskThatDoesNotEnd_isGivenUp_andSoAreTheWorkersForGood() {
        Workers workers = workers(Duration.ofMillis(100));
        var _ = workers.submit(() -> {
            release.await();
            return null;
        });
        Thread.currentThread().interrupt();
        assertThat(workers.drain()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        release.countDown();
        assertThat(workers.drain()).isFalse();
        workers.close();
        assertThat(workers.isStuck()).isTrue();
    }

    @Test
    void aTaskThatNobodyDrained_isWaitedForAtTheEnd() {
        Workers workers = workers(Duration.ofMinutes(1));
        Future<Integer> task = workers.submit(() -> {
            Thread.sleep(200);
            return 1;
        });
        Thread.currentThread().interrupt();
        workers.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(task).isDone();
        assertThat(workers.isStuck()).isFalse();
    }

    @Test
    void aTaskThatNobodyDrained_andDoesNotEnd_isTold() {
        Workers workers = workers(Duration.ofMillis(100));
        var _ = workers.submit(() -> {
            release.await();
            return null;
        });
        workers.close();
        assertThat(workers.isStuck()).isTrue();
    }

    /** It may have bands to share out when it goes on. */
    @Test
    void aTaskThatGoesOnAfterTheEnd_getsNoHelp_andNeedsNone() throws Exception {
        Workers workers = workers(Duration.ofMillis(100));
        Future<Integer> task = workers.submit(() -> {
            release.await();
            workers.help(() -> {});
            return 1;
        });
        workers.close();
        release.countDown();
        assertThat(task.get()).isEqualTo(1);
    }
}
