package io.kinolift.fit;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Processes frames in parallel, in any order. Workers keep their own sums. At most two frames per thread wait.
 *
 * @param <W> the worker, used by one thread at a time
 */
final class FrameTasks<W extends AutoCloseable> implements AutoCloseable {
    private final ExecutorService threads;
    private final int limit;
    private final Semaphore room;
    private final List<W> workers = new ArrayList<>();
    private final BlockingQueue<W> idle;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** Makes a worker. */
    interface Factory<W> {
        W make() throws FrameCodecException;
    }

    /** The work on one frame. */
    interface Task<W> {
        void run(W worker) throws FrameCodecException;
    }

    FrameTasks(int threadCount, Factory<W> factory) throws FrameCodecException {
        limit = 2 * threadCount;
        room = new Semaphore(limit);
        idle = new ArrayBlockingQueue<>(threadCount);
        for (int i = 0; i < threadCount; i++) {
            workers.add(factory.make());
        }
        idle.addAll(workers);
        threads = Executors.newFixedThreadPool(threadCount);
    }

    /**
     * Waits for room, then leaves the picture to a thread, which closes it.
     *
     * @throws FrameCodecException if an earlier frame failed
     */
    void submit(Task<W> task, Picture picture) throws FrameCodecException, InterruptedException {
        room.acquire();
        threads.execute(() -> {
            try (picture) {
                W worker = idle.take();
                try {
                    task.run(worker);
                } finally {
                    idle.add(worker);
                }
            } catch (FrameCodecException | InterruptedException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                room.release();
            }
        });
        rethrow();
    }

    /**
     * Waits for all frames.
     *
     * @return every worker, with what it added up
     */
    List<W> finish() throws FrameCodecException, InterruptedException {
        room.acquire(limit);
        room.release(limit);
        rethrow();
        return workers;
    }

    private void rethrow() throws FrameCodecException {
        switch (failure.get()) {
            case null -> {}
            case FrameCodecException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /** Waits for frames that are being worked on, then closes the workers. */
    @Override
    public void close() {
        threads.close();
        for (W worker : workers) {
            try {
                worker.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
