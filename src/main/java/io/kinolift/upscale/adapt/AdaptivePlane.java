package io.kinolift.upscale.adapt;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.adapt.AdaptiveKernel;
import io.kinolift.kernel.adapt.AdaptiveTable;
import io.kinolift.kernel.adapt.GradientKernel;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import io.kinolift.upscale.Band;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.OutputPart;
import io.kinolift.upscale.SampleRows;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Luma by a filter bank. Input rows are kept in a ring, extended by their edge on all sides, and pairs of them in
 * another, joined for the filters. An input row gives two rows of output; if a band has only one of them, the other is
 * left out.
 */
final class AdaptivePlane implements OutputPart {
    private static final int REACH = GradientClasses.REACH;
    private static final int RING = 2 * REACH + 1;
    private static final int PAIRS = AdaptiveTable.TAPS;
    private static final int FACTOR = FilterBank.FACTOR;
    private static final int NOTHING = Integer.MIN_VALUE;

    private final AdaptiveKernel kernel;
    private final ConvTransposeKernel rounding;
    private final AdaptiveTable table;
    private final GradientClasses gradients;
    private final int width;
    private final int height;
    private final float[][] rows;
    private final int[] held = new int[RING];
    private final float[] pairs;
    private final int pairStride;
    private final int[] heldPairs = new int[PAIRS];
    private final float[][] around = new float[RING][];
    private final int[] positions = new int[PAIRS];
    private final int[] classes;
    private final float[][] sums;
    private final byte[] line;
    private Plane source;

    /** @param width samples of an input row; {@code height} is the number of its rows */
    AdaptivePlane(
            AdaptiveKernel kernel,
            GradientKernel gradients,
            ConvTransposeKernel rounding,
            AdaptiveTable table,
            int width,
            int height) {
        this.kernel = kernel;
        this.rounding = rounding;
        this.table = table;
        this.width = width;
        this.height = height;
        this.gradients = new GradientClasses(gradients, width);
        rows = new float[RING][width + 2 * REACH + AdaptiveKernel.SLACK];
        pairStride = 2 * (width + 2 * REACH + AdaptiveKernel.SLACK);
        pairs = new float[PAIRS * pairStride];
        classes = new int[width + GradientClasses.SLACK];
        int room = Math.max(AdaptiveKernel.SLACK, rounding.slack());
        sums = new float[FACTOR][FACTOR * width + room];
        line = new byte[FACTOR * width + rounding.slack()];
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
        Arrays.fill(heldPairs, NOTHING);
        for (int y = made.from() / FACTOR; y <= (made.to() - 1) / FACTOR; y++) {
            make(y);
            for (int phase = 0; phase < FACTOR; phase++) {
                int row = FACTOR * y + phase;
                if (made.holds(row)) {
                    rounding.round(sums[phase], 0, 0, 1, FACTOR * width, line, 0);
                    MemorySegment.copy(
                            line, 0, target.data(), ValueLayout.JAVA_BYTE, row * target.stride(), target.width());
                }
            }
        }
        source = null;
    }

    private void make(int y) {
        for (int i = 0; i < RING; i++) {
            around[i] = row(y - REACH + i);
        }
        for (int i = 0; i < PAIRS; i++) {
            positions[i] = pair(y - REACH + i);
        }
        gradients.classify(around, classes);
        kernel.filter(table, classes, pairs, positions, width, sums[0], sums[1]);
    }

    /** A row of the extended picture, read once. */
    private float[] row(int y) {
        int slot = Math.floorMod(y, RING);
        float[] row = rows[slot];
        if (held[slot] != y) {
            held[slot] = y;
            SampleRows.read(rounding, source, 0, Math.clamp(y, 0, height - 1), row, REACH);
            Arrays.fill(row, 0, REACH, row[REACH]);
            Arrays.fill(row, REACH + width, row.length, row[REACH + width - 1]);
        }
        return row;
    }

    /** The place of a row and the next one, joined once. */
    private int pair(int y) {
        int slot = Math.floorMod(y, PAIRS);
        int at = slot * pairStride;
        if (heldPairs[slot] != y) {
            heldPairs[slot] = y;
            kernel.join(row(y), row(y + 1), width + PAIRS + 1, pairs, at);
        }
        return at;
    }
}
