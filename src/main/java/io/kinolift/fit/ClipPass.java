package io.kinolift.fit;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.VideoException;
import io.kinolift.frame.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Reads a clip into {@link ClipStatistics}, frames in parallel. Memory does not depend on the clip's length, nor the
 * result on the number of threads or on where it was interrupted.
 *
 * @param step every {@code step}-th frame is used
 * @param snapshots how often what there is so far is handed out
 */
record ClipPass(Degradation degradation, PhaseGrid grid, int step, int threads, Duration snapshots) {
    /** Takes what there is so far. */
    interface Snapshot {
        void take(ClipStatistics soFar) throws IOException;
    }

    /**
     * @param start what an interrupted pass had
     * @param frames is told how many frames of the clip have been read
     * @throws VideoException if the clip cannot be read or is too small for the kernel
     */
    ClipStatistics read(Path clip, ClipStatistics start, Snapshot snapshot, LongConsumer frames)
            throws VideoException, IOException, InterruptedException {
        try (LumaReader reader = LumaReader.open(clip, degradation.factor());
                FrameTasks<Worker> tasks = new FrameTasks<>(threads,
                        () -> new Worker(degradation, grid, reader.width(), reader.height()))) {
            long index = 0;
            long lastNanos = System.nanoTime();
            for (Picture next = reader.next(); next != null; next = reader.next()) {
                if (index < start.framesRead() || index % step != 0) {
                    next.close();
                } else {
                    Picture large = next;
                    boolean heldOut = ClipStatistics.isHeldOut(index / step);
                    tasks.submit(worker -> worker.add(large, heldOut), large);
                }
                frames.accept(++index);
                if (System.nanoTime() - lastNanos > snapshots.toNanos() && index > start.framesRead()) {
                    snapshot.take(sum(start, index, false, tasks));
                    lastNanos = System.nanoTime();
                }
            }
            return sum(start, index, true, tasks);
        } catch (IllegalArgumentException | FrameCodecException e) {
            throw new VideoException(clip + ": " + e.getMessage());
        }
    }

    private ClipStatistics sum(ClipStatistics start, long framesRead, boolean complete, FrameTasks<Worker> tasks)
            throws FrameCodecException, InterruptedException {
        ClipStatistics sum = new ClipStatistics(
                start.hash(), framesRead, complete, new Statistics(grid), new Statistics(grid));
        sum.fitted().add(start.fitted());
        sum.heldOut().add(start.heldOut());
        for (Worker worker : tasks.finish()) {
            sum.fitted().add(worker.fitted.statistics());
            sum.heldOut().add(worker.heldOut.statistics());
        }
        return sum;
    }

    /** One thread's share. */
    private static final class Worker implements AutoCloseable {
        private final Degrader degrader;
        private final Accumulator fitted;
        private final Accumulator heldOut;

        Worker(Degradation degradation, PhaseGrid grid, int width, int height) throws FrameCodecException {
            degrader = new Degrader(degradation, width, height);
            fitted = new Accumulator(grid);
            heldOut = new Accumulator(grid);
        }

        void add(Picture large, boolean held) throws FrameCodecException {
            try (Picture small = degrader.apply(large)) {
                (held ? heldOut : fitted).add(Samples.of(small.plane(0)), Samples.of(large.plane(0)));
            }
        }

        @Override
        public void close() {
            degrader.close();
        }
    }
}
