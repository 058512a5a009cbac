package io.kinolift.fit;

import io.kinolift.codec.FrameCodecException;
import java.io.IOException;
import java.time.Duration;

/** The sums of a clip that is being read, handed out every so often. */
final class RunningSums {
    private final PhaseGrid grid;
    private final int parts;
    private final ClipSums start;
    private final FrameTasks<? extends Share> tasks;
    private final Duration interval;
    private final ClipPass.Snapshot snapshot;
    private long lastNanos = System.nanoTime();

    /** The sums of one thread at a time. */
    interface Share extends AutoCloseable {
        /** As many as the pass has. */
        Statistics[] sums();
    }

    /**
     * @param parts how many sums the pass has
     * @param start the sums of an interrupted pass
     * @param interval how often the sums so far are handed out
     */
    RunningSums(
            PhaseGrid grid,
            int parts,
            ClipSums start,
            FrameTasks<? extends Share> tasks,
            Duration interval,
            ClipPass.Snapshot snapshot) {
        this.grid = grid;
        this.parts = parts;
        this.start = start;
        this.tasks = tasks;
        this.interval = interval;
        this.snapshot = snapshot;
    }

    /** Whether an interrupted pass already included a position. */
    boolean has(long position) {
        return position < start.position();
    }

    /** @param position everything before it has been submitted or skipped */
    void reached(long position) throws FrameCodecException, IOException, InterruptedException {
        if (System.nanoTime() - lastNanos > interval.toNanos() && position > start.position()) {
            snapshot.take(sum(position, false));
            lastNanos = System.nanoTime();
        }
    }

    ClipSums complete(long position) throws FrameCodecException, InterruptedException {
        return sum(position, true);
    }

    private ClipSums sum(long position, boolean complete) throws FrameCodecException, InterruptedException {
        Statistics[] sums = new Statistics[parts];
        for (int part = 0; part < parts; part++) {
            sums[part] = new Statistics(grid);
        }
        add(start.sums(), sums);
        for (Share share : tasks.finish()) {
            add(share.sums(), sums);
        }
        return new ClipSums(start.hash(), position, complete, sums);
    }

    private static void add(Statistics[] from, Statistics[] to) {
        for (int part = 0; part < from.length; part++) {
            to[part].add(from[part]);
        }
    }
}
