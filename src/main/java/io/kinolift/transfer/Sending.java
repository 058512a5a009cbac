package io.kinolift.transfer;

import io.kinolift.ffmpeg.VideoException;

/** Sends a video on a thread of its own, while another receives what becomes of it. */
final class Sending implements AutoCloseable {
    private final Pace pace;
    private final Thread thread;
    private volatile Throwable failure;
    private volatile long sent;

    /** Sends all frames. */
    @FunctionalInterface
    interface Task {
        /** Sends them, and says how many there were. */
        long run() throws VideoException, TransferException, InterruptedException;
    }

    /** @param pace is released at the end, so that the task cannot wait for a receiver that is gone */
    Sending(Pace pace, Task task) {
        this.pace = pace;
        thread = Thread.ofPlatform().daemon().name("kinolift-ingest").start(() -> {
            try {
                sent = task.run();
            } catch (Throwable e) {
                // Errors too, such as too little native memory: the receiver would wait for what never comes.
                failure = e;
            }
        });
    }

    /** Null while nothing is wrong. */
    Throwable failure() {
        return failure;
    }

    /** The number of frames sent, once all are. */
    long await() throws InterruptedException {
        thread.join();
        return sent;
    }

    /** Ends the task, and waits for that. */
    @Override
    public void close() {
        pace.release();
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
