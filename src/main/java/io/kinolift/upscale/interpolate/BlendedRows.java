package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Plane;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.kernel.interpolate.RowInput;
import io.kinolift.kernel.interpolate.TimeBlend;

/**
 * Input rows blended in time. It keeps the last two, so each is made once on the way down a picture. One thread at a
 * time.
 */
final class BlendedRows {
    private static final int NONE = -1;

    private final TimeBlend blend;
    private final RowInput frames = new RowInput(2);
    private final short[][] sums;
    private final int[] held = {NONE, NONE};
    private Plane earlier;
    private Plane later;
    private TimeTaps time;
    private int units;

    /** @param longestRow samples of the longest input row */
    BlendedRows(InterpolationKernel kernel, int longestRow) {
        blend = new TimeBlend(kernel);
        sums = new short[][] {blend.row(longestRow), blend.row(longestRow)};
    }

    /**
     * Begins a plane of a pair of pictures.
     *
     * @param timeUnits total of the two pictures' weights: a multiple of the taps' denominator
     */
    void begin(int plane, TimeTaps taps, int timeUnits) {
        time = taps;
        units = timeUnits;
        earlier = taps.earlier().plane(plane);
        later = taps.later() == null ? null : taps.later().plane(plane);
        held[0] = NONE;
        held[1] = NONE;
    }

    /** The row stays valid until the row after the next is requested. */
    short[] row(int row) {
        int slot = row & 1;
        if (held[slot] != row) {
            int scale = (int) (units / time.denominator());
            frames.clear(0);
            frames.add(earlier.data(), row * earlier.stride(), scale * (int) time.weight(0));
            if (later != null) {
                frames.add(later.data(), row * later.stride(), scale * (int) time.weight(1));
            }
            blend.blend(frames, earlier.rowSamples(), sums[slot]);
            held[slot] = row;
        }
        return sums[slot];
    }

    /** Samples of a row. */
    int samples() {
        return earlier.rowSamples();
    }

    /** The row, or the nearest one inside the picture. */
    int within(int row) {
        return Math.clamp(row, 0, earlier.height() - 1);
    }

    /** Drops the pictures, so that an idle workspace keeps none reachable. */
    void release() {
        frames.release();
        earlier = null;
        later = null;
        time = null;
    }
}
