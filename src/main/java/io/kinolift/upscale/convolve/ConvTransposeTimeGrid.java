package io.kinolift.upscale.convolve;

import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.interpolate.Coordinates;
import java.util.stream.IntStream;

/**
 * Time taps of a transposed convolution: the taps of the output's phase, and the neighbours of the kernel's centre,
 * which is the moment that the output shows.
 */
public final class ConvTransposeTimeGrid implements TimeGrid {
    /** Farther than any tap. */
    private static final int NONE = 1 << 30;

    private final ConvAxis axis;
    private final Coordinates centres;
    /**
     * Per phase: the first tap of this output or any later one; with dilation a later output may reach back farther.
     */
    private final int[] firstOffset;
    /** Per phase: the last tap of this output or any earlier one. */
    private final int[] lastOffset;

    private final int haloBefore;
    private final int haloAfter;

    public ConvTransposeTimeGrid(ConvAxis axis) {
        this.axis = axis;
        centres = axis.centres();
        int[][] offsets =
                IntStream.range(0, axis.stride()).mapToObj(axis::offsets).toArray(int[][]::new);
        firstOffset = new int[axis.stride()];
        lastOffset = new int[axis.stride()];
        for (int phase = 0; phase < axis.stride(); phase++) {
            firstOffset[phase] = NONE;
            lastOffset[phase] = -NONE;
            for (int away = 0; away < axis.stride(); away++) {
                int later = phase + away;
                int earlier = phase - away;
                int[] ahead = offsets[later % axis.stride()];
                int[] behind = offsets[Math.floorMod(earlier, axis.stride())];
                if (ahead.length > 0) {
                    firstOffset[phase] = Math.min(firstOffset[phase], ahead[0] + later / axis.stride());
                }
                if (behind.length > 0) {
                    int last = behind[behind.length - 1] + Math.floorDiv(earlier, axis.stride());
                    lastOffset[phase] = Math.max(lastOffset[phase], last);
                }
            }
        }
        // These outputs all belong to input 0, and every phase is among them.
        haloBefore = IntStream.range(0, axis.stride())
                .map(o -> Math.toIntExact(-firstTap(o)))
                .max()
                .orElse(0);
        haloAfter = IntStream.range(0, axis.stride())
                .map(o -> Math.toIntExact(lastTap(o)))
                .max()
                .orElse(0);
    }

    ConvAxis axis() {
        return axis;
    }

    @Override
    public Rational factor() {
        return axis.factor();
    }

    @Override
    public int haloBefore() {
        return Math.max(0, haloBefore);
    }

    @Override
    public int haloAfter() {
        return Math.max(0, haloAfter);
    }

    @Override
    public long outputCount(long frames) {
        return Math.max(0, axis.outputs(frames));
    }

    /** A segment may give more outputs than stride x inputs, so the next segment has to stay clear of them. */
    @Override
    public long firstSequence(long segmentStart) {
        return Math.multiplyExact(segmentStart, axis.stride() + axis.overrun());
    }

    @Override
    public long firstTap(long output) {
        return Math.min(axis.step(output) + firstOffset[axis.phase(output)], centres.floor(output));
    }

    @Override
    public long lastTap(long output) {
        long behindCentre = centres.floor(output) + (centres.remainder(output) > 0 ? 1 : 0);
        return Math.max(axis.step(output) + lastOffset[axis.phase(output)], behindCentre);
    }

    @Override
    public long nearestInput(long output) {
        return centres.floor(output) + (2 * centres.remainder(output) > centres.denominator() ? 1 : 0);
    }
}
