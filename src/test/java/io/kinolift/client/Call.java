package io.kinolift.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** A call in a thread of its own, which may never come back. */
final class Call {
    private final FutureTask<Void> task;
    private final Thread thread;

    interface Body {
        void run() throws Exception;
    }

    private Call(Body body) {
        task = new FutureTask<>(() -> {
            body.run();
            return null;
        });
        thread = Thread.ofPlatform().daemon().start(task);
    }

    static Call of(Body body) {
        return new Call(body);
    }

    /** Waits until the thread is in a method. */
    void awaitIn(Class<?> type, String method) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(type.getName())
                                && frame.getMethodName().equals(method)));
    }

    /** Waits for the end of the call, and throws what it threw. */
    void end(Duration atMost) throws Exception {
        try {
            task.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception thrown) {
                throw thrown;
            }
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("expected the call to end within " + atMost + ", found it not ended", e);
        }
    }
}
