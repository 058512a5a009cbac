package io.kinolift.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Runs two kernels on a few small rows and compares every byte: a wrong JIT must not become a wrong picture. */
final class SelfCheck {
    private static final int INPUTS = 97;
    private static final int ROWS = 4;
    private static final int[] FRAME_WEIGHTS = {3, 1};
    /** Of a convolution: every size of tile. */
    private static final int MOST_SUMS = ConvTransposeTable.SIX;

    private SelfCheck() {}

    static boolean agree(InterpolationKernel expected, InterpolationKernel found) {
        SplittableRandom random = new SplittableRandom(20_261_101);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rows = arena.allocate(ROWS * rowBytes(expected));
            for (int i = 0; i < ROWS * INPUTS; i++) {
                if (expected.isHighDepth()) {
                    HighDepthScalarInterpolation.set(rows, 0, i, random.nextInt() & expected.maxSample());
                } else {
                    rows.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
                }
            }
            for (int factor = 2; factor <= 3; factor++) {
                for (boolean exact : new boolean[] {true, false}) {
                    MemorySegment one = row(expected, rows, factor, exact, arena);
                    if (one.mismatch(row(found, rows, factor, exact, arena)) >= 0) {
                        return false;
                    }
                }
            }
            return !found.fuses()
                    || fusedAgree(expected, found, rows, arena)
                            && (found.isHighDepth() || CubicSelfCheck.agree(expected, found, rows, INPUTS, arena));
        }
    }

    /** Rows 3/4 and 1/4 between two rows of two frames, by both fused loops. */
    private static boolean fusedAgree(
            InterpolationKernel expected, InterpolationKernel found, MemorySegment rows, Arena arena) {
        ColumnTable columns = columns(2, expected.lanes());
        TimeBlend blend = new TimeBlend(found);
        short[][] sums = {blend.row(INPUTS), blend.row(INPUTS)};
        RowInput frames = new RowInput(2);
        int units = found.isHighDepth() ? HighDepthDoublingKernel.TIME_UNITS : DoublingKernel.TIME_UNITS;
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

    /** The same row twice: once as the upper one of two, and once as the lower one of two the other way round. */
    private static void doubled(InterpolationKernel kernel, short[][] sums, MemorySegment out, long rowBytes) {
        if (!kernel.isHighDepth()) {
            new DoublingKernel(kernel).rows(sums[0], sums[1], INPUTS, out, 0, 2 * rowBytes);
            DoublingKernel.twoRows(sums[1], sums[0], INPUTS, out, 2 * rowBytes, rowBytes);
            return;
        }
        HighDepthDoublingKernel highDepth = new HighDepthDoublingKernel(kernel);
        short[][] expanded = new short[2][2 * INPUTS];
        highDepth.expand(sums[0], INPUTS, expanded[0]);
        highDepth.expand(sums[1], INPUTS, expanded[1]);
        highDepth.rows(expanded[0], expanded[1], 2 * INPUTS, out, 0, 2 * rowBytes);
        highDepth.rows(expanded[1], expanded[0], 2 * INPUTS, out, 2 * rowBytes, rowBytes);
    }

    /** Of an input row. */
    private static long rowBytes(InterpolationKernel kernel) {
        return (kernel.isHighDepth() ? 2L : 1L) * INPUTS;
    }

    private static MemorySegment between(
            InterpolationKernel kernel, ColumnTable columns, MemorySegment rows, Arena arena) {
        RowInput input = new RowInput(ROWS);
        input.clear(64);
        for (int frame = 0; frame < 2; frame++) {
            input.add(rows, 2 * frame * rowBytes(kernel), 3 * FRAME_WEIGHTS[frame]);
            input.add(rows, (2 * frame + 1) * rowBytes(kernel), FRAME_WEIGHTS[frame]);
        }
        MemorySegment out = arena.allocate(2 * rowBytes(kernel));
        kernel.exact(input, columns, new RowScratch(INPUTS), out, 0);
        return out;
    }

    static boolean agree(ConvTransposeKernel expected, ConvTransposeKernel found) {
        return Arrays.equals(line(expected), line(found)) && Arrays.equals(rgb(expected.rgb()), rgb(found.rgb()));
    }

    /** Bytes taken apart and put together, and floats through every step between planes and RGB. */
    private static float[] rgb(RgbKernel kernel) {
        byte[] bytes = new byte[3 * INPUTS];
        new SplittableRandom(20_261_122).nextBytes(bytes);
        float[] apart = new float[3 * INPUTS];
        kernel.split(MemorySegment.ofArray(bytes), 0, INPUTS, apart, new int[] {0, INPUTS, 2 * INPUTS});
        byte[][] lines = new byte[3][INPUTS];
        for (int i = 0; i < apart.length; i++) {
            lines[i / INPUTS][i % INPUTS] = (byte) apart[i];
        }
        kernel.merge(new byte[][] {lines[2], lines[0], lines[1]}, 0, INPUTS, MemorySegment.ofArray(bytes), 0);
        float[][] rows = new float[3][INPUTS];
        for (int i = 0; i < bytes.length; i++) {
            rows[i % 3][i / 3] = bytes[i] & 0xFF;
        }
        RgbCoefficients any = new RgbCoefficients(
                16, 1.16f, 1.6f, -0.39f, -0.81f, 2.02f, 0.3f, 0.59f, 0.11f, 0.86f, 0.5f, 0.63f, 128);
        kernel.blend(rows[1], rows[2], INPUTS);
        float[] found = new float[8 * INPUTS];
        kernel.toRgb(any, rows[0], rows[1], rows[2], INPUTS, found, 0, INPUTS);
        float[][] planes = new float[3][INPUTS];
        kernel.fromRgb(any, rows[0], rows[1], rows[2], 0, INPUTS, planes[0], planes[1], planes[2]);
        float[] doubled = new float[2 * INPUTS];
        kernel.twice(planes[1], INPUTS, doubled);
        kernel.addPairs(doubled, INPUTS, planes[0]);
        System.arraycopy(planes[0], 0, found, 3 * INPUTS, INPUTS);
        System.arraycopy(planes[2], 0, found, 4 * INPUTS, INPUTS);
        System.arraycopy(apart, 0, found, 5 * INPUTS, apart.length);
        return found;
    }

    /** Rows of one to six phases, so that all tiles and all ways to widen, join and round are passed. */
    private static byte[] line(ConvTransposeKernel kernel) {
        SplittableRandom random = new SplittableRandom(20_261_121);
        int stride = INPUTS + kernel.slack();
        byte[] samples = new byte[INPUTS];
        random.nextBytes(samples);
        float[] rows = new float[ROWS + stride];
        int bytesOfSum = 1 + Float.BYTES + Short.BYTES;
        ByteBuffer line = ByteBuffer.allocate(MOST_SUMS * (MOST_SUMS + 1) / 2 * INPUTS * bytesOfSum);
        for (int phases = 1; phases <= MOST_SUMS; phases++) {
            if (phases == 3) {
                // Of half as many, two bytes each, and the rest as it was.
                kernel.widenShorts(MemorySegment.ofArray(samples), 0, INPUTS / 2, rows, ROWS);
            } else {
                kernel.widen(MemorySegment.ofArray(samples), 0, 1, INPUTS, rows, ROWS);
            }
            float[] weight = new float[ROWS * phases];
            for (int i = 0; i < weight.length; i++) {
                weight[i] = (float) random.nextDouble(-0.2, 0.6);
            }
            ConvTransposeTable table = new ConvTransposeTable(ROWS, weight, new float[phases], kernel.largestTile());
            float[] sums = new float[table.sums() * stride];
            kernel.accumulate(table, new int[] {0, 1, 2, 3}, rows, 0, INPUTS, sums, 0, stride);
            byte[] rounded = new byte[phases * stride];
            float[] joined = new float[phases * stride];
            kernel.round(sums, 0, stride, phases, INPUTS, rounded, 0);
            kernel.join(sums, 0, stride, phases, INPUTS, joined, 0);
            short[] shorts = new short[phases * stride];
            kernel.round(sums, 0, stride, phases, INPUTS, shorts, 0);
            line.put(rounded, 0, phases * INPUTS);
            for (int i = 0; i < phases * INPUTS; i++) {
                line.putFloat(joined[i]).putShort(shorts[i]);
            }
        }
        return line.array();
    }

    static boolean agree(AdaptiveKernel expected, AdaptiveKernel found) {
        return Arrays.equals(outputs(expected), outputs(found));
    }

    static boolean agree(RangeKernel expected, RangeKernel found) {
        return Arrays.deepEquals(ranges(expected), ranges(found));
    }

    /** Three rows of bytes, the limits they make, and a fourth and fifth as outputs. */
    private static short[][] ranges(RangeKernel kernel) {
        SplittableRandom random = new SplittableRandom(20_261_124);
        int room = 2 * INPUTS + RangeKernel.SLACK;
        short[][] rows = new short[10][room];
        byte[] bytes = new byte[room];
        for (int row = 0; row < 3; row++) {
            random.nextBytes(bytes);
            kernel.widen(bytes, rows[row], 0, INPUTS + 2);
        }
        short[] pairs = new short[room];
        for (int x = 0; x < INPUTS; x++) {
            pairs[x] = (short) random.nextInt();
        }
        kernel.split(pairs, rows[3], rows[4], INPUTS);
        Arrays.fill(rows[5], (short) 255);
        kernel.add(rows[0], rows[1], rows[2], rows[5], rows[6], rows[7], rows[8], INPUTS);
        kernel.widenRange(rows[5], rows[6], rows[7], rows[8], 8, 255, INPUTS);
        kernel.touch(rows[3], rows[5], rows[6], rows[9], INPUTS);
        kernel.touch(rows[4], rows[5], rows[6], rows[9], INPUTS);
        return Arrays.stream(rows).map(row -> Arrays.copyOf(row, INPUTS)).toArray(short[][]::new);
    }

    /** A row of samples of three filters in turn. */
    private static float[] outputs(AdaptiveKernel kernel) {
        SplittableRandom random = new SplittableRandom(20_261_123);
        AdaptiveTable table = new AdaptiveTable(3);
        for (int i = 0; i < 3 * AdaptiveTable.ROWS * AdaptiveTable.ROWS * AdaptiveTable.OUTPUTS; i++) {
            int tap = i / AdaptiveTable.OUTPUTS;
            table.set(
                    tap % 3,
                    tap / 3 / AdaptiveTable.ROWS,
                    tap / 3 % AdaptiveTable.ROWS,
                    i % AdaptiveTable.OUTPUTS,
                    (float) random.nextDouble(-0.2, 0.3));
        }
        int columns = INPUTS + AdaptiveTable.ROWS + AdaptiveKernel.SLACK;
        int stride = columns * AdaptiveTable.OUTPUTS;
        float[] rows = new float[AdaptiveTable.ROWS * stride];
        int[] positions = new int[AdaptiveTable.ROWS];
        for (int row = 0; row < AdaptiveTable.ROWS; row++) {
            positions[row] = row * stride;
            kernel.spread(random.ints(columns, 0, 256).toArray(), INPUTS + AdaptiveTable.ROWS, rows, positions[row]);
        }
        float[] sums = new float[AdaptiveTable.OUTPUTS * INPUTS];
        kernel.filter(
                table,
                IntStream.range(0, INPUTS).map(x -> x % 3).toArray(),
                rows,
                positions,
                INPUTS,
                new float[2 * sums.length],
                sums);
        return sums;
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
