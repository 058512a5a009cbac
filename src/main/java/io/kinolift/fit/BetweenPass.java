package io.kinolift.fit;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.upscale.InputFrames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Adds up the outputs that lie between inputs. The rounded linear blend of the two small pictures stands for the small
 * picture of that time; the frame in the footage is the result that it should give. Moving things are doubly blurred in
 * the blend. A kernel that is fitted to blends leaves this blur instead of sharpening the ghosts.
 *
 * <p>There is one sum per phase. Two phases that change places when time runs backwards share the sum of the smaller
 * number. The other one, and the sums of phases that pass inputs through, stay empty.
 *
 * @param snapshots how often the sums so far are handed out
 */
record BetweenPass(FitSettings settings, Duration snapshots) implements ClipPass {
    @Override
    public String title() {
        return "frames between";
    }

    @Override
    public int parts() {
        return settings.time().factor();
    }

    @Override
    public ClipSums read(Path clip, ClipSums start, Snapshot snapshot, LongConsumer frames)
            throws VideoException, IOException, InterruptedException {
        TimeScale time = settings.time();
        try (ThinnedClip thinned = ThinnedClip.open(clip, settings.degradation(), time, settings.step(), time);
                FrameTasks<Worker> tasks = new FrameTasks<>(
                        settings.threadsFor(thinned.width(), thinned.height(), parts()), Worker::new)) {
            RunningSums running = new RunningSums(settings.grid(), parts(), start, tasks, snapshots, snapshot);
            long position = start.position();
            for (ThinnedClip.Output next = thinned.next(); next != null; next = thinned.next()) {
                long output = next.index();
                int phase = (int) (output % time.factor());
                if (running.has(output)
                        || time.passesThrough(phase)
                        || time.first(output) < thinned.inputs().first()) {
                    next.truth().close();
                } else {
                    Picture large = next.truth();
                    IntPlane blend = blend(output, thinned.inputs(), large);
                    tasks.submit(worker -> worker.add(Math.min(phase, time.mirror(phase)), blend, large), large);
                }
                frames.accept(thinned.framesRead());
                position = Math.max(position, output + 1);
                running.reached(position);
            }
            return running.complete(position);
        } catch (IllegalArgumentException | FrameCodecException e) {
            throw new VideoException(clip + ": " + e.getMessage());
        }
    }

    /** @param truth closed where there can be no blend */
    private IntPlane blend(long output, InputFrames inputs, Picture truth) {
        try {
            return blend(output, inputs);
        } catch (RuntimeException e) {
            truth.close();
            throw e;
        }
    }

    private IntPlane blend(long output, InputFrames inputs) {
        TimeScale time = settings.time();
        IntPlane before = IntPlane.of(inputs.at(time.first(output)).plane(0));
        IntPlane after = IntPlane.of(inputs.at(time.last(output)).plane(0));
        double share = time.position(output) - time.first(output);
        double[] sums = new double[before.values().length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = (1 - share) * before.values()[i] + share * after.values()[i];
        }
        return IntPlane.rounded(sums, before.width(), before.height());
    }

    private final class Worker implements RunningSums.Share {
        private final Accumulator[] phases = Stream.generate(() -> new Accumulator(settings.grid()))
                .limit(parts())
                .toArray(Accumulator[]::new);

        void add(int phase, IntPlane blend, Picture large) {
            phases[phase].add(blend, IntPlane.of(large.plane(0)));
        }

        @Override
        public Statistics[] sums() {
            return Stream.of(phases).map(Accumulator::statistics).toArray(Statistics[]::new);
        }

        @Override
        public void close() {}
    }
}
