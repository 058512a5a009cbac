package io.kinolift.kernel.motion;

import java.util.Arrays;

/**
 * Luma of 8 bits on the heap, at one level of a pyramid, with its edges repeated all around: blocks may lie partly or
 * wholly outside the picture.
 */
public final class LumaLevel {
    /** Samples on every side. */
    public static final int MARGIN = 40;

    public final byte[] samples;
    public final int width;
    public final int height;
    public final int stride;
    /** Where sample (0, 0) is. */
    public final int origin;

    public LumaLevel(int width, int height) {
        this.width = width;
        this.height = height;
        stride = width + 2 * MARGIN;
        origin = MARGIN * stride + MARGIN;
        samples = new byte[stride * (height + 2 * MARGIN)];
    }

    public static long heapBytes(int width, int height) {
        return (width + 2L * MARGIN) * (height + 2L * MARGIN);
    }

    public int at(int x, int y) {
        return origin + y * stride + x;
    }

    /** Repeats the edges, once the samples inside are written. */
    public void close() {
        for (int y = 0; y < height; y++) {
            int left = at(0, y);
            Arrays.fill(samples, left - MARGIN, left, samples[left]);
            int end = left + width;
            Arrays.fill(samples, end, end + MARGIN, samples[end - 1]);
        }
        for (int y = 1; y <= MARGIN; y++) {
            System.arraycopy(samples, at(-MARGIN, 0), samples, at(-MARGIN, -y), stride);
            System.arraycopy(samples, at(-MARGIN, height - 1), samples, at(-MARGIN, height - 1 + y), stride);
        }
    }

    /** Half as wide and high, rounded up: the mean of each 2x2 samples. */
    public LumaLevel half() {
        LumaLevel half = new LumaLevel((width + 1) / 2, (height + 1) / 2);
        for (int y = 0; y < half.height; y++) {
            int to = half.at(0, y);
            int from = at(0, 2 * y);
            // The margin serves where a size is odd.
            for (int x = 0; x < half.width; x++, from += 2) {
                int sum = (samples[from] & 0xFF)
                        + (samples[from + 1] & 0xFF)
                        + (samples[from + stride] & 0xFF)
                        + (samples[from + stride + 1] & 0xFF);
                half.samples[to + x] = (byte) ((sum + 2) >> 2);
            }
        }
        half.close();
        return half;
    }
}
