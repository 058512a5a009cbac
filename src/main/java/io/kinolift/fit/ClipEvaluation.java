package io.kinolift.fit;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.quality.PlaneQuality;
import io.kinolift.upscale.InputFrames;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Degrades one clip, enlarges it again in several ways, and measures each against the clip itself, borders included.
 */
final class ClipEvaluation implements ThinnedClip.Reach {
    private final List<Enlarger> enlargers;
    private final PlaneQuality[] sums;
    /** The largest difference between a picture's mean and that of the first enlarger, in sample steps. */
    private final double[] brightness;

    private final Shown shown;
    private long frames;

    /** Takes one output from each enlarger, and the original frame, which it must not keep. */
    interface Shown {
        void show(long output, Picture truth, List<Picture> made);
    }

    ClipEvaluation(List<Enlarger> enlargers, Shown shown) {
        this.enlargers = enlargers;
        this.shown = shown;
        sums = new PlaneQuality[enlargers.size()];
        brightness = new double[enlargers.size()];
        Arrays.fill(sums, new PlaneQuality(0, 0, 0, 0));
    }

    /**
     * @param step measures the outputs of every {@code step}-th input
     * @throws VideoException if the clip cannot be read, or nothing of it can be compared
     */
    void run(Path clip, Degradation degradation, TimeScale time, int step) throws VideoException {
        try (ThinnedClip thinned = ThinnedClip.open(clip, degradation, time, step, this)) {
            for (ThinnedClip.Output next = thinned.next(); next != null; next = thinned.next()) {
                try (Picture truth = next.truth()) {
                    compare(next.index(), truth, thinned.inputs());
                }
            }
        }
        if (frames == 0) {
            throw new VideoException(clip + ": expected more frames, found none to compare");
        }
    }

    @Override
    public long first(long output) {
        return enlargers.stream()
                .mapToLong(enlarger -> enlarger.first(output))
                .min()
                .orElseThrow();
    }

    @Override
    public long last(long output) {
        return enlargers.stream()
                .mapToLong(enlarger -> enlarger.last(output))
                .max()
                .orElseThrow();
    }

    void compare(long output, Picture truth, InputFrames inputs) {
        Picture[] made = new Picture[sums.length];
        try {
            for (int i = 0; i < made.length; i++) {
                made[i] = enlargers.get(i).enlarge(output, inputs);
                brightness[i] = Math.max(brightness[i], Math.abs(mean(made[i]) - mean(made[0])));
                sums[i] = sums[i].plus(PlaneQuality.measure(
                        truth.plane(0), made[i].plane(0), 0, truth.format().maxSample()));
            }
            shown.show(output, truth, List.of(made));
        } finally {
            Stream.of(made).filter(picture -> picture != null).forEach(Picture::close);
        }
        frames++;
    }

    long frames() {
        return frames;
    }

    /** Of luma, the mean over frames. */
    PlaneQuality quality(int enlarger) {
        return sums[enlarger].over((double) frames);
    }

    /** Everything measured. */
    Evaluation.Row row(Path clip, Detail sample) {
        return new Evaluation.Row(
                clip,
                frames,
                IntStream.range(0, sums.length).mapToObj(this::quality).toList(),
                Arrays.stream(brightness).boxed().toList(),
                sample);
    }

    private static double mean(Picture picture) {
        Plane plane = picture.plane(0);
        long sum = 0;
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                sum += plane.data().get(ValueLayout.JAVA_BYTE, y * plane.stride() + x) & 0xff;
            }
        }
        return (double) sum / plane.width() / plane.height();
    }
}
