package io.kinolift.fit;

import io.kinolift.ffmpeg.Rescaler;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.upscale.motion.MotionOperator;
import java.nio.file.Path;
import java.util.List;

/**
 * Drops frames of clips, makes them again in several ways, and measures these alone: a linear blend, FFmpeg's {@code
 * minterpolate}, and the streaming operator that follows the motion. The filter's search for scene cuts is off: it would
 * repeat inputs. Frames beside the ends are left out, since the filter makes none there.
 *
 * @param factor one frame of this many is kept, at least 2
 * @param frames of each clip that are looked at, from its start
 * @param ffmpeg whether to measure the filter, which takes most of the time
 * @param step the made frames behind every {@code step}-th kept one are measured
 */
public record TimeEvaluation(int factor, long frames, boolean ffmpeg, int step, int threads) {
    public static final String BLEND = "blend";
    public static final String MCI = "mci";
    public static final String BEST_MCI = "mci best";
    public static final String MOTION = "motion";

    /** Of FFmpeg's filter, besides the rate. */
    public static final String MCI_OPTIONS = "mi_mode=mci:scd=none";

    public static final String BEST_MCI_OPTIONS = MCI_OPTIONS + ":mc_mode=aobmc:me_mode=bidir:vsbmc=1";

    /** @throws IllegalArgumentException if a number is too small */
    public TimeEvaluation {
        // An input, a made frame behind it, and an input on either side of both that are next to it.
        if (factor < 2 || frames < factor + 2L || step < 1 || threads < 1) {
            throw new IllegalArgumentException("expected a factor of at least 2, at least " + (Math.max(2, factor) + 2L)
                    + " frames, and a step and threads of at least 1, found " + factor + ", " + frames + ", " + step
                    + ", " + threads);
        }
    }

    public List<String> columns() {
        return ffmpeg ? List.of(BLEND, MCI, BEST_MCI, MOTION) : List.of(BLEND, MOTION);
    }

    /**
     * One row per clip, in order.
     *
     * @throws VideoException if a clip cannot be read, or is too short
     */
    public List<Evaluation.Row> run(List<Path> clips) throws VideoException, InterruptedException {
        return ClipThreads.run(clips, threads, clip -> evaluate(clips.get(clip)));
    }

    private Evaluation.Row evaluate(Path clip) throws VideoException {
        long promised;
        List<Enlarger> makers;
        TimeScale time = new TimeScale(factor, TemporalGrid.SOURCE);
        try (LumaReader reader = LumaReader.open(clip, 1)) {
            promised = reader.info().promisedFrames();
            makers = makers(time, reader.width(), reader.height());
        }
        try {
            Detail sample = Detail.ofMostError(Math.min(promised, frames) / 2);
            ClipEvaluation evaluation = new ClipEvaluation(makers, sample);
            compare(clip, time, evaluation);
            return evaluation.row(clip, sample);
        } finally {
            makers.forEach(Enlarger::close);
        }
    }

    private List<Enlarger> makers(TimeScale time, int width, int height) {
        return columns().stream()
                .<Enlarger>map(way -> switch (way) {
                    case MCI -> new MinterpolateEnlarger(MCI_OPTIONS, time, width, height);
                    case BEST_MCI -> new MinterpolateEnlarger(BEST_MCI_OPTIONS, time, width, height);
                    case MOTION -> motion().enlarger(width, height, time, 1);
                    default -> blend().enlarger(width, height, time, 1);
                })
                .toList();
    }

    private Contender motion() {
        return new Contender(MOTION, MotionOperator.of(Rational.of(factor), TemporalGrid.SOURCE));
    }

    private Contender blend() {
        return new Contender(
                BLEND,
                InterpolationOperator.of(new Interpolation(
                        Mode.TRILINEAR,
                        Rational.of(factor),
                        new SpatialTarget.Factors(Rational.ONE, Rational.ONE),
                        false,
                        TemporalGrid.SOURCE)));
    }

    private void compare(Path clip, TimeScale time, ClipEvaluation evaluation) throws VideoException {
        Degradation none = new Degradation(Rescaler.Filter.AREA, 1, 0);
        // The same frames are measured with the filter and without.
        ThinnedClip.Reach reach = MinterpolateEnlarger.reach(time);
        try (ThinnedClip thinned = ThinnedClip.open(clip, none, time, step, reach)) {
            for (ThinnedClip.Output next = thinned.next(); next != null; next = thinned.next()) {
                try (Picture truth = next.truth()) {
                    long output = next.index();
                    InputFrames inputs = thinned.inputs();
                    if (output >= frames) {
                        break;
                    }
                    boolean isMade = time.first(output) != time.last(output);
                    if (isMade && reach.first(output) >= inputs.first() && reach.last(output) <= inputs.last()) {
                        evaluation.compare(output, truth, inputs);
                    }
                }
            }
            if (evaluation.frames() == 0) {
                throw new VideoException(clip + ": expected at least " + (3L * factor + 1)
                        + " frames to make some of them again, found " + thinned.framesRead());
            }
        }
    }
}
