package io.kinolift.upscale.adapt;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.adapt.AdaptiveKernel;
import io.kinolift.kernel.adapt.AdaptiveTable;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import io.kinolift.upscale.Band;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.OutputPart;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Luma by a filter bank. Input rows are kept in a ring, extended by their edge on all sides. An input row gives two
 * rows of output; if a band has only one of them, the other is left out.
 */
final class AdaptivePlane implements OutputPart {
    private static final int REACH = GradientClasses.REACH;
    private static final int RING = AdaptiveTable.ROWS;
    private static final int PHASES = AdaptiveTable.OUTPUTS;
    private static final int CLASS_REACH = 2;
    private static final int NOTHING = Integer.MIN_VALUE;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private final AdaptiveKernel kernel;
    private final ConvTransposeKernel rounding;
    private final AdaptiveTable table;
    private final GradientClasses gradients;
    private final int width;
    private final int height;
    private final int spreadStride;
    private final byte[] bytes;
    private final int[][] rows;
    private final int[] held = new int[RING];
    private final float[] spread;
    private final int[] positions = new int[RING];
    private final int[] classes;
    private final float[] partial;
    private final float[] sums;
    /** A sample's four outputs together. */
    private final byte[] outputs;

    private final byte[][] lines;
    private Plane source;

    /** @param width samples of an input row; {@code height} is the number of its rows */
    AdaptivePlane(AdaptiveKernel kernel, ConvTransposeKernel rounding, AdaptiveTable table, int width, int height) {
        this.kernel = kernel;
        this.rounding = rounding;
        this.table = table;
        this.width = width;
        this.height = height;
        gradients = new GradientClasses(width);
        bytes = new byte[width];
        rows = new int[RING][width + 2 * REACH + AdaptiveKernel.SLACK];
        spreadStride = PHASES * (width + 2 * REACH + AdaptiveKernel.SLACK);
        spread = new float[RING * spreadStride];
        classes = new int[width];
        partial = new float[2 * PHASES * width];
        sums = new float[PHASES * width + rounding.slack()];
        outputs = new byte[PHASES * width + rounding.slack()];
        lines = new byte[FilterBank.FACTOR][FilterBank.FACTOR * width];
    }

    @Override
    public void upscale(long output, InputFrames inputs, Picture out, int band, int bands) {
        Plane target = out.plane(0);
        Band made = Band.of(0, inputs, out, band, bands);
        if (made.isEmpty()) {
            return;
        }
        source = inputs.at(Math.clamp(output, inputs.first(), inputs.last())).plane(0);
        Arrays.fill(held, NOTHING);
        int first = made.from() / FilterBank.FACTOR;
        for (int y = first - CLASS_REACH; y < first + CLASS_REACH; y++) {
            gradients.push(row(y - 1), row(y), row(y + 1));
        }
        for (int y = first; y <= (made.to() - 1) / FilterBank.FACTOR; y++) {
            make(y);
            for (int phase = 0; phase < FilterBank.FACTOR; phase++) {
                int row = FilterBank.FACTOR * y + phase;
                if (made.holds(row)) {
                    MemorySegment.copy(
                            lines[phase],
                            0,
                            target.data(),
                            ValueLayout.JAVA_BYTE,
                            row * target.stride(),
                            target.width());
                }
            }
        }
        source = null;
    }

    private void make(int y) {
        for (int offset = -REACH; offset <= REACH; offset++) {
            row(y + offset);
            positions[offset + REACH] = slot(y + offset) * spreadStride;
        }
        gradients.push(row(y + CLASS_REACH - 1), row(y + CLASS_REACH), row(y + CLASS_REACH + 1));
        gradients.classify(classes);
        kernel.filter(table, classes, spread, positions, width, partial, sums);
        rounding.round(sums, 0, 0, 1, PHASES * width, outputs, 0);
        for (int x = 0; x < width; x++) {
            // Outputs 0 and 1 of a sample lie above 2 and 3.
            int four = (int) INTS.get(outputs, PHASES * x);
            SHORTS.set(lines[0], FilterBank.FACTOR * x, (short) four);
            SHORTS.set(lines[1], FilterBank.FACTOR * x, (short) (four >>> Short.SIZE));
        }
    }

    private static int slot(int y) {
        return Math.floorMod(y, RING);
    }

    /** A row of the extended picture, read once. */
    private int[] row(int y) {
        int slot = slot(y);
        int[] row = rows[slot];
        if (held[slot] == y) {
            return row;
        }
        held[slot] = y;
        MemorySegment.copy(
                source.data(), ValueLayout.JAVA_BYTE, Math.clamp(y, 0, height - 1) * source.stride(), bytes, 0, width);
        for (int x = 0; x < width; x++) {
            row[REACH + x] = bytes[x] & 0xFF;
        }
        Arrays.fill(row, 0, REACH, row[REACH]);
        Arrays.fill(row, REACH + width, row.length, row[REACH + width - 1]);
        kernel.spread(row, width + 2 * REACH + 1, spread, slot * spreadStride);
        return row;
    }
}
