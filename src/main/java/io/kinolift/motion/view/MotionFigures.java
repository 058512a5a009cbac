package io.kinolift.motion.view;

import io.kinolift.motion.MotionMap;
import java.util.stream.IntStream;

/**
 * Motion in figures.
 *
 * @param moving share of cells that move by {@value #LEAST} samples or more, 0 to 1
 * @param median motion of all cells, in samples
 * @param largest motion of a cell, in samples
 * @param untrusted share of cells where neither picture can be trusted, 0 to 1
 * @param levelled whether a change of brightness was taken out before motion was looked for
 */
public record MotionFigures(
        int cells, double moving, double median, double largest, double untrusted, boolean levelled) {
    /** Samples; what moves less is taken to stand still. */
    public static final double LEAST = 0.5;

    static MotionFigures of(MotionMap map) {
        int cells = map.columns() * map.rows();
        double[] lengths =
                IntStream.range(0, cells).mapToDouble(map::length).sorted().toArray();
        long moving = IntStream.range(0, cells).filter(i -> lengths[i] >= LEAST).count();
        long untrusted =
                IntStream.range(0, cells).filter(i -> !map.trusted()[i]).count();
        return new MotionFigures(
                cells,
                (double) moving / cells,
                lengths[cells / 2],
                lengths[cells - 1],
                (double) untrusted / cells,
                map.levelled());
    }
}
