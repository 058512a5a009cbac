package io.kinolift.kernel.motion;

import java.util.Arrays;

/** Samples of one component in float, with the edges repeated all around, so that blocks may lie outside. */
public final class SampleGrid {
    public static final int MARGIN = LumaLevel.MARGIN;

    public final float[] samples;
    public final int width;
    public final int height;
    public final int stride;
    public final int origin;

    public SampleGrid(int width, int height) {
        this.width = width;
        this.height = height;
        stride = width + 2 * MARGIN;
        origin = MARGIN * stride + MARGIN;
        samples = new float[stride * (height + 2 * MARGIN)];
    }

    public static long heapBytes(int width, int height) {
        return Float.BYTES * LumaLevel.heapBytes(width, height);
    }

    public int at(int x, int y) {
        return origin + y * stride + x;
    }

    /** Repeats the edges, once the samples inside are written. */
    public void close() {
        for (int y = 0; y < height; y++) {
            int left = at(0, y);
            int end = left + width;
            Arrays.fill(samples, left - MARGIN, left, samples[left]);
            Arrays.fill(samples, end, end + MARGIN, samples[end - 1]);
        }
        for (int y = 1; y <= MARGIN; y++) {
            System.arraycopy(samples, at(-MARGIN, 0), samples, at(-MARGIN, -y), stride);
            System.arraycopy(samples, at(-MARGIN, height - 1), samples, at(-MARGIN, height - 1 + y), stride);
        }
    }
}
