package io.kinolift.quality;

import java.util.ArrayList;
import java.util.List;

/** Likeness of two clips, gathered frame by frame: errors are averaged, never decibels. */
public final class ClipQuality {
    private long frames;
    private long worstFrame = -1;
    private PlaneQuality worst;
    private List<FrameQuality.Component> sums;

    /**
     * Adds the next frame.
     *
     * @throws IllegalArgumentException if it has other components than the frames before
     */
    public void add(FrameQuality frame) {
        List<FrameQuality.Component> components = frame.components();
        sums = sums == null ? components : sum(sums, components);
        PlaneQuality all = frame.all();
        if (worst == null || all.mse() > worst.mse()) {
            worst = all;
            worstFrame = frames;
        }
        frames++;
    }

    public long frames() {
        return frames;
    }

    /**
     * Means over all frames: of the squared error, from which PSNR follows, of SSIM and of GMSD.
     *
     * @throws IllegalStateException if there is no frame
     */
    public FrameQuality mean() {
        requireFrames();
        return new FrameQuality(sums.stream()
                .map(sum -> new FrameQuality.Component(
                        sum.name(), sum.samples(), sum.quality().over((double) frames)))
                .toList());
    }

    /** Index of the frame with the largest error over all components; the first of several. */
    public long worstFrame() {
        requireFrames();
        return worstFrame;
    }

    /** That frame's likeness, all components together. */
    public PlaneQuality worst() {
        requireFrames();
        return worst;
    }

    private void requireFrames() {
        if (frames == 0) {
            throw new IllegalStateException("expected at least one frame, found none");
        }
    }

    private static List<FrameQuality.Component> sum(
            List<FrameQuality.Component> sums, List<FrameQuality.Component> components) {
        List<FrameQuality.Component> result = new ArrayList<>();
        for (int i = 0; i < sums.size(); i++) {
            FrameQuality.Component sum = sums.get(i);
            if (components.size() != sums.size()
                    || !components.get(i).name().equals(sum.name())
                    || components.get(i).samples() != sum.samples()) {
                throw new IllegalArgumentException("expected frames of one format and size");
            }
            PlaneQuality next = components.get(i).quality();
            result.add(new FrameQuality.Component(
                    sum.name(), sum.samples(), sum.quality().plus(next)));
        }
        return result;
    }
}
