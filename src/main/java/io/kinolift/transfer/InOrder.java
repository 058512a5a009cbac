package io.kinolift.transfer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs tasks in parallel and gives their results in the order of submission; the number of running tasks is bounded.
 */
final class InOrder<T> implements AutoCloseable {
    private final ExecutorService pool;
    private final int most;
    private final Deque<Future<T>> underWay = new ArrayDeque<>();

    InOrder(int threads) {
        this.pool = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().daemon().name("kinolift-transfer-", 0).factory());
        this.most = 2 * threads;
    }

    boolean isFull() {
        return underWay.size() >= most;
    }

    boolean isEmpty() {
        return underWay.isEmpty();
    }

    void submit(Callable<T> task) {
        underWay.add(pool.submit(task));
    }

    /**
     * The result of the task submitted first; waits for it.
     *
     * @throws TransferException if it failed
     */
    T next() throws TransferException, InterruptedException {
        try {
            return underWay.remove().get();
        } catch (ExecutionException e) {
            throw new TransferException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Waits for what is under way; results that nobody took are lost. */
    @Override
    public void close() {
        pool.close();
    }
}
