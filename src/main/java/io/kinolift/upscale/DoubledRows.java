package io.kinolift.upscale;

import io.kinolift.frame.Plane;
import io.kinolift.kernel.DoublingKernel;
import io.kinolift.kernel.RowInput;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Makes rows of planes at twice the height and width. Output rows 2k - 1 and 2k lie between input rows k - 1 and k; they
 * are made together, from input rows that are blended in time once. One thread at a time.
 */
final class DoubledRows {
    private final DoublingKernel kernel;
    private final RowInput frames = new RowInput(2);
    /** For the one of two rows that belongs to another band or lies outside the picture. */
    private final MemorySegment spare;
    private short[] above;
    private short[] below;

    /** @param longestRow samples of the longest input row */
    DoubledRows(DoublingKernel kernel, int longestRow) {
        this.kernel = kernel;
        spare = Arena.ofAuto().allocate(4L * longestRow);
        above = kernel.row(longestRow);
        below = kernel.row(longestRow);
    }

    void make(int plane, TimeTaps time, Plane target, int from, int to) {
        int samples = time.earlier().plane(plane).width();
        int rows = time.earlier().plane(plane).height();
        int first = (from + 1) / 2;
        blend(plane, time, Math.max(first - 1, 0), samples, below);
        for (int k = first; k <= to / 2; k++) {
            short[] next = above;
            above = below;
            below = next;
            blend(plane, time, Math.min(k, rows - 1), samples, below);
            make(target, 2 * k - 1, 2 * k, samples, time, from, to);
        }
    }

    private void make(Plane target, int upper, int lower, int samples, TimeTaps time, int from, int to) {
        int denominator = (int) time.denominator();
        MemorySegment out = target.data();
        if (upper >= from && lower < to) {
            kernel.rows(above, below, samples, denominator, out, upper * target.stride(), lower * target.stride());
            return;
        }
        kernel.rows(above, below, samples, denominator, spare, 0, 2L * samples);
        int row = upper >= from ? upper : lower;
        if (row < to) {
            MemorySegment.copy(
                    spare, row == upper ? 0 : 2L * samples, out, row * target.stride(), 2L * samples);
        }
    }

    private void blend(int plane, TimeTaps time, int row, int samples, short[] sums) {
        frames.clear((int) time.denominator());
        Plane earlier = time.earlier().plane(plane);
        frames.add(earlier.data(), row * earlier.stride(), (int) time.weight(0));
        if (time.later() != null) {
            Plane later = time.later().plane(plane);
            frames.add(later.data(), row * later.stride(), (int) time.weight(1));
        }
        kernel.blend(frames, samples, sums);
    }

    /** Forgets the pictures, so that a resting workspace keeps none reachable. */
    void release() {
        frames.release();
    }
}
