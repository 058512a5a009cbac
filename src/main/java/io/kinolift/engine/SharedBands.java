package io.kinolift.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * One piece of work in bands, which idle threads may take. The caller takes bands too, and at the end waits only for
 * bands that somebody is at: so it may itself be a thread of the pool that helps, however busy that is.
 */
final class Bands {
    private final int count;
    private final IntConsumer work;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch left;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private Bands(int count, IntConsumer work) {
        this.count = count;
        this.work = work;
        this.left = new CountDownLatch(count);
    }

    /**
     * Returns when all bands are done; nothing of the work runs afterwards.
     *
     * @param work hears of each band in 0..count-1 once
     * @throws RuntimeException or an error, what a band threw first
     */
    static void run(int count, IntConsumer work, Executor helpers) {
        Bands bands = new Bands(count, work);
        for (int helper = 1; helper < count; helper++) {
            helpers.execute(bands::take);
        }
        bands.take();
        bands.awaitAll();
        switch (bands.failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private void take() {
        for (int band = next.getAndIncrement(); band < count; band = next.getAndIncrement()) {
            try {
                work.accept(band);
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                left.countDown();
            }
        }
    }

    /** Also when interrupted: others still write to what the caller will free. */
    private void awaitAll() {
        boolean interrupted = false;
        while (true) {
            try {
                left.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
