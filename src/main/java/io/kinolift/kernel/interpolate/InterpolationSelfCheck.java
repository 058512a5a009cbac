package io.kinolift.kernel.interpolate;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** Compares two kernels of interpolation on a few small rows, byte by byte. */
public final class InterpolationSelfCheck {
    private static final int INPUTS = 97;
    private static final int ROWS = 4;
    private static final int[] FRAME_WEIGHTS = {3, 1};

    private InterpolationSelfCheck() {}

    public static boolean agree(InterpolationKernel expected, InterpolationKernel found) {
        SplittableRandom random = new SplittableRandom(20_261_101);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rows = arena.allocate(ROWS * rowBytes(expected));
            for (int i = 0; i < ROWS * INPUTS; i++) {
                expected.samples()
                        .set(rows, 0, i, random.nextInt(expected.samples().max() + 1));
            }
            for (int factor = 2; factor <= 3; factor++) {
                for (boolean exact : new boolean[] {true, false}) {
                    MemorySegment one = row(expected, rows, factor, exact, arena);
                    if (one.mismatch(row(found, rows, factor, exact, arena)) >= 0) {
                        return false;
                    }
                }
            }
            if (found.fuses() && found.samples().areBytes()) {
                return fusedAgree(expected, found, rows, arena)
                        && CubicSelfCheck.agree(expected, found, rows, INPUTS, arena);
            }
            return !found.fuses()
                    || !ShortDoublingKernel.serves(found.samples())
                    || fusedAgree(expected, found, rows, arena);
        }
    }

    /** Rows 3/4 and 1/4 between two rows of two frames, by both fused loops. */
    private static boolean fusedAgree(
            InterpolationKernel expected, InterpolationKernel found, MemorySegment rows, Arena arena) {
        ColumnTable columns = columns(2, expected.lanes());
        TimeBlend blend = new TimeBlend(found);
        short[][] sums = {blend.row(INPUTS), blend.row(INPUTS)};
        RowInput frames = new RowInput(2);
        int units = found.samples().areBytes() ? DoublingKernel.TIME_UNITS : ShortDoublingKernel.TIME_UNITS;
        int scale = units / (FRAME_WEIGHTS[0] + FRAME_WEIGHTS[1]);
        for (int row = 0; row < 2; row++) {
            frames.clear(units);
            frames.add(rows, row * rowBytes(found), scale * FRAME_WEIGHTS[0]);
            frames.add(rows, (row + 2) * rowBytes(found), scale * FRAME_WEIGHTS[1]);
            blend.blend(frames, INPUTS, sums[row]);
        }
        long rowBytes = 2 * rowBytes(found);
        MemorySegment out = arena.allocate(3 * rowBytes);
        doubled(found, sums, out, rowBytes);
        MemorySegment one = between(expected, columns, rows, arena);
        if (one.mismatch(out.asSlice(0, rowBytes)) >= 0 || one.mismatch(out.asSlice(rowBytes, rowBytes)) >= 0) {
            return false;
        }
        EnlargingKernel enlarging = EnlargingKernel.of(found, columns);
        if (enlarging == null) {
            return true;
        }
        short[][] expanded = new short[2][enlarging.columns()];
        enlarging.expand(sums[0], expanded[0]);
        enlarging.expand(sums[1], expanded[1]);
        enlarging.blend(
                expanded[0], expanded[1], 3, 1, enlarging.division(16L * units).orElseThrow(), out, 0);
        return one.mismatch(out.asSlice(0, rowBytes)) < 0;
    }

    /** Uses the same row twice: as the upper one of two rows, and as the lower one with the two exchanged. */
    private static void doubled(InterpolationKernel kernel, short[][] sums, MemorySegment out, long rowBytes) {
        if (kernel.samples().areBytes()) {
            new DoublingKernel(kernel).rows(sums[0], sums[1], INPUTS, out, 0, 2 * rowBytes);
            DoublingKernel.twoRows(sums[1], sums[0], INPUTS, out, 2 * rowBytes, rowBytes);
            return;
        }
        ShortDoublingKernel doubling = new ShortDoublingKernel(kernel);
        short[][] expanded = new short[2][2 * INPUTS];
        doubling.expand(sums[0], INPUTS, expanded[0]);
        doubling.expand(sums[1], INPUTS, expanded[1]);
        doubling.rows(expanded[0], expanded[1], 2 * INPUTS, out, 0, 2 * rowBytes);
        doubling.rows(expanded[1], expanded[0], 2 * INPUTS, out, 2 * rowBytes, rowBytes);
    }

    /** Bytes of an input row. */
    private static long rowBytes(InterpolationKernel kernel) {
        return (long) kernel.samples().size() * INPUTS;
    }

    private static MemorySegment between(
            InterpolationKernel kernel, ColumnTable columns, MemorySegment rows, Arena arena) {
        RowInput input = new RowInput(ROWS);
        input.clear(64);
        for (int frame = 0; frame < 2; frame++) {
            input.add(rows, 2L * frame * rowBytes(kernel), 3 * FRAME_WEIGHTS[frame]);
            input.add(rows, (2 * frame + 1) * rowBytes(kernel), FRAME_WEIGHTS[frame]);
        }
        MemorySegment out = arena.allocate(2 * rowBytes(kernel));
        kernel.exact(input, columns, new RowScratch(INPUTS), out, 0);
        return out;
    }

    private static MemorySegment row(
            InterpolationKernel kernel, MemorySegment rows, int factor, boolean exact, Arena arena) {
        ColumnTable columns = columns(factor, kernel.lanes());
        RowInput input = new RowInput(ROWS);
        input.clear(16 * 2 * factor);
        for (int k = 0; k < ROWS; k++) {
            int weight = 1 + 2 * k;
            if (exact) {
                input.add(rows, k * rowBytes(kernel), weight);
            } else {
                input.add(rows, k * rowBytes(kernel), weight / 16f);
            }
        }
        MemorySegment out = arena.allocate(factor * rowBytes(kernel));
        if (exact) {
            kernel.exact(input, columns, new RowScratch(INPUTS), out, 0);
        } else {
            kernel.float32(input, columns, new RowScratch(INPUTS), out, 0);
        }
        return out;
    }

    private static ColumnTable columns(int factor, int lanes) {
        int outputs = INPUTS * factor;
        int denominator = 2 * factor;
        int[] index = new int[2 * outputs];
        int[] weight = new int[2 * outputs];
        float[] floatWeight = new float[2 * outputs];
        for (int o = 0; o < outputs; o++) {
            int x = Math.max(0, 2 * o + 1 - factor);
            index[o] = x / denominator;
            index[outputs + o] = Math.min(index[o] + 1, INPUTS - 1);
            weight[outputs + o] = x % denominator;
            weight[o] = denominator - weight[outputs + o];
            floatWeight[o] = (float) weight[o] / denominator;
            floatWeight[outputs + o] = (float) weight[outputs + o] / denominator;
        }
        return new ColumnTable(INPUTS, outputs, 2, index, weight, floatWeight, lanes);
    }
}
