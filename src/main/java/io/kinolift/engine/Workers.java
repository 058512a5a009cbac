package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A bounded pool whose caller waits for every task before it frees their memory. For one caller at a time. */
final class Workers implements AutoCloseable {
    private final ExecutorService pool;
    private final Duration timeout;
    private final List<Future<?>> running = new ArrayList<>();

    Workers(int threads, Duration timeout) {
        this.pool = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().daemon().name("kinolift-worker-", 0).factory());
        this.timeout = timeout;
    }

    /** A task that nobody waits for: one that does nothing when it comes too late. From any thread. */
    void help(Runnable task) {
        pool.execute(task);
    }

    <T> Future<T> submit(Callable<T> task) {
        Future<T> future = pool.submit(task);
        running.add(future);
        return future;
    }

    /**
     * The result of a task.
     *
     * @throws FrameCodecException if the task threw it
     * @throws IllegalStateException if it threw anything else or did not end in time
     */
    <T> T await(Future<T> future) throws FrameCodecException {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FrameCodecException failure) {
                throw failure;
            }
            throw new IllegalStateException("upscale: a worker failed", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "upscale: expected a result within " + timeout + " (kinolift.window.timeout.ms), found none", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("upscale: interrupted", e);
        }
    }

    /** Waits until every task has ended, well or badly: afterwards nobody uses their arguments. An interrupt waits too. */
    void drain() {
        boolean interrupted = false;
        for (Future<?> future : running) {
            while (!future.isDone()) {
                try {
                    future.get();
                } catch (ExecutionException e) {
                    // The caller that wanted the result has it from await.
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        running.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        pool.shutdown();
        try {
            pool.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
