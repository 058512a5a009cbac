package io.kinolift.engine;

import io.kinolift.upscale.Bands;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Bands that idle threads may take. The caller takes bands too, and at the end waits only for bands that somebody is at:
 * so it may itself be a thread of the pool that helps, however busy that is.
 *
 * @param helpers threads that take a band when they have nothing else to do
 */
record SharedBands(int count, Executor helpers) implements Bands {
    /** Nothing of the work runs after the return. */
    @Override
    public void run(Work work) {
        Pass pass = new Pass(count, work);
        for (int helper = 1; helper < count; helper++) {
            helpers.execute(pass::take);
        }
        pass.take();
        pass.awaitAll();
        pass.throwFailure();
    }

    /** All bands once. */
    private static final class Pass {
        private final int count;
        private final Work work;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch left;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        Pass(int count, Work work) {
            this.count = count;
            this.work = work;
            this.left = new CountDownLatch(count);
        }

        void take() {
            for (int band = next.getAndIncrement(); band < count; band = next.getAndIncrement()) {
                try {
                    work.run(band, count);
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                } finally {
                    left.countDown();
                }
            }
        }

        /** Waits even if interrupted: other threads still write to memory that the caller will free. */
        void awaitAll() {
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

        /** Throws the first failure of a band. */
        void throwFailure() {
            switch (failure.get()) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }
    }
}
