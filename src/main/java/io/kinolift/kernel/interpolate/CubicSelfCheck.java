package io.kinolift.kernel.interpolate;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@link InterpolationSelfCheck} of {@link CubicDoublingKernel}. */
final class CubicSelfCheck {
    private static final int TAPS = 4;
    private static final int FRAMES = 2;
    private static final float[] WEIGHTS = {-9f / 256, 67f / 256, 225f / 256, -27f / 256};

    private CubicSelfCheck() {}

    /** @param rows noise, at least {@link #TAPS} times as many bytes as {@code inputs} */
    static boolean agree(
            InterpolationKernel expected, InterpolationKernel found, MemorySegment rows, int inputs, Arena arena) {
        CubicDoublingKernel kernel = new CubicDoublingKernel(found);
        TimeBlend blend = new TimeBlend(found);
        RowInput frames = new RowInput(FRAMES);
        float[][] around = new float[TAPS][];
        for (int tap = 0; tap < TAPS; tap++) {
            // The later frame is the same one upside down.
            frames.clear(TAPS);
            frames.add(rows, (long) tap * inputs, 3);
            frames.add(rows, (TAPS - 1L - tap) * inputs, 1);
            short[] sums = blend.row(inputs);
            blend.blend(frames, inputs, sums);
            around[tap] = kernel.row(inputs);
            kernel.split(sums, inputs, around[tap]);
        }
        float[] upper = kernel.row(inputs);
        float[] lower = kernel.row(inputs);
        kernel.blend(around, inputs, TAPS, upper, lower);
        MemorySegment out = arena.allocate(4L * inputs);
        kernel.expand(upper, inputs, out, 0);
        kernel.expand(lower, inputs, out, 2L * inputs);
        return definition(expected, rows, inputs, arena).mismatch(out) < 0;
    }

    private static MemorySegment definition(InterpolationKernel kernel, MemorySegment rows, int inputs, Arena arena) {
        ColumnTable columns = columns(inputs, kernel.lanes());
        RowScratch scratch = new RowScratch(inputs);
        MemorySegment out = arena.allocate(4L * inputs);
        for (int lower = 0; lower < 2; lower++) {
            RowInput input = new RowInput(FRAMES * TAPS);
            for (int frame = 0; frame < FRAMES; frame++) {
                for (int tap = 0; tap < TAPS; tap++) {
                    float weight = WEIGHTS[lower == 1 ? tap : TAPS - 1 - tap];
                    int row = frame == 0 ? tap : TAPS - 1 - tap;
                    input.add(rows, (long) row * inputs, weight * (frame == 0 ? 0.75f : 0.25f));
                }
            }
            kernel.float32(input, columns, scratch, out, 2L * lower * inputs);
        }
        return out;
    }

    private static ColumnTable columns(int inputs, int lanes) {
        int outputs = 2 * inputs;
        int[] index = new int[TAPS * outputs];
        float[] weight = new float[TAPS * outputs];
        for (int at = 0; at < index.length; at++) {
            int tap = at / outputs;
            int output = at % outputs;
            boolean odd = output % 2 == 1;
            index[at] = Math.clamp((output / 2) - 2L + tap + (odd ? 1 : 0), 0, inputs - 1);
            weight[at] = WEIGHTS[odd ? TAPS - 1 - tap : tap];
        }
        return new ColumnTable(inputs, outputs, TAPS, index, null, weight, lanes);
    }
}
