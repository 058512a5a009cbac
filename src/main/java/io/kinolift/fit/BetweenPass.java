package io.kinolift.fit;

import io.kinolift.codec.VideoException;
import io.kinolift.upscale.InputFrames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Statistics of the outputs that lie between inputs: the linear blend of the two small pictures, rounded, stands for
 * the small picture of that time, and the frame in the footage for what it should become. Where things move the blend
 * is blurred twice over, and a kernel that is fitted to blends leaves it so, instead of sharpening its ghosts.
 *
 * <p>A phase and the one that it is when time runs backwards share their statistics, under the smaller number.
 */
record BetweenPass(FitSettings settings) {
    /** Per clip, per phase; phases that pass inputs through, and the larger ones of pairs, have none: null. */
    List<Statistics[]> read(List<Path> clips) throws VideoException, InterruptedException {
        List<Future<Statistics[]>> tasks = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(settings.threads())) {
            clips.forEach(clip -> tasks.add(threads.submit(() -> read(clip))));
        }
        List<Statistics[]> all = new ArrayList<>();
        for (Future<Statistics[]> task : tasks) {
            all.add(get(task));
        }
        return all;
    }

    /** @throws VideoException what a clip failed with */
    static <T> T get(Future<T> task) throws VideoException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case VideoException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    private Statistics[] read(Path clip) throws VideoException {
        TimeScale time = settings.time();
        Accumulator[] sums = new Accumulator[time.factor()];
        for (int phase = 0; phase < sums.length; phase++) {
            sums[phase] = time.passesThrough(phase) || time.mirror(phase) < phase
                    ? null : new Accumulator(settings.grid());
        }
        new ThinnedClip(time, settings.step(), time, (output, large, inputs) -> {
            int phase = (int) (output % time.factor());
            if (!time.passesThrough(phase) && time.first(output) >= inputs.first()) {
                sums[Math.min(phase, time.mirror(phase))].add(blend(output, inputs), Samples.of(large.plane(0)));
            }
        }).read(clip, settings.degradation());
        Statistics[] statistics = new Statistics[sums.length];
        for (int phase = 0; phase < sums.length; phase++) {
            statistics[phase] = sums[phase] == null ? null : sums[phase].statistics();
        }
        return statistics;
    }

    private Samples blend(long output, InputFrames inputs) {
        TimeScale time = settings.time();
        Samples before = Samples.of(inputs.at(time.first(output)).plane(0));
        Samples after = Samples.of(inputs.at(time.last(output)).plane(0));
        double share = time.position(output) - time.first(output);
        double[] sums = new double[before.values().length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = (1 - share) * before.values()[i] + share * after.values()[i];
        }
        return Samples.rounded(sums, before.width(), before.height());
    }
}
