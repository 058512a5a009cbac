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

    /**
     * Half as wide and high, rounded up. Each sample is the mean of 6x6, with weights 1, 5, 10, 10, 5, 1 on both axes:
     * patterns that are too fine for the smaller level must not come back as coarser ones that seem to move.
     */
    public LumaLevel half(WarpKernel kernel) {
        LumaLevel half = new LumaLevel((width + 1) / 2, (height + 1) / 2);
        short[] room = new short[WarpKernel.room(half.width)];
        for (int y = 0; y < half.height; y++) {
            // The margin serves beside the picture, and where a size is odd.
            kernel.halve(samples, at(0, 2 * y), stride, half.samples, half.at(0, y), half.width, room);
        }
        half.close();
        return half;
    }
}
