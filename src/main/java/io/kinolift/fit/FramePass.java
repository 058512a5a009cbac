package io.kinolift.fit;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.upscale.adapt.GradientClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Adds up single frames. The first half of the sums is of the frames to fit on, the second half of those held out.
 *
 * @param sums adds up half of the parts
 * @param snapshots how often the sums so far are handed out
 */
record FramePass(String title, int parts, Supplier<FrameSums> sums, FitSettings settings, Duration snapshots)
        implements ClipPass {
    /** For one kernel. */
    static FramePass forOneKernel(FitSettings settings, Duration snapshots) {
        return new FramePass("frames", 2, () -> new Accumulator(settings.grid()), settings, snapshots);
    }

    /** For a kernel per class of samples. */
    static FramePass forClasses(FitSettings settings, Duration snapshots) {
        return new FramePass(
                "kinds of detail",
                2 * GradientClasses.COUNT,
                () -> new ClassAccumulator(settings.grid()),
                settings,
                snapshots);
    }

    @Override
    public ClipSums read(Path clip, ClipSums start, Snapshot snapshot, LongConsumer frames)
            throws VideoException, IOException, InterruptedException {
        try (LumaReader reader = LumaReader.open(clip, settings.degradation().factor());
                FrameTasks<Worker> tasks = new FrameTasks<>(
                        settings.threadsFor(reader.width(), reader.height(), parts),
                        () -> new Worker(reader.width(), reader.height()))) {
            RunningSums running = new RunningSums(settings.grid(), parts, start, tasks, snapshots, snapshot);
            long index = 0;
            for (Picture next = reader.next(); next != null; next = reader.next()) {
                if (running.has(index) || index % settings.step() != 0) {
                    next.close();
                } else {
                    Picture large = next;
                    boolean heldOut = ClipStatistics.isHeldOut(index / settings.step());
                    tasks.submit(worker -> worker.add(large, heldOut), large);
                }
                frames.accept(++index);
                running.reached(index);
            }
            return running.complete(index);
        } catch (IllegalArgumentException | FrameCodecException e) {
            throw new VideoException(clip + ": " + e.getMessage());
        }
    }

    private final class Worker implements RunningSums.Share {
        private final Degrader degrader;
        private final FrameSums fitted = sums.get();
        private final FrameSums heldOut = sums.get();

        Worker(int width, int height) throws FrameCodecException {
            degrader = new Degrader(settings.degradation(), width, height);
        }

        void add(Picture large, boolean held) throws FrameCodecException {
            try (Picture small = degrader.apply(large)) {
                (held ? heldOut : fitted).add(IntPlane.of(small.plane(0)), IntPlane.of(large.plane(0)));
            }
        }

        @Override
        public Statistics[] sums() {
            return Stream.of(fitted, heldOut)
                    .flatMap(half -> Stream.of(half.sums()))
                    .toArray(Statistics[]::new);
        }

        @Override
        public void close() {
            degrader.close();
        }
    }
}
