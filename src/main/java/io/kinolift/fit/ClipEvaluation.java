package io.kinolift.fit;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.VideoException;
import io.kinolift.frame.Picture;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;

/**
 * Degrades one clip, enlarges it again in several ways, and adds up the errors against the clip itself, borders
 * included. Holds as many pictures as the enlargers reach, whatever the clip's length.
 */
final class ClipEvaluation {
    private final TimeScale time;
    private final int step;
    private final List<Enlarger> enlargers;
    private final long[] errors;
    private final Deque<Truth> truths = new ArrayDeque<>();
    private final TreeMap<Long, Samples> inputs = new TreeMap<>();
    private long samples;
    private long frames;

    private record Truth(long output, Samples picture) {}

    /** @param step every {@code step}-th output is looked at */
    ClipEvaluation(TimeScale time, int step, List<Enlarger> enlargers) {
        this.time = time;
        this.step = step;
        this.enlargers = enlargers;
        errors = new long[enlargers.size()];
    }

    /** @throws VideoException if the clip cannot be read, or nothing of it can be compared */
    void run(Path clip, Degradation degradation) throws VideoException {
        try (LumaReader reader = LumaReader.open(clip, degradation.factor());
                Degrader degrader = new Degrader(degradation, reader.width(), reader.height())) {
            long frame = 0;
            for (Picture next = reader.next(); next != null; next = reader.next(), frame++) {
                try (Picture large = next) {
                    add(frame, large, degrader);
                }
            }
            while (!truths.isEmpty()) {
                compare(truths.remove());
            }
        } catch (FrameCodecException e) {
            throw new VideoException(clip + ": " + e.getMessage());
        }
        if (frames == 0) {
            throw new VideoException(clip + ": expected more frames, found none to compare");
        }
    }

    private void add(long frame, Picture large, Degrader degrader) throws FrameCodecException {
        if (frame % time.keptEvery() == 0) {
            try (Picture small = degrader.apply(large)) {
                inputs.put(frame / time.keptEvery(), Samples.of(small.plane(0)));
            }
        }
        long output = time.outputOf(frame);
        if (output >= 0 && output % step == 0) {
            truths.add(new Truth(output, Samples.of(large.plane(0))));
        }
        while (!truths.isEmpty() && last(truths.peek().output) <= inputs.lastKey()) {
            compare(truths.remove());
        }
        long needed = truths.isEmpty() ? first(output + 1) : first(truths.peek().output);
        inputs.headMap(Math.min(needed, inputs.lastKey())).clear();
    }

    private long first(long output) {
        return enlargers.stream().mapToLong(enlarger -> enlarger.firstInput(output)).min().orElseThrow();
    }

    private long last(long output) {
        return enlargers.stream().mapToLong(enlarger -> enlarger.lastInput(output)).max().orElseThrow();
    }

    private void compare(Truth truth) {
        for (int i = 0; i < errors.length; i++) {
            errors[i] += enlarge(enlargers.get(i), truth).squaredError(truth.picture);
        }
        samples += truth.picture.values().length;
        frames++;
    }

    private Samples enlarge(Enlarger enlarger, Truth truth) {
        double[] sums = new double[truth.picture.values().length];
        for (long input = enlarger.firstInput(truth.output); input <= enlarger.lastInput(truth.output); input++) {
            long nearest = Math.clamp(input, inputs.firstKey(), inputs.lastKey());
            enlarger.add(truth.output, input, inputs.get(nearest), sums);
        }
        return Samples.rounded(sums, truth.picture.width(), truth.picture.height());
    }

    long frames() {
        return frames;
    }

    /** PSNR of luma in dB of the mean error over frames. */
    double psnr(int enlarger) {
        return SpatialFit.psnr((double) errors[enlarger] / samples);
    }
}
