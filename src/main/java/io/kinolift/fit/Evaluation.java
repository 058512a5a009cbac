package io.kinolift.fit;

import io.kinolift.codec.Rescaler;
import io.kinolift.codec.VideoException;
import io.kinolift.weights.ConvTransposeGeometry;
import io.kinolift.weights.ConvTransposeWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Degrades clips, enlarges them again in several ways, and measures what is left: FFmpeg's bilinear (which is
 * trilinear, with the linear blend in time), bicubic and Lanczos, and any weights.
 *
 * @param settings the degradation, factors, and the kernel that {@code leaveOneOut} fits; every {@code step}-th frame
 *     is fitted and looked at
 * @param given weights to measure
 * @param leaveOneOut whether to measure, too, weights that are fitted on all the other clips
 */
public record Evaluation(FitSettings settings, List<Given> given, boolean leaveOneOut) {
    /** The last column's name. */
    public static final String FITTED = "fitted on others";

    /** Weights from a file. */
    public record Given(String name, ConvTransposeWeights weights, ConvTransposeGeometry geometry) {}

    /**
     * Figures of one clip.
     *
     * @param psnr of luma in dB, of each of {@link #columns()}
     */
    public record Row(Path clip, long frames, List<Double> psnr) {}

    public List<String> columns() {
        List<String> names = new ArrayList<>(List.of("trilinear", "bicubic", "lanczos"));
        given.forEach(weights -> names.add(weights.name()));
        if (leaveOneOut) {
            names.add(FITTED);
        }
        return names;
    }

    /**
     * One row per clip, in order.
     *
     * @throws VideoException if a clip cannot be read
     * @throws IllegalArgumentException if weights are not for luma or not of the factor, or there is one clip alone to
     *     leave out
     */
    public List<Row> run(List<Path> clips, Progress progress) throws VideoException, IOException, InterruptedException {
        List<FittedWeights> fitted = leaveOneOut ? fitOnOthers(clips, progress) : List.of();
        List<Future<Row>> rows = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(settings.threads())) {
            for (int i = 0; i < clips.size(); i++) {
                Path clip = clips.get(i);
                FittedWeights own = leaveOneOut ? fitted.get(i) : null;
                rows.add(threads.submit(() -> evaluate(clip, own)));
            }
        }
        List<Row> done = new ArrayList<>();
        for (Future<Row> row : rows) {
            done.add(BetweenPass.get(row));
        }
        return done;
    }

    private List<FittedWeights> fitOnOthers(List<Path> clips, Progress progress)
            throws VideoException, IOException, InterruptedException {
        if (clips.size() < 2) {
            throw new IllegalArgumentException("expected at least 2 clips to leave one out, found " + clips.size());
        }
        Fitting fitting = new Fitting(settings, progress);
        List<ClipStatistics> spatial = fitting.gather(clips);
        List<Statistics[]> between = fitting.gatherBetween(clips);
        return IntStream.range(0, clips.size())
                .mapToObj(left -> fitting.weights(without(spatial, left), without(between, left))).toList();
    }

    private static <T> List<T> without(List<T> all, int left) {
        return IntStream.range(0, all.size()).filter(i -> i != left).mapToObj(all::get).toList();
    }

    private Row evaluate(Path clip, FittedWeights own) throws VideoException {
        int factor = settings.grid().factor();
        TimeScale time = settings.time();
        int width;
        int height;
        try (LumaReader reader = LumaReader.open(clip, factor)) {
            width = reader.width() / factor;
            height = reader.height() / factor;
        }
        List<Enlarger> enlargers = new ArrayList<>();
        try {
            enlargers.add(new FfmpegEnlarger(Rescaler.Filter.BILINEAR, time, width, height, factor));
            enlargers.add(new FfmpegEnlarger(Rescaler.Filter.BICUBIC, time, width, height, factor));
            enlargers.add(new FfmpegEnlarger(Rescaler.Filter.LANCZOS, time, width, height, factor));
            given.forEach(one -> enlargers.add(new WeightsEnlarger(one.name(), one.weights(), one.geometry(), factor)));
            if (own != null) {
                enlargers.add(new WeightsEnlarger(FITTED, own.weights(), own.geometry(), factor));
            }
            ClipEvaluation evaluation = new ClipEvaluation(enlargers);
            evaluation.run(clip, settings.degradation(), time, settings.step());
            return new Row(clip, evaluation.frames(),
                    IntStream.range(0, enlargers.size()).mapToObj(evaluation::psnr).toList());
        } finally {
            enlargers.forEach(Enlarger::close);
        }
    }
}
