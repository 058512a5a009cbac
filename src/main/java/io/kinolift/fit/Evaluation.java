package io.kinolift.fit;

import io.kinolift.ffmpeg.Rescaler;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import io.kinolift.quality.PlaneQuality;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.weights.AdaptiveWeights;
import io.kinolift.weights.ShippedWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Degrades clips, enlarges them again in several ways, and measures the results: trilinear, FFmpeg's bicubic and
 * Lanczos with a linear blend in time, the weights that come with Kinolift, and any others. All but FFmpeg's are
 * streaming operators.
 *
 * @param settings the degradation, factors, and the kernel that {@code leaveOneOut} fits; every {@code step}-th frame
 *     is fitted and measured
 * @param given other weights to measure
 * @param leaveOneOut whether to also measure weights that are fitted on all other clips
 * @param adaptive whether to also measure adaptive weights that are fitted this way
 */
public record Evaluation(FitSettings settings, List<Contender> given, boolean leaveOneOut, boolean adaptive) {
    public static final String TRILINEAR = "trilinear";
    public static final String SHIPPED = "shipped";
    public static final String ADAPTIVE = "adaptive";
    public static final String FITTED = "fitted on others";
    public static final String ADAPTIVE_FITTED = "adaptive on others";

    /**
     * Figures of one clip.
     *
     * @param quality of luma, of each of {@link #columns()}
     * @param brightness the largest difference between a picture's mean and trilinear's, in sample steps, of each
     *     column
     * @param sample a detail of one frame in the footage, then of each column
     */
    public record Row(Path clip, long frames, List<PlaneQuality> quality, List<Double> brightness, Detail sample) {}

    public List<String> columns() {
        List<String> names = new ArrayList<>(List.of(TRILINEAR, "bicubic", "lanczos"));
        shipped().forEach(shipped -> names.add(shipped.name()));
        given.forEach(contender -> names.add(contender.name()));
        if (leaveOneOut) {
            names.add(FITTED);
        }
        if (leaveOneOut && adaptive) {
            names.add(ADAPTIVE_FITTED);
        }
        return names;
    }

    /** The weights that come with Kinolift for these factors. */
    private List<Contender> shipped() {
        int factor = settings.grid().factor();
        boolean source = settings.time().grid() == TemporalGrid.SOURCE;
        int[] factors = {settings.time().factor(), factor, factor};
        List<Contender> shipped = new ArrayList<>();
        ShippedWeights.find(factors, source)
                .map(ShippedWeights::load)
                .map(layer ->
                        Contender.of(SHIPPED, layer.weights(), layer.geometry().orElseThrow(), layer.metadata()))
                .ifPresent(shipped::add);
        if (Arrays.equals(factors, AdaptiveWeights.shippedFactors())) {
            shipped.add(Contender.of(ADAPTIVE, AdaptiveWeights.shipped()));
        }
        return shipped;
    }

    private Contender trilinear() {
        Rational factor = Rational.of(settings.grid().factor());
        return new Contender(
                TRILINEAR,
                InterpolationOperator.of(new Interpolation(
                        Mode.TRILINEAR,
                        Rational.of(settings.time().factor()),
                        new SpatialTarget.Factors(factor, factor),
                        false,
                        settings.time().grid())));
    }

    /**
     * One row per clip, in order.
     *
     * @throws VideoException if a clip cannot be read
     * @throws IllegalArgumentException if weights are not for luma or not of the factor, or there is one clip alone to
     *     leave out
     */
    public List<Row> run(List<Path> clips, Progress progress) throws VideoException, IOException, InterruptedException {
        List<List<Contender>> fitted = leaveOneOut ? fitOnOthers(clips, progress) : List.of();
        return ClipThreads.run(
                clips,
                settings.threads(),
                clip -> evaluate(clips.get(clip), leaveOneOut ? fitted.get(clip) : List.of()));
    }

    private List<List<Contender>> fitOnOthers(List<Path> clips, Progress progress)
            throws VideoException, IOException, InterruptedException {
        if (clips.size() < 2) {
            throw new IllegalArgumentException("expected at least 2 clips to leave one out, found " + clips.size());
        }
        Fitting fitting = new Fitting(settings, progress);
        List<Footage> footage = Footage.of(clips);
        List<ClassStatistics> classes = adaptive ? fitting.gatherClasses(footage, SumsStore.NONE) : List.of();
        List<ClipStatistics> spatial = adaptive
                ? classes.stream().map(ClassStatistics::withoutClasses).toList()
                : fitting.gatherFrames(footage, SumsStore.NONE);
        List<Statistics[]> between = fitting.gatherBetween(footage, SumsStore.NONE);
        List<List<Contender>> fitted = new ArrayList<>();
        for (int left = 0; left < clips.size(); left++) {
            FittedWeights weights = fitting.weights(without(spatial, left), without(between, left));
            List<Contender> contenders = new ArrayList<>();
            contenders.add(Contender.of(FITTED, weights.weights(), weights.geometry(), weights.metadata()));
            if (adaptive) {
                contenders.add(Contender.of(
                        ADAPTIVE_FITTED,
                        new FittedBank(settings, BankFit.withoutScores(without(classes, left))).weights()));
            }
            fitted.add(contenders);
        }
        return fitted;
    }

    private static <T> List<T> without(List<T> all, int left) {
        return IntStream.range(0, all.size())
                .filter(i -> i != left)
                .mapToObj(all::get)
                .toList();
    }

    private Row evaluate(Path clip, List<Contender> own) throws VideoException {
        int factor = settings.grid().factor();
        TimeScale time = settings.time();
        int width;
        int height;
        long expectedFrames;
        try (LumaReader reader = LumaReader.open(clip, factor)) {
            width = reader.width() / factor;
            height = reader.height() / factor;
            expectedFrames = reader.info().promisedFrames();
        }
        List<Contender> operators = new ArrayList<>(shipped());
        operators.addAll(given);
        operators.addAll(own);
        List<Enlarger> enlargers = new ArrayList<>();
        try {
            enlargers.add(trilinear().enlarger(width, height, time, factor));
            enlargers.add(new FfmpegEnlarger(Rescaler.Filter.BICUBIC, time, width, height, factor));
            enlargers.add(new FfmpegEnlarger(Rescaler.Filter.LANCZOS, time, width, height, factor));
            operators.forEach(one -> enlargers.add(one.enlarger(width, height, time, factor)));
            // The middle of the clip; where outputs lie between inputs, one of those.
            long middle = expectedFrames / time.keptEvery() / 2;
            Detail sample = Detail.ofMostDetail(middle * time.factor() + time.factor() / 2);
            ClipEvaluation evaluation = new ClipEvaluation(enlargers, sample);
            evaluation.run(clip, settings.degradation(), time, settings.step());
            return evaluation.row(clip, sample);
        } finally {
            enlargers.forEach(Enlarger::close);
        }
    }
}
