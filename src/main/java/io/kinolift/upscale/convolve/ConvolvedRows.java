package io.kinolift.upscale.convolve;

import io.kinolift.frame.Picture;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.RowSource;
import java.util.Arrays;

/**
 * The sums of a transposed convolution over pictures of one size, a step of rows at a time. Input rows are converted to
 * float once per output picture and kept in a ring, together with the samples outside the picture, so that the kernel
 * meets no border. One thread at a time.
 */
public final class ConvolvedRows {
    private static final long NOTHING = Long.MIN_VALUE;

    private final ConvTransposeKernel kernel;
    private final ConvTables tables;
    private final Border border;
    private final RowSource source;
    private final int width;
    private final int height;
    private final int columnSteps;
    private final int firstStep;
    private final int firstInput;
    private final int rowLength;
    private final int ring;
    private final int sumStride;
    private final float[] rows;
    private final float[] sums;
    /** Per block of row phases and group: the kernel's position of column 0 for each term. */
    private final int[][][] positions;

    private final long[] held;
    private Picture[] pictures;
    private int timePhase;

    /** Takes the sums of some columns. */
    interface Sink {
        /**
         * Takes the sums of a run of columns.
         *
         * @param sums of channel c, row phase r, column phase 0 from {@link #at} on, the next column phase
         *     {@link #phaseStride} behind
         * @param column first column step
         */
        void take(float[] sums, int column, int count);
    }

    /**
     * @param width columns of the input; {@code height} is the number of its rows, {@code outputWidth} the columns of
     * the output
     */
    ConvolvedRows(
            ConvTransposeKernel kernel,
            ConvTables tables,
            Border border,
            RowSource source,
            int width,
            int height,
            int outputWidth) {
        this.kernel = kernel;
        this.tables = tables;
        this.border = border;
        this.source = source;
        this.width = width;
        this.height = height;
        firstStep = Math.toIntExact(tables.columns.step(0));
        columnSteps = Math.toIntExact(tables.columns.step(outputWidth - 1L)) - firstStep + 1;
        firstInput = Math.min(0, firstStep + tables.columnOffsets[0]);
        rowLength = Math.max(width, firstStep + columnSteps) - firstInput + kernel.slack();
        ring = 1 - tables.rowOffsets[0];
        sumStride = kernel.chunk() + kernel.slack();
        int frames = Arrays.stream(tables.timeOffsets)
                .mapToInt(offsets -> offsets.length)
                .max()
                .orElse(0);
        int channels = tables.groups * tables.inPerGroup;
        rows = new float[Math.multiplyExact(Math.multiplyExact(frames * channels, ring), rowLength)];
        held = new long[frames * ring];
        positions = new int[tables.rowBlocks.size()][tables.groups]
                [frames * tables.inPerGroup * tables.rowOffsets.length * tables.columnOffsets.length];
        sums = new float[tables.sums() * sumStride];
    }

    int columnSteps() {
        return columnSteps;
    }

    /** The distance from one column phase to the next in the sums of a sink. */
    int phaseStride() {
        return tables.outPerGroup * sumStride;
    }

    int at(int outChannel, int rowPhase) {
        int group = outChannel / tables.outPerGroup;
        return (tables.sum(group, rowPhase) + tables.sumOfPhase(0, outChannel % tables.outPerGroup)) * sumStride;
    }

    /** Begins output picture {@code output}. */
    void begin(long output, InputFrames inputs) {
        timePhase = tables.time.phase(output);
        int[] offsets = tables.timeOffsets[timePhase];
        pictures = new Picture[offsets.length];
        for (int tap = 0; tap < offsets.length; tap++) {
            pictures[tap] = frame(tables.time.step(output) + offsets[tap], inputs);
        }
        Arrays.fill(held, NOTHING);
    }

    /** Drops the pictures, so that an idle workspace keeps none reachable. */
    void end() {
        pictures = null;
    }

    /** @return null if the frame is all zeros */
    private Picture frame(long index, InputFrames inputs) {
        boolean beforeStart = index < inputs.first() && inputs.first() == 0;
        boolean behindEnd = index > inputs.last() && inputs.reachesEnd();
        if (border == Border.ZEROS && (beforeStart || behindEnd)) {
            return null;
        }
        return inputs.at(Math.clamp(index, inputs.first(), inputs.last()));
    }

    /** Makes all sums of a step of rows. */
    void step(long rowStep, Sink sink) {
        for (int tap = 0; tap < pictures.length; tap++) {
            for (int offset : tables.rowOffsets) {
                hold(tap, rowStep + offset);
            }
        }
        for (int block = 0; block < positions.length; block++) {
            for (int group = 0; group < tables.groups; group++) {
                place(group, tables.rowBlocks.get(block).offsets(), rowStep, positions[block][group]);
            }
        }
        for (int column = 0; column < columnSteps; column += kernel.chunk()) {
            int count = Math.min(kernel.chunk(), columnSteps - column);
            for (int block = 0; block < positions.length; block++) {
                int firstPhase = tables.rowBlocks.get(block).firstPhase();
                for (int group = 0; group < tables.groups; group++) {
                    kernel.accumulate(
                            tables.table(timePhase, block, group),
                            positions[block][group],
                            rows,
                            column,
                            count,
                            sums,
                            tables.sum(group, firstPhase) * sumStride,
                            sumStride);
                }
            }
            sink.take(sums, column, count);
        }
    }

    private void place(int group, int[] offsets, long rowStep, int[] to) {
        int term = 0;
        for (int tap = 0; tap < pictures.length; tap++) {
            for (int in = group * tables.inPerGroup; in < (group + 1) * tables.inPerGroup; in++) {
                for (int rowOffset : offsets) {
                    int row = rowAt(tap, in, rowStep + rowOffset);
                    for (int columnOffset : tables.columnOffsets) {
                        to[term++] = row + firstStep + columnOffset - firstInput;
                    }
                }
            }
        }
    }

    private int rowAt(int tap, int channel, long y) {
        int channels = tables.groups * tables.inPerGroup;
        return ((tap * channels + channel) * ring + Math.floorMod(y, ring)) * rowLength;
    }

    private void hold(int tap, long y) {
        int slot = tap * ring + Math.floorMod(y, ring);
        if (held[slot] == y) {
            return;
        }
        held[slot] = y;
        boolean outside = y < 0 || y >= height;
        boolean zeros = pictures[tap] == null || (outside && border == Border.ZEROS);
        int channelStride = ring * rowLength;
        if (!zeros) {
            int row = Math.clamp(y, 0, height - 1);
            source.read(pictures[tap], row, rows, rowAt(tap, 0, y) - firstInput, channelStride);
        }
        for (int channel = 0; channel < tables.groups * tables.inPerGroup; channel++) {
            int start = rowAt(tap, channel, y);
            int from = zeros ? start : start - firstInput;
            int to = zeros ? start : from + width;
            boolean repeat = !zeros && border == Border.EDGE;
            Arrays.fill(rows, start, from, repeat ? rows[from] : 0);
            Arrays.fill(rows, to, start + rowLength, repeat ? rows[to - 1] : 0);
        }
    }
}
