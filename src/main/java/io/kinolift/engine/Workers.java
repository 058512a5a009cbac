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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded pool whose caller waits for every task before it frees their memory. For one caller at a time.
 *
 * <p>Native code that hangs cannot be ended. Once a worker is stuck, whatever any of them may use must stay as it is: memory
 * that is lost is better than memory that is used after it was freed.
 */
final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final ExecutorService pool;
    private final Duration timeout;
    private final List<Future<?>> running = new ArrayList<>();
    private boolean stuck;

    /** Waits for something, and says whether it came in time. */
    private interface Wait {
        boolean of(long nanos) throws InterruptedException;
    }

    Workers(int threads, Duration timeout) {
        this.pool = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().daemon().name("kinolift-worker-", 0).factory());
        this.timeout = timeout;
    }

    /** A task that nobody waits for: one that does nothing when it comes too late. From any thread. */
    void help(Runnable task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException _) {
            // Closed, and a worker that was stuck goes on: it does everything itself.
        }
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

    /**
     * Waits until every task has ended, well or badly, but no longer than the time limit. An interrupt waits too.
     *
     * @return whether nobody uses their arguments any more; once false, always false
     */
    boolean drain() {
        long deadline = deadline();
        for (Future<?> task : running) {
            settle(nanos -> ends(task, nanos), deadline);
        }
        running.clear();
        return !stuck;
    }

    /** Whether a worker has not ended in time, and may go on at any time. */
    boolean isStuck() {
        return stuck;
    }

    private static boolean ends(Future<?> task, long nanos) throws InterruptedException {
        try {
            task.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException _) {
            // The caller that wanted the result has it from await.
            return true;
        } catch (TimeoutException _) {
            return false;
        }
    }

    private long deadline() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout.toMillis());
    }

    private void settle(Wait wait, long deadline) {
        if (stuck) {
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                stuck = !wait.of(deadline - System.nanoTime());
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (stuck) {
            LOG.error(
                    "upscale: expected all tasks to end within another {} (kinolift.window.timeout.ms), found one that did "
                            + "not: what it may use is not freed before the process ends",
                    timeout);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets no more tasks in, and waits for those that are; then {@link #isStuck} says whether all have ended. */
    @Override
    public void close() {
        pool.shutdown();
        settle(nanos -> pool.awaitTermination(nanos, TimeUnit.NANOSECONDS), deadline());
    }
}
