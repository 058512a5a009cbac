package io.kinolift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.upscale.Bands;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedBandsTest {
    private static final int BANDS = 7;

    /** Callers fill the whole pool, so that no helper ever gets a thread before they end. */
    @Test
    void callersOfTheSamePool_doNotWaitForHelpersThatCannotCome() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            for (int round = 0; round < 200; round++) {
                AtomicIntegerArray done = new AtomicIntegerArray(3 * BANDS);
                Future<?>[] callers = new Future<?>[3];
                for (int caller = 0; caller < callers.length; caller++) {
                    int first = caller * BANDS;
                    callers[caller] = pool.submit(
                            () -> new SharedBands(BANDS, pool).run((band, _) -> done.incrementAndGet(first + band)));
                }
                for (Future<?> caller : callers) {
                    caller.get();
                }
                for (int band = 0; band < done.length(); band++) {
                    assertThat(done.get(band))
                            .as("band %d of round %d", band, round)
                            .isEqualTo(1);
                }
            }
        }
    }

    @Test
    void aFailure_isThrownWhenNoBandRunsAnyMore() {
        AtomicIntegerArray done = new AtomicIntegerArray(BANDS);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            assertThatThrownBy(() -> new SharedBands(BANDS, pool).run((band, _) -> {
                        done.incrementAndGet(band);
                        if (band == 2) {
                            throw new IllegalStateException("band 2");
                        }
                    }))
                    .hasMessage("band 2");
        }
        for (int band = 0; band < BANDS; band++) {
            assertThat(done.get(band)).isEqualTo(1);
        }
    }

    @Test
    void aSecondPass_beginsWhenAllBandsOfTheFirstAreDone() {
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            for (int round = 0; round < 200; round++) {
                AtomicIntegerArray first = new AtomicIntegerArray(BANDS);
                AtomicInteger seen = new AtomicInteger();
                Bands bands = new SharedBands(BANDS, pool);
                bands.run((band, _) -> first.set(band, 1));
                bands.run((_, _) -> {
                    for (int band = 0; band < BANDS; band++) {
                        seen.addAndGet(first.get(band));
                    }
                });
                assertThat(seen).as("round %d", round).hasValue(BANDS * BANDS);
            }
        }
    }
}
