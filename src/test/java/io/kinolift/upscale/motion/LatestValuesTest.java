package io.kinolift.upscale.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LatestValuesTest {
    private final AtomicInteger made = new AtomicInteger();
    private final Set<String> over = new HashSet<>();
    private final LatestValues<String, Integer> values = new LatestValues<>(10, over::contains);

    @Test
    void valuesAreMadeOnce_forAllThreads() throws Exception {
        List<Future<Integer>> found = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                found.add(threads.submit(() -> get("a", 4)));
            }
        }
        for (Future<Integer> value : found) {
            assertThat(value.get()).isEqualTo(1);
        }
    }

    @Test
    void theOnesUsedLastAreKept_asFarAsTheyFit() {
        get("a", 4);
        get("b", 4);
        get("a", 4);
        get("c", 4);
        assertThat(get("a", 4)).isEqualTo(1);
        assertThat(get("b", 4)).as("made anew").isEqualTo(4);
    }

    @Test
    void theLastOneIsKeptWhateverItsSize() {
        get("a", 4);
        get("large", 1000);
        assertThat(get("large", 1000)).isEqualTo(2);
        assertThat(get("a", 4)).isEqualTo(3);
        assertThat(get("a", 4)).isEqualTo(3);
    }

    /** Pictures of seconds ago would otherwise fill the heap, and each collection would copy them. */
    @Test
    void whatIsOver_goesWithTheNext() {
        get("a", 1);
        get("b", 1);
        over.add("a");
        get("c", 1);
        over.clear();
        assertThat(get("b", 1)).isEqualTo(2);
        assertThat(get("a", 1)).as("made anew").isEqualTo(4);
    }

    @Test
    void whatFailedIsTriedAgain() {
        assertThatIllegalStateException()
                .isThrownBy(() -> values.get("a", 4, () -> {
                    throw new OutOfMemoryError("a test's");
                }))
                .withCauseInstanceOf(OutOfMemoryError.class);
        assertThat(get("a", 4)).isEqualTo(1);
    }

    private int get(String key, long size) {
        return values.get(key, size, made::incrementAndGet);
    }
}
