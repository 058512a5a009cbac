package io.kinolift.transfer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Runs tasks in parallel and gives their results in the order of submission; the number of running tasks is bounded.
 */
final class InOrder<T> implements AutoCloseable {
    private final ExecutorService pool;
    private final int most;
    private final Consumer<T> dropped;
    private final Deque<Future<T>> underWay = new ArrayDeque<>();

    InOrder(int threads) {
        this(threads, _ -> {});
    }

    /** @param dropped gets the results that nobody has taken when this closes */
    InOrder(int threads, Consumer<T> dropped) {
        this.dropped = dropped;
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
            // Stays under way if the wait is interrupted.
            T result = underWay.element().get();
            underWay.remove();
            return result;
        } catch (ExecutionException e) {
            underWay.remove();
            throw new TransferException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Waits for what is under way. */
    @Override
    public void close() {
        pool.close();
        for (Future<T> task : underWay) {
            if (task.state() == Future.State.SUCCESS) {
                dropped.accept(task.resultNow());
            }
        }
        underWay.clear();
    }
}
