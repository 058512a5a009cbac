package io.kinolift.fit;

import io.kinolift.ffmpeg.VideoException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures clips in parallel, one thread each. */
final class ClipThreads {
    private ClipThreads() {}

    /** Measures one clip. */
    interface Measurement {
        /**
         * Gives the row of a clip.
         *
         * @param index of the clip among all
         */
        Evaluation.Row measure(int index) throws VideoException;
    }

    /**
     * One row per clip, in order.
     *
     * @throws VideoException if a clip failed
     */
    static List<Evaluation.Row> run(List<Path> clips, int threadCount, Measurement measurement)
            throws VideoException, InterruptedException {
        List<Future<Evaluation.Row>> rows = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(threadCount)) {
            for (int i = 0; i < clips.size(); i++) {
                int index = i;
                rows.add(threads.submit(() -> measurement.measure(index)));
            }
        }
        List<Evaluation.Row> done = new ArrayList<>();
        for (Future<Evaluation.Row> row : rows) {
            done.add(get(row));
        }
        return done;
    }

    private static Evaluation.Row get(Future<Evaluation.Row> row) throws VideoException, InterruptedException {
        try {
            return row.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case VideoException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
