package io.kinolift.fit;

import io.kinolift.codec.VideoException;
import io.kinolift.upscale.FilterBank;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Learns weights from clips. */
public final class Fitting {
    private static final Duration SNAPSHOTS = Duration.ofSeconds(30);

    private final FitSettings settings;
    private final Progress progress;

    public Fitting(FitSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Reads the clips once and fits spatial weights.
     *
     * @param clips in any order: the result is the same
     * @param partial where the statistics are kept until the caller deletes them
     * @param resume whether to go on from {@code partial}, if it is there
     * @throws VideoException if a clip cannot be read
     * @throws IOException if {@code partial} cannot be read or written
     * @throws IllegalArgumentException if the footage does not determine the weights
     */
    public FittedWeights run(List<Path> clips, Path partial, boolean resume)
            throws VideoException, IOException, InterruptedException {
        StatisticsFile file = resume
                ? StatisticsFile.resume(partial, settings) : StatisticsFile.empty(partial, settings);
        List<ClipStatistics> statistics = new ArrayList<>(gather(clips, file::get, file::put));
        List<Statistics[]> between = gatherBetween(clips);
        List<Integer> order = IntStream.range(0, clips.size()).boxed()
                .sorted(Comparator.comparing(i -> statistics.get(i).hash())).toList();
        // Sums of doubles depend on their order, which is not to be that of the clips.
        return weights(order.stream().map(statistics::get).toList(), order.stream().map(between::get).toList());
    }

    /**
     * Reads the clips once and fits a bank of kernels. Nothing is kept of an interrupted pass.
     *
     * @param clips in any order: the result is the same
     * @throws VideoException if a clip cannot be read
     * @throws IllegalArgumentException if the settings are for other factors or another kernel than banks have
     */
    public FittedBank runAdaptive(List<Path> clips) throws VideoException, InterruptedException {
        return new FittedBank(settings, BankFit.of(
                gatherClasses(clips).stream().sorted(Comparator.comparing(ClassStatistics::hash)).toList()));
    }

    /** Statistics of every class of samples, for each clip. */
    List<ClassStatistics> gatherClasses(List<Path> clips) throws VideoException, InterruptedException {
        if (settings.time().factor() != 1 || settings.grid().factor() != FilterBank.FACTOR
                || settings.grid().kernel() != FilterBank.KERNEL) {
            throw new IllegalArgumentException("expected scale factor 1," + FilterBank.FACTOR + "," + FilterBank.FACTOR
                    + " and kernel " + FilterBank.KERNEL + " for adaptive weights, found " + settings.time().factor() + ","
                    + settings.grid().factor() + "," + settings.grid().factor() + " and " + settings.grid().kernel());
        }
        return ClassStatistics.read(clips, settings);
    }

    /** @param between per clip what {@link #gatherBetween} gives */
    FittedWeights weights(List<ClipStatistics> clips, List<Statistics[]> between) {
        SpatialFit fit = SpatialFit.of(clips);
        double[][] spatial = new double[settings.time().factor()][];
        for (int phase = 0; phase < spatial.length; phase++) {
            spatial[phase] = settings.time().passesThrough(phase)
                    ? fit.kernel() : betweenKernel(phase, between, fit);
        }
        return new FittedWeights(settings, fit, spatial, SpatialFit.scores(clips, fit.ridge()));
    }

    /** Footage too short for that is enlarged between inputs as it is at them. */
    private double[] betweenKernel(int phase, List<Statistics[]> between, SpatialFit fit) {
        int shared = Math.min(phase, settings.time().mirror(phase));
        List<Statistics> clips = between.stream().map(clip -> clip[shared]).toList();
        return clips.stream().allMatch(clip -> clip.count == 0) ? fit.kernel() : BetweenFit.solve(clips, fit.ridge());
    }

    /** Statistics of the frames between inputs, for each clip; none where every output is at an input. */
    List<Statistics[]> gatherBetween(List<Path> clips) throws VideoException, InterruptedException {
        return settings.time().factor() == 1
                ? Collections.nCopies(clips.size(), new Statistics[1]) : new BetweenPass(settings).read(clips);
    }

    /** Statistics of clips, one clip after another, so that each has all threads; nothing is kept on disk. */
    List<ClipStatistics> gather(List<Path> clips) throws VideoException, IOException, InterruptedException {
        return gather(clips, hash -> ClipStatistics.none(hash, settings.grid()), _ -> { });
    }

    private List<ClipStatistics> gather(
            List<Path> clips, Function<String, ClipStatistics> known, ClipPass.Snapshot keep)
            throws VideoException, IOException, InterruptedException {
        ClipPass pass = new ClipPass(
                settings.degradation(), settings.grid(), settings.step(), settings.threads(), SNAPSHOTS);
        List<ClipStatistics> all = new ArrayList<>();
        for (Path clip : clips) {
            ClipStatistics statistics = known.apply(FileHash.of(clip));
            if (!statistics.complete()) {
                try (LumaReader reader = LumaReader.open(clip, settings.grid().factor())) {
                    progress.clip(all.size() + 1, clips.size(), clip, reader.info().promisedFrames());
                }
                statistics = pass.read(clip, statistics, keep, progress::frames);
                keep.take(statistics);
            }
            all.add(statistics);
        }
        return all;
    }
}
