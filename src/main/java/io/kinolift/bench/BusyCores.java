package io.kinolift.bench;

import java.util.ArrayList;
import java.util.List;

/** Another load: busy threads. As many as there are cores take about half of the machine from whoever works there. */
final class BusyCores implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean busy = true;

    BusyCores(int count) {
        for (int thread = 0; thread < count; thread++) {
            threads.add(
                    Thread.ofPlatform().daemon().name("kinolift-busy-" + thread).start(this::spin));
        }
    }

    private void spin() {
        while (busy) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        busy = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
