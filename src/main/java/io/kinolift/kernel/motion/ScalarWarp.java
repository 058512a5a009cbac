package io.kinolift.kernel.motion;

import io.kinolift.kernel.sample.SampleType;
import java.lang.foreign.MemorySegment;

/** The loops as they are defined. */
public final class ScalarWarp implements WarpKernel {
    /** Rising and falling; those half a block apart add up to 1. */
    static final float[] WINDOW = {0.125f, 0.375f, 0.625f, 0.875f, 0.875f, 0.625f, 0.375f, 0.125f};

    @Override
    public void addBlocks(
            SampleGrid a,
            int atA,
            int fractionA,
            SampleGrid b,
            int atB,
            int fractionB,
            int plain,
            BlockJoin join,
            float[] sums,
            int sumStride,
            int row,
            int column,
            int count) {
        for (int x = 0; x < count * HALF; x += HALF) {
            addBlock(a, atA + x, fractionA, b, atB + x, fractionB, plain + x, join, sums, sumStride, row, column + x);
        }
    }

    private static void addBlock(
            SampleGrid a,
            int atA,
            int fractionA,
            SampleGrid b,
            int atB,
            int fractionB,
            int plain,
            BlockJoin join,
            float[] sums,
            int sumStride,
            int row,
            int column) {
        int stride = a.stride;
        float trust = join.trustedShare - join.share;
        float tolerance = join.tolerance * join.tolerance;
        for (int y = 0; y < BLOCK; y++) {
            int to = (row + y) % RING * sumStride + column;
            int down = y * stride;
            for (int x = 0; x < BLOCK; x++) {
                float first = between(a.samples, atA + down + x, stride, fractionA);
                float second = between(b.samples, atB + down + x, stride, fractionB);
                float apart = second - first;
                float disagreement = apart - join.shift;
                float squared = disagreement * disagreement;
                float doubt = squared / (squared + tolerance);
                float made = first + apart * (join.share + doubt * trust);
                if (join.fallBack > 0) {
                    float before = a.samples[plain + down + x];
                    float blend = before + (b.samples[plain + down + x] - before) * join.share;
                    made = made + doubt * join.fallBack * (blend - made);
                }
                sums[to + x] = sums[to + x] + made * (WINDOW[y] * WINDOW[x]);
            }
        }
    }

    private static float between(float[] samples, int at, int stride, int fraction) {
        float[] across = CubicTaps.OF[fraction % MotionKernel.STEPS];
        float[] down = CubicTaps.OF[fraction / MotionKernel.STEPS];
        return across(samples, at - stride, across) * down[0]
                + across(samples, at, across) * down[1]
                + across(samples, at + stride, across) * down[2]
                + across(samples, at + 2 * stride, across) * down[3];
    }

    private static float across(float[] samples, int at, float[] taps) {
        return samples[at - 1] * taps[0]
                + samples[at] * taps[1]
                + samples[at + 1] * taps[2]
                + samples[at + 2] * taps[3];
    }

    @Override
    public void widen(SampleType samples, MemorySegment data, long offset, int step, float[] row, int at, int count) {
        for (int x = 0; x < count; x++) {
            row[at + x] = samples.get(data, offset, (long) x * step);
        }
    }

    @Override
    public void halve(byte[] samples, int at, int stride, byte[] half, int halfAt, int count, short[] room) {
        // From two samples before on.
        for (int x = 0; x < 2 * count + 4; x++) {
            int i = at - 2 + x;
            room[x] = (short) ((samples[i - 2 * stride] & 0xFF)
                    + (samples[i + 3 * stride] & 0xFF)
                    + 5 * ((samples[i - stride] & 0xFF) + (samples[i + 2 * stride] & 0xFF))
                    + 10 * ((samples[i] & 0xFF) + (samples[i + stride] & 0xFF)));
        }
        for (int x = 0; x < count; x++) {
            int i = 2 * x;
            int sum = room[i] + room[i + 5] + 5 * (room[i + 1] + room[i + 4]) + 10 * (room[i + 2] + room[i + 3]);
            half[halfAt + x] = (byte) ((sum + 512) >> 10);
        }
    }

    @Override
    public void round(SampleType samples, float[] sums, int at, int count, MemorySegment data, long offset, int step) {
        for (int x = 0; x < count; x++) {
            samples.set(data, offset, (long) x * step, samples.round(sums[at + x]));
        }
    }
}
