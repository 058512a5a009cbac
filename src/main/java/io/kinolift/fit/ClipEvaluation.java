package io.kinolift.fit;

import io.kinolift.codec.VideoException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;

/**
 * Degrades one clip, enlarges it again in several ways, and adds up the errors against the clip itself, borders
 * included.
 */
final class ClipEvaluation implements ThinnedClip.Reach {
    private final List<Enlarger> enlargers;
    private final long[] errors;
    private long samples;
    private long frames;

    ClipEvaluation(List<Enlarger> enlargers) {
        this.enlargers = enlargers;
        errors = new long[enlargers.size()];
    }

    /**
     * @param step of every {@code step} inputs, the outputs that belong to one are looked at
     * @throws VideoException if the clip cannot be read, or nothing of it can be compared
     */
    void run(Path clip, Degradation degradation, TimeScale time, int step) throws VideoException {
        new ThinnedClip(time, step, this, this::compare)
                .read(clip, degradation);
        if (frames == 0) {
            throw new VideoException(clip + ": expected more frames, found none to compare");
        }
    }

    @Override
    public long first(long output) {
        return enlargers.stream().mapToLong(enlarger -> enlarger.first(output)).min().orElseThrow();
    }

    @Override
    public long last(long output) {
        return enlargers.stream().mapToLong(enlarger -> enlarger.last(output)).max().orElseThrow();
    }

    private void compare(long output, Samples truth, NavigableMap<Long, Samples> inputs) {
        for (int i = 0; i < errors.length; i++) {
            Enlarger enlarger = enlargers.get(i);
            double[] sums = new double[truth.values().length];
            for (long input = enlarger.first(output); input <= enlarger.last(output); input++) {
                enlarger.add(output, input, ThinnedClip.clamped(inputs, input), sums);
            }
            errors[i] += Samples.rounded(sums, truth.width(), truth.height()).squaredError(truth);
        }
        samples += truth.values().length;
        frames++;
    }

    long frames() {
        return frames;
    }

    /** PSNR of luma in dB of the mean error over frames. */
    double psnr(int enlarger) {
        return SpatialFit.psnr((double) errors[enlarger] / samples);
    }
}
