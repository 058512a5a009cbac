package io.kinolift.window;

import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;

/**
 * How far outputs reach over the inputs of an open segment. An output is final when these inputs have come: its taps,
 * the two inputs around its pts, and enough inputs for it to exist by the operator's own formula.
 */
public final class Reach {
    /** Beyond the start of a segment, where every phase of the grid repeats. */
    private static final long STEADY_PERIODS = 64;

    private final TimeGrid grid;
    private final int after;

    public Reach(TimeGrid grid) {
        this.grid = grid;
        this.after = Math.toIntExact(measureAfter(grid));
    }

    /** Inputs after a core that must have come before all its outputs are final. */
    public int after() {
        return after;
    }

    /** The end of the outputs that are final when {@code frames} inputs have come and more may. */
    public long finalOutputs(long from, long frames) {
        long output = from;
        while (isFinal(grid, output, frames)) {
            output++;
        }
        return output;
    }

    /** The end of the inputs all of whose outputs lie before {@code output}. */
    public long settledInputs(long output) {
        return grid.owner(output);
    }

    /** The taps, and the frame before the core, whose pts may be needed. */
    long firstNeeded(long outputFrom, long coreFrom) {
        return Math.max(0, Math.min(coreFrom - 1, grid.firstTap(outputFrom)));
    }

    long lastNeeded(long outputTo, long coreTo) {
        return outputTo == 0 ? coreTo - 1 : Math.max(coreTo - 1, lastInput(grid, outputTo - 1));
    }

    private static boolean isFinal(TimeGrid grid, long output, long frames) {
        return lastInput(grid, output) < frames && output < grid.outputCount(frames);
    }

    private static long lastInput(TimeGrid grid, long output) {
        return Math.max(grid.lastTap(output), grid.factor().inverse().ceilOfProduct(output));
    }

    private static long measureAfter(TimeGrid grid) {
        Rational factor = grid.factor();
        long first = STEADY_PERIODS * factor.numerator();
        long most = 0;
        for (long output = first; output < first + factor.numerator(); output++) {
            long owner = grid.owner(output);
            long frames = owner + 1 + most;
            while (!isFinal(grid, output, frames)) {
                frames++;
            }
            most = frames - 1 - owner;
        }
        return most;
    }
}
