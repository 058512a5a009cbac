package io.kinolift.fit;

import io.kinolift.codec.VideoException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

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
        // Sums of doubles depend on their order, which is not to be that of the clips.
        statistics.sort(Comparator.comparing(ClipStatistics::hash));
        return weights(statistics);
    }

    FittedWeights weights(List<ClipStatistics> statistics) {
        SpatialFit fit = SpatialFit.of(statistics);
        return new FittedWeights(settings, fit, SpatialFit.scores(statistics, fit.ridge()));
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
