package io.kinolift.kernel.motion;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Compares two kernels of block motion on a few blocks. */
public final class MotionSelfCheck {
    private static final int SIZE = 24;
    private static final int BLOCKS = 32;
    /** Samples of a row: vectors of any width, and some that are left. */
    private static final int EDGES = 3 * 64 + 5;

    /** Blocks of a row that are compared together. */
    private static final int BESIDE_EACH_OTHER = 37;
    /** Blocks that move alike, at most. */
    private static final int BESIDE = 6;

    private static final int SUMS = 40;
    private static final int STEPS = MotionKernel.STEPS;

    private MotionSelfCheck() {}

    public static boolean agree(MotionKernel expected, MotionKernel found) {
        return Arrays.equals(differences(expected), differences(found));
    }

    public static boolean agree(WarpKernel expected, WarpKernel found) {
        return Arrays.equals(sums(expected), sums(found)) && Arrays.equals(half(expected), half(found));
    }

    private static int[] differences(MotionKernel kernel) {
        SplittableRandom random = new SplittableRandom(20_261_128);
        byte[] a = new byte[SIZE * SIZE];
        byte[] b = new byte[SIZE * SIZE];
        random.nextBytes(a);
        random.nextBytes(b);
        int[] found = new int[7 * BLOCKS + EDGES + 2 * BESIDE_EACH_OTHER];
        SlopeSums sums = new SlopeSums();
        for (int block = 0; block < BLOCKS; block++) {
            int atA = at(random);
            int atB = at(random);
            int fractionA = random.nextInt(STEPS * STEPS);
            int fractionB = random.nextInt(STEPS * STEPS);
            found[7 * block] = kernel.difference(a, atA, b, atB, SIZE);
            found[7 * block + 1] = kernel.difference(a, atA, fractionA, b, atB, fractionB, SIZE);
            kernel.slopes(a, atA, fractionA, b, atB, fractionB, SIZE, sums);
            found[7 * block + 2] = sums.xx;
            found[7 * block + 3] = sums.xy;
            found[7 * block + 4] = sums.yy;
            found[7 * block + 5] = sums.xd;
            found[7 * block + 6] = sums.yd;
        }
        byte[] edges = stillEdges(kernel, random);
        for (int i = 0; i < EDGES; i++) {
            found[7 * BLOCKS + i] = edges[i];
        }
        besideEachOther(kernel, random, found, 7 * BLOCKS + EDGES);
        return found;
    }

    /** On whole samples and between them. */
    private static void besideEachOther(MotionKernel kernel, SplittableRandom random, int[] found, int to) {
        int count = BESIDE_EACH_OTHER;
        LumaLevel a = new LumaLevel(4 * count, 8);
        LumaLevel b = new LumaLevel(4 * count, 8);
        random.nextBytes(a.samples);
        random.nextBytes(b.samples);
        short[] room = new short[MotionKernel.room(count)];
        int atA = a.at(-2, -2);
        int atB = b.at(3, 1);
        kernel.differences(a.samples, atA, 0, b.samples, atB, 0, a.stride, count, room, found, to);
        int fractionA = random.nextInt(1, STEPS * STEPS);
        int fractionB = random.nextInt(STEPS * STEPS);
        kernel.differences(
                a.samples, atA, fractionA, b.samples, atB, fractionB, a.stride, count, room, found, to + count);
    }

    /** Of two rows that differ by a little, or in few samples by much. */
    private static byte[] stillEdges(MotionKernel kernel, SplittableRandom random) {
        int stride = EDGES + 4;
        byte[] a = new byte[5 * stride];
        random.nextBytes(a);
        byte[] b = a.clone();
        for (int i = 0; i < b.length; i++) {
            b[i] += (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : random.nextInt(9) - 4);
        }
        byte[] counts = new byte[EDGES];
        int at = 2 * stride + 2;
        kernel.countStillEdges(a, b, at, EDGES, new int[] {2, -2}, counts);
        kernel.countStillEdges(a, b, at, EDGES, new int[] {2 * stride, -2 * stride}, counts);
        kernel.countStillEdges(a, b, at, EDGES, new int[] {2, -2, 2 * stride, -2 * stride}, counts);
        return counts;
    }

    /** The first sample of a block that has room around it. */
    private static int at(SplittableRandom random) {
        int room = SIZE - MotionKernel.BLOCK - 4;
        return (2 + random.nextInt(room)) * SIZE + 2 + random.nextInt(room);
    }

    private static float[] sums(WarpKernel kernel) {
        SplittableRandom random = new SplittableRandom(20_261_129);
        SampleGrid a = grid(random);
        SampleGrid b = grid(random);
        BlockJoin join = new BlockJoin();
        float[] sums = new float[WarpKernel.RING * SUMS];
        for (int block = 0; block < BLOCKS; block++) {
            join.share = random.nextInt(8) / 8f;
            join.trustedShare = random.nextInt(8) / 8f;
            join.fallBack = block % 2 * random.nextInt(8) / 8f;
            join.shift = random.nextInt(3);
            join.tolerance = 8;
            boolean whole = block % 4 < 2;
            int count = 1 + random.nextInt(BESIDE);
            kernel.addBlocks(
                    a,
                    a.at(random.nextInt(SIZE), random.nextInt(SIZE)),
                    whole ? 0 : random.nextInt(STEPS * STEPS),
                    b,
                    a.at(random.nextInt(SIZE), random.nextInt(SIZE)),
                    whole ? 0 : random.nextInt(STEPS * STEPS),
                    a.at(random.nextInt(SIZE), random.nextInt(SIZE)),
                    join,
                    sums,
                    SUMS,
                    random.nextInt(WarpKernel.RING),
                    random.nextInt(SUMS - (count + 1) * WarpKernel.HALF + 1),
                    count);
        }
        return sums;
    }

    private static byte[] half(WarpKernel kernel) {
        LumaLevel level = new LumaLevel(2 * EDGES - 1, 41);
        new SplittableRandom(20_261_130).nextBytes(level.samples);
        return level.half(kernel).samples;
    }

    private static SampleGrid grid(SplittableRandom random) {
        SampleGrid grid = new SampleGrid(SIZE, SIZE);
        for (int i = 0; i < grid.samples.length; i++) {
            grid.samples[i] = random.nextInt(256);
        }
        return grid;
    }
}
