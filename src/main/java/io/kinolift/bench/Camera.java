package io.kinolift.bench;

import java.util.concurrent.locks.LockSupport;

/**
 * Sends frames of one stream in real time, over and over, and its end behind the last.
 *
 * @param frames how many it sends
 */
record Camera(PipelineHost host, String stream, PipelineInputs inputs, int width, int height, long frames)
        implements Runnable {
    @Override
    public void run() {
        long start = System.nanoTime();
        for (long i = 0; i < frames; i++) {
            long due = start + i * 1_000_000_000L / PipelineInputs.RATE;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
            int picture = (int) (i % inputs.frames().size());
            host.send(stream, i, width, height, inputs.frames().get(picture));
        }
        host.end(stream, frames);
    }
}
