package io.kinolift.fit;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.upscale.adapt.FilterBank;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
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
     * Fits weights to clips.
     *
     * @param clips in any order: the result is the same
     * @param partial keeps the sums until the caller deletes it
     * @param resume whether to go on from {@code partial}, if it is there
     * @throws VideoException if a clip cannot be read
     * @throws IOException if {@code partial} cannot be read or written, or is of other settings or footage
     * @throws IllegalArgumentException if the footage does not determine the weights
     */
    public FittedWeights run(List<Path> clips, Path partial, boolean resume)
            throws VideoException, IOException, InterruptedException {
        List<Footage> footage = Footage.of(clips);
        SumsStore store = store(partial, resume, false, footage);
        List<ClipStatistics> frames = gatherFrames(footage, store);
        List<Statistics[]> between = gatherBetween(footage, store);
        List<Integer> order = IntStream.range(0, footage.size())
                .boxed()
                .sorted(Comparator.comparing(i -> footage.get(i).hash()))
                .toList();
        // Sums of doubles depend on their order, which must not depend on the order of the clips.
        return weights(
                order.stream().map(frames::get).toList(),
                order.stream().map(between::get).toList());
    }

    /**
     * Fits a bank of kernels to clips; as {@link #run}.
     *
     * @throws IllegalArgumentException if the settings are for other factors or another kernel than banks have
     */
    public FittedBank runAdaptive(List<Path> clips, Path partial, boolean resume)
            throws VideoException, IOException, InterruptedException {
        requireFactorsOfBanks();
        List<Footage> footage = Footage.of(clips);
        return new FittedBank(
                settings,
                BankFit.of(gatherClasses(footage, store(partial, resume, true, footage)).stream()
                        .sorted(Comparator.comparing(ClassStatistics::hash))
                        .toList()));
    }

    private SumsStore store(Path partial, boolean resume, boolean adaptive, List<Footage> footage) throws IOException {
        String key = settings.partialKey(adaptive);
        return resume
                ? StatisticsFile.resume(partial, key, settings.grid(), footage)
                : StatisticsFile.empty(partial, key);
    }

    private void requireFactorsOfBanks() {
        if (settings.time().factor() != 1
                || settings.grid().factor() != FilterBank.FACTOR
                || settings.grid().kernel() != FilterBank.KERNEL) {
            throw new IllegalArgumentException("expected scale factor 1," + FilterBank.FACTOR + "," + FilterBank.FACTOR
                    + " and kernel " + FilterBank.KERNEL + " for adaptive weights, found "
                    + settings.time().factor() + ","
                    + settings.grid().factor() + "," + settings.grid().factor() + " and "
                    + settings.grid().kernel());
        }
    }

    /** @param between per clip what {@link #gatherBetween} gives */
    FittedWeights weights(List<ClipStatistics> clips, List<Statistics[]> between) {
        SpatialFit fit = SpatialFit.of(clips);
        double[][] spatial = new double[settings.time().factor()][];
        for (int phase = 0; phase < spatial.length; phase++) {
            spatial[phase] = settings.time().passesThrough(phase) ? fit.kernel() : betweenKernel(phase, between, fit);
        }
        return new FittedWeights(settings, fit, spatial, SpatialFit.scores(clips, fit.ridge()));
    }

    /** For footage that is too short, outputs between inputs get the kernel of those at inputs. */
    private double[] betweenKernel(int phase, List<Statistics[]> between, SpatialFit fit) {
        int shared = Math.min(phase, settings.time().mirror(phase));
        List<Statistics> clips = between.stream().map(clip -> clip[shared]).toList();
        return clips.stream().allMatch(clip -> clip.count == 0) ? fit.kernel() : BetweenFit.solve(clips, fit.ridge());
    }

    /** Statistics of every class of samples, for each clip. */
    List<ClassStatistics> gatherClasses(List<Footage> footage, SumsStore store)
            throws VideoException, IOException, InterruptedException {
        requireFactorsOfBanks();
        return gather(FramePass.forClasses(settings, SNAPSHOTS), footage, store).stream()
                .map(ClassStatistics::of)
                .toList();
    }

    /** Statistics for one kernel, for each clip. */
    List<ClipStatistics> gatherFrames(List<Footage> footage, SumsStore store)
            throws VideoException, IOException, InterruptedException {
        return gather(FramePass.forOneKernel(settings, SNAPSHOTS), footage, store).stream()
                .map(ClipStatistics::of)
                .toList();
    }

    /** Statistics of the frames between inputs, per phase, for each clip; none where every output is at an input. */
    List<Statistics[]> gatherBetween(List<Footage> footage, SumsStore store)
            throws VideoException, IOException, InterruptedException {
        return settings.time().factor() == 1
                ? Collections.nCopies(footage.size(), new Statistics[0])
                : gather(new BetweenPass(settings, SNAPSHOTS), footage, store).stream()
                        .map(ClipSums::sums)
                        .toList();
    }

    /** One clip after another, so that each has all threads. */
    private List<ClipSums> gather(ClipPass pass, List<Footage> footage, SumsStore store)
            throws VideoException, IOException, InterruptedException {
        List<ClipSums> all = new ArrayList<>();
        for (Footage clip : footage) {
            ClipSums sums = store.get(pass.title(), clip.hash());
            if (!sums.complete()) {
                try (LumaReader reader =
                        LumaReader.open(clip.file(), settings.grid().factor())) {
                    progress.clip(
                            pass.title(),
                            all.size() + 1,
                            footage.size(),
                            clip.file(),
                            reader.info().promisedFrames());
                }
                sums = pass.read(clip.file(), sums, soFar -> store.put(pass.title(), soFar), progress::frames);
                store.put(pass.title(), sums);
            }
            all.add(sums);
        }
        return all;
    }
}
