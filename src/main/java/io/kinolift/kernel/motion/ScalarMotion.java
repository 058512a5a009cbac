package io.kinolift.kernel.motion;

/** The loops as they are defined. */
public final class ScalarMotion implements MotionKernel {
    @Override
    public void differences(
            byte[] a,
            int atA,
            int fractionA,
            byte[] b,
            int atB,
            int fractionB,
            int stride,
            int count,
            short[] room,
            int[] differences,
            int to) {
        for (int i = 0; i < count; i++) {
            int x = BLOCK / 2 * i;
            differences[to + i] = difference(a, atA + x, fractionA, b, atB + x, fractionB, stride);
        }
    }

    @Override
    public int together(boolean onWholeSamples) {
        return 1;
    }

    @Override
    public int difference(byte[] a, int atA, byte[] b, int atB, int stride) {
        int sum = 0;
        for (int y = 0; y < BLOCK; y++) {
            for (int x = 0; x < BLOCK; x++) {
                sum += Math.abs((a[atA + x] & 0xFF) - (b[atB + x] & 0xFF));
            }
            atA += stride;
            atB += stride;
        }
        return sum;
    }

    @Override
    public int difference(byte[] a, int atA, int fractionA, byte[] b, int atB, int fractionB, int stride) {
        int sum = 0;
        for (int y = 0; y < BLOCK; y++) {
            for (int x = 0; x < BLOCK; x++) {
                sum += Math.abs(between(a, atA + x, fractionA, stride) - between(b, atB + x, fractionB, stride));
            }
            atA += stride;
            atB += stride;
        }
        return sum;
    }

    @Override
    public void slopes(byte[] a, int atA, int fractionA, byte[] b, int atB, int fractionB, int stride, SlopeSums sums) {
        int xx = 0;
        int xy = 0;
        int yy = 0;
        int xd = 0;
        int yd = 0;
        for (int y = 0; y < BLOCK; y++) {
            for (int x = 0; x < BLOCK; x++) {
                int i = atA + x;
                int k = atB + x;
                int gx = between(a, i + 1, fractionA, stride)
                        + between(b, k + 1, fractionB, stride)
                        - between(a, i - 1, fractionA, stride)
                        - between(b, k - 1, fractionB, stride);
                int gy = between(a, i + stride, fractionA, stride)
                        + between(b, k + stride, fractionB, stride)
                        - between(a, i - stride, fractionA, stride)
                        - between(b, k - stride, fractionB, stride);
                int d = between(b, k, fractionB, stride) - between(a, i, fractionA, stride);
                xx += gx * gx;
                xy += gx * gy;
                yy += gy * gy;
                xd += gx * d;
                yd += gy * d;
            }
            atA += stride;
            atB += stride;
        }
        sums.xx = xx;
        sums.xy = xy;
        sums.yy = yy;
        sums.xd = xd;
        sums.yd = yd;
    }

    /** In quarter steps. */
    private static int between(byte[] samples, int at, int fraction, int stride) {
        int fx = fraction % STEPS;
        int fy = fraction / STEPS;
        int top = (samples[at] & 0xFF) * (STEPS - fx) + (samples[at + 1] & 0xFF) * fx;
        int bottom = (samples[at + stride] & 0xFF) * (STEPS - fx) + (samples[at + stride + 1] & 0xFF) * fx;
        return (top * (STEPS - fy) + bottom * fy + 32) >> 6;
    }

    @Override
    public void countStillEdges(byte[] a, byte[] b, int at, int count, int[] around, byte[] counts) {
        countStillEdges(a, b, at, 0, count, around, counts);
    }

    /** Of samples from (inclusive) to (exclusive) after {@code at}. */
    void countStillEdges(byte[] a, byte[] b, int at, int from, int to, int[] around, byte[] counts) {
        for (int x = from; x < to; x++) {
            int i = at + x;
            if (Math.abs((a[i] & 0xFF) - (b[i] & 0xFF)) <= SAME && isEdge(a, b, i, around)) {
                counts[x]++;
            }
        }
    }

    private static boolean isEdge(byte[] a, byte[] b, int at, int[] around) {
        for (int away : around) {
            if (isEdge(a, b, at, away)) {
                return true;
            }
        }
        return false;
    }

    /** Whether both pictures rise, or both fall, from a sample to another. */
    private static boolean isEdge(byte[] a, byte[] b, int at, int away) {
        int riseA = (a[at + away] & 0xFF) - (a[at] & 0xFF);
        int riseB = (b[at + away] & 0xFF) - (b[at] & 0xFF);
        return (riseA >= EDGE && riseB >= EDGE) || (riseA <= -EDGE && riseB <= -EDGE);
    }
}
