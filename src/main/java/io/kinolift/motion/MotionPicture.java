package io.kinolift.motion;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.motion.LumaLevel;
import io.kinolift.kernel.motion.SampleGrid;
import io.kinolift.kernel.motion.WarpKernel;
import io.kinolift.kernel.sample.SampleType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** What motion is looked for in, and made of: copies on the heap, so that the picture may be closed. */
public final class MotionPicture {
    /** Samples of the shorter side of the coarsest level, at least. */
    private static final int SHORTEST = 12;
    /** Samples of the longer side from which on a level is halved however short the other is. */
    private static final int LONGEST = 192;

    private static final int MAX_LEVELS = 7;

    private final List<LumaLevel> luma;
    private final List<List<SampleGrid>> grids;

    private MotionPicture(List<LumaLevel> luma, List<List<SampleGrid>> grids) {
        this.luma = luma;
        this.grids = grids;
    }

    public static MotionPicture of(Picture picture, WarpKernel kernel) {
        PixelFormat format = picture.format();
        List<List<SampleGrid>> grids = new ArrayList<>();
        for (Plane plane : picture.planes()) {
            List<SampleGrid> components = new ArrayList<>();
            for (int component = 0; component < plane.components(); component++) {
                components.add(grid(plane, component, kernel));
            }
            grids.add(components);
        }
        boolean isLuma = picture.plane(0).components() == 1 && format.bitDepth() == Byte.SIZE;
        LumaLevel luma = isLuma ? copy(picture.plane(0)) : luma(grids.getFirst(), format.bitDepth());
        return new MotionPicture(pyramid(luma, kernel), grids);
    }

    /** Bytes of the heap that one takes. */
    public static long heapBytes(PixelFormat format, int width, int height) {
        long luma = LumaLevel.heapBytes(width, height);
        long grids = 0;
        for (int plane = 0; plane < format.planeCount(); plane++) {
            grids += format.components(plane)
                    * SampleGrid.heapBytes(format.planeWidth(plane, width), format.planeHeight(plane, height));
        }
        // Each level has a quarter of the samples of the one before, besides its margins.
        return luma + luma / 2 + grids;
    }

    /** Whether there are arrays long enough. */
    public static boolean fits(int width, int height) {
        return LumaLevel.heapBytes(width, height) <= Integer.MAX_VALUE - Long.BYTES;
    }

    /** In 8 bits, at full size and halved again and again. */
    List<LumaLevel> luma() {
        return luma;
    }

    /** Of every component of every plane. */
    List<List<SampleGrid>> grids() {
        return grids;
    }

    static List<LumaLevel> pyramid(LumaLevel luma, WarpKernel kernel) {
        List<LumaLevel> levels = new ArrayList<>(List.of(luma));
        while (isLarge(levels.getLast()) && levels.size() < MAX_LEVELS) {
            levels.add(levels.getLast().half(kernel));
        }
        return levels;
    }

    private static boolean isLarge(LumaLevel level) {
        return Math.min(level.width, level.height) >= 2 * SHORTEST || Math.max(level.width, level.height) >= LONGEST;
    }

    /** The kernels' description of a format's samples. */
    static SampleType samples(PixelFormat format) {
        return new SampleType(format.maxSample(), format.sampleShift());
    }

    private static SampleGrid grid(Plane plane, int component, WarpKernel kernel) {
        SampleGrid grid = new SampleGrid(plane.width(), plane.height());
        SampleType samples = samples(plane.format());
        for (int y = 0; y < plane.height(); y++) {
            long offset = y * plane.stride() + (long) component * plane.sampleBytes();
            kernel.widen(samples, plane.data(), offset, plane.components(), grid.samples, grid.at(0, y), plane.width());
        }
        grid.close();
        return grid;
    }

    private static LumaLevel copy(Plane plane) {
        LumaLevel luma = new LumaLevel(plane.width(), plane.height());
        for (int y = 0; y < plane.height(); y++) {
            MemorySegment.copy(
                    plane.data(),
                    ValueLayout.JAVA_BYTE,
                    y * plane.stride(),
                    luma.samples,
                    luma.at(0, y),
                    plane.width());
        }
        luma.close();
        return luma;
    }

    /** Of RGB in either order, a quarter, a half and a quarter. */
    private static LumaLevel luma(List<SampleGrid> components, int bitDepth) {
        SampleGrid first = components.getFirst();
        LumaLevel luma = new LumaLevel(first.width, first.height);
        int shift = bitDepth - Byte.SIZE;
        for (int i = 0; i < luma.samples.length; i++) {
            int sample = (int) first.samples[i];
            if (components.size() == 3) {
                sample =
                        (sample + 2 * (int) components.get(1).samples[i] + (int) components.get(2).samples[i] + 2) >> 2;
            }
            luma.samples[i] = (byte) (sample >> shift);
        }
        return luma;
    }
}
