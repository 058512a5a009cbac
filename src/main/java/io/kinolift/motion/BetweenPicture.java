package io.kinolift.motion;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.motion.BlockJoin;
import io.kinolift.kernel.motion.SampleGrid;
import io.kinolift.kernel.motion.WarpKernel;
import io.kinolift.kernel.sample.SampleType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The picture at a time between two, ready to be made row by row. Both pictures are moved there, by sixteenths of a
 * sample with cubic taps, and joined with the weights of a linear blend where they agree. The more they disagree, the
 * more counts which one can be trusted; where neither can, or motion explains little, the plain blend of both is taken.
 * Safe for use by several threads.
 */
public final class BetweenPicture {
    private static final int BLOCK = WarpKernel.BLOCK;
    private static final int CELL = MotionField.CELL;
    /** Samples of a block before its cell. */
    private static final int LEAD = (BLOCK - CELL) / 2;
    /** 8-bit samples of disagreement at which trust counts half. */
    private static final int TOLERANCE = 12;
    /** Trust in the better one of both below which more of the plain blend is mixed in. */
    private static final float ENOUGH = 0.7f;
    /** How much of the plain blend is mixed in despite full trust, where motion leaves the pictures as unlike as they are. */
    private static final float ALWAYS = 0.5f;

    private final WarpKernel kernel;
    private final MotionPicture first;
    private final MotionPicture second;
    private final List<PlaneMotion> motions = new ArrayList<>();
    private final StillDetail detail;
    private final int shift;
    private final int numerator;
    private final int denominator;
    private final VectorPart part;

    BetweenPicture(
            WarpKernel kernel,
            MotionPicture first,
            MotionPicture second,
            BetweenField between,
            StillDetail detail,
            int shift,
            int numerator,
            int denominator) {
        this.kernel = kernel;
        this.first = first;
        this.second = second;
        this.numerator = numerator;
        this.denominator = denominator;
        part = new VectorPart(numerator, denominator);
        this.detail = detail;
        this.shift = shift;
        SampleGrid luma = first.grids().getFirst().getFirst();
        for (List<SampleGrid> components : first.grids()) {
            SampleGrid grid = components.getFirst();
            motions.add(PlaneMotion.of(
                    between, grid.width, grid.height, shift(luma.width, grid.width), shift(luma.height, grid.height)));
        }
    }

    /** Planes are as large as luma, or half of it, rounded up. */
    private static int shift(int luma, int plane) {
        return plane < luma ? 1 : 0;
    }

    /** Writes rows from (inclusive) to (exclusive) of a plane; of any rows the same, whichever others are written. */
    public void write(Picture out, int planeIndex, int from, int to) {
        if (from >= to) {
            return;
        }
        Plane plane = out.plane(planeIndex);
        PlaneMotion motion = motions.get(planeIndex);
        BlockJoin join = new BlockJoin();
        SampleType samples = MotionPicture.samples(out.format());
        int unit = out.format().scaleFrom8Bit();
        join.share = (float) numerator / denominator;
        // Colour planes do not grow brighter.
        join.shift = planeIndex == 0 ? shift * unit : 0;
        join.tolerance = TOLERANCE * unit;
        // Cells reach beyond the plane by one on each side.
        int sumStride = (motion.columns() + 3) * CELL;
        float[] sums = new float[WarpKernel.RING * sumStride];
        for (int component = 0; component < plane.components(); component++) {
            Arrays.fill(sums, 0);
            SampleGrid a = first.grids().get(planeIndex).get(component);
            SampleGrid b = second.grids().get(planeIndex).get(component);
            int firstRow = Math.floorDiv(from - (CELL + LEAD) + 1 + CELL - 1, CELL);
            int lastRow = Math.floorDiv(to - 1 + LEAD, CELL);
            for (int row = firstRow; row <= lastRow; row++) {
                addRow(a, b, motion, join, row, sums, sumStride);
                int top = row * CELL - LEAD;
                for (int y = top; y < top + CELL; y++) {
                    int at = Math.floorMod(y, WarpKernel.RING) * sumStride;
                    if (y >= from && y < to) {
                        if (detail != null) {
                            keepStill(a, b, y, join.share, sums, at + CELL + LEAD);
                        }
                        kernel.round(
                                samples,
                                sums,
                                at + CELL + LEAD,
                                plane.width(),
                                plane.data(),
                                y * plane.stride() + (long) component * plane.sampleBytes(),
                                plane.components());
                    }
                    Arrays.fill(sums, at, at + sumStride, 0);
                }
            }
        }
    }

    /** Puts the plain blend where something stands still while the picture moves. */
    private void keepStill(SampleGrid a, SampleGrid b, int y, float share, float[] sums, int at) {
        SampleGrid luma = first.grids().getFirst().getFirst();
        int shiftX = shift(luma.width, a.width);
        int lumaRow = Math.min(y << shift(luma.height, a.height), luma.height - 1);
        if (!detail.holdsAny(lumaRow)) {
            return;
        }
        for (int x = 0; x < a.width; x++) {
            if (detail.holds(Math.min(x << shiftX, luma.width - 1), lumaRow)) {
                float before = a.samples[a.at(x, y)];
                sums[at + x] = before + (b.samples[b.at(x, y)] - before) * share;
            }
        }
    }

    private void addRow(
            SampleGrid a, SampleGrid b, PlaneMotion motion, BlockJoin join, int row, float[] sums, int sumStride) {
        int top = row * CELL - LEAD;
        int run;
        for (int column = -1; column <= motion.columns(); column += run) {
            int cell = motion.cell(column, row);
            int left = column * CELL - LEAD;
            int x = motion.x()[cell];
            int y = motion.y()[cell];
            int startX = left * BlockPair.STEPS - part.of(x);
            int startY = top * BlockPair.STEPS - part.of(y);
            int ax = BlockPair.within(startX, a.width);
            int ay = BlockPair.within(startY, a.height);
            int bx = BlockPair.within(startX + x, a.width);
            int by = BlockPair.within(startY + y, a.height);
            int within = Math.min(BlockPair.beside(startX, a.width), BlockPair.beside(startX + x, a.width));
            run = Math.min(within, motion.alike(column, row));
            set(join, motion.trustFirst()[cell], motion.trustSecond()[cell], motion.unlike()[cell]);
            kernel.addBlocks(
                    a,
                    at(a, ax, ay),
                    BlockPair.fraction(ax, ay),
                    b,
                    at(b, bx, by),
                    BlockPair.fraction(bx, by),
                    a.at(left, top),
                    join,
                    sums,
                    sumStride,
                    Math.floorMod(top, WarpKernel.RING),
                    (column + 1) * CELL,
                    run);
        }
    }

    private static void set(BlockJoin join, int trustFirst, int trustSecond, int unlike) {
        float first = trustFirst * (1 - join.share);
        float second = trustSecond * join.share;
        join.trustedShare = second / (first + second);
        float most = Math.max(trustFirst, trustSecond);
        float untrusted = Math.max(0, 1 - most / (ENOUGH * BetweenField.TRUSTED));
        join.fallBack = Math.min(1, (ALWAYS + untrusted) * unlike / Unlikeness.FULL);
    }

    private static int at(SampleGrid grid, int x, int y) {
        return grid.at(x >> BlockPair.STEP_BITS, y >> BlockPair.STEP_BITS);
    }
}
