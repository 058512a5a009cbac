package io.kinolift.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Runs two kernels on a few small rows and compares every byte: a wrong JIT must not become a wrong picture. */
final class SelfCheck {
    private static final int INPUTS = 97;
    private static final int ROWS = 4;

    private SelfCheck() {}

    static boolean agree(InterpolationKernel expected, InterpolationKernel found) {
        SplittableRandom random = new SplittableRandom(20_261_101);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rows = arena.allocate(ROWS * INPUTS);
            for (long i = 0; i < rows.byteSize(); i++) {
                rows.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
            }
            for (int factor = 2; factor <= 3; factor++) {
                for (boolean exact : new boolean[] {true, false}) {
                    MemorySegment one = row(expected, rows, factor, exact, arena);
                    if (one.mismatch(row(found, rows, factor, exact, arena)) >= 0) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    static boolean agree(ConvTransposeKernel expected, ConvTransposeKernel found) {
        return Arrays.equals(line(expected), line(found));
    }

    /** One row of two and one of three phases, so that both tiles and all ways to round are passed. */
    private static byte[] line(ConvTransposeKernel kernel) {
        SplittableRandom random = new SplittableRandom(20_261_121);
        int stride = INPUTS + kernel.slack();
        byte[] samples = new byte[INPUTS];
        random.nextBytes(samples);
        float[] rows = new float[ROWS + stride];
        kernel.widen(MemorySegment.ofArray(samples), 0, 1, INPUTS, rows, ROWS);
        byte[] line = new byte[2 * 3 * stride];
        for (int phases = 2; phases <= 3; phases++) {
            float[] weight = new float[ROWS * 2 * phases];
            for (int i = 0; i < weight.length; i++) {
                weight[i] = (float) random.nextDouble(-0.2, 0.6);
            }
            ConvTransposeTable table = new ConvTransposeTable(ROWS, weight, new float[2 * phases]);
            float[] sums = new float[table.paddedSums() * stride];
            kernel.accumulate(table, new int[] {0, 1, 2, 3}, rows, 0, INPUTS, sums, 0, stride);
            kernel.round(sums, 0, stride, phases, INPUTS, line, (phases - 2) * 3 * INPUTS);
        }
        return Arrays.copyOf(line, 2 * 3 * INPUTS);
    }

    private static MemorySegment row(
            InterpolationKernel kernel, MemorySegment rows, int factor, boolean exact, Arena arena) {
        ColumnTable columns = columns(factor, kernel.lanes());
        RowInput input = new RowInput(ROWS);
        input.clear(16 * 2 * factor);
        for (int k = 0; k < ROWS; k++) {
            int weight = 1 + 2 * k;
            if (exact) {
                input.add(rows, (long) k * INPUTS, weight);
            } else {
                input.add(rows, (long) k * INPUTS, weight / 16f);
            }
        }
        MemorySegment out = arena.allocate(columns.outputs());
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
