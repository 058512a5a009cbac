package io.kinolift.fit;

import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.Locale;

/**
 * How the frame rate is raised, and how footage is thinned out so that the frames between are known.
 *
 * <p>On the source grid every {@code factor}-th frame is kept, and output o is frame o. On the half-pixel grid output o
 * lies at input {@code (o + 1/2) / factor - 1/2}, which is a frame of the footage only if every {@code 2 * factor}-th
 * frame is kept: output o is frame {@code 2 * o + 1 - factor}.
 *
 * @param factor output frames per input frame, at least 1
 */
public record TimeScale(int factor, TemporalGrid grid) implements ThinnedClip.Reach {
    public static final TimeScale NONE = new TimeScale(1, TemporalGrid.SOURCE);

    /** @throws IllegalArgumentException if the factor is below 1 */
    public TimeScale {
        if (factor < 1) {
            throw new IllegalArgumentException("expected a factor in time of at least 1, found " + factor);
        }
    }

    private boolean isSource() {
        return factor == 1 || grid == TemporalGrid.SOURCE;
    }

    /** A description that stays the same, for a file's provenance. */
    String gridName() {
        return grid.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One frame of this many is kept. */
    int keptEvery() {
        return isSource() ? factor : 2 * factor;
    }

    /** The output that should look like a frame of the footage; -1 if there is none. */
    long outputOf(long frame) {
        if (isSource()) {
            return frame;
        }
        long twice = frame + factor - 1;
        return twice % 2 == 0 ? twice / 2 : -1;
    }

    /** Where an output lies, in inputs. */
    double position(long output) {
        return isSource() ? (double) output / factor : (output + 0.5) / factor - 0.5;
    }

    @Override
    public long first(long output) {
        return (long) Math.floor(position(output));
    }

    @Override
    public long last(long output) {
        return (long) Math.ceil(position(output));
    }

    /** The kernel of stride {@code factor} that blends linearly. */
    double[] linearKernel() {
        double[] kernel = new double[isSource() || factor % 2 == 1 ? 2 * factor - 1 : 2 * factor];
        for (int tap = 0; tap < kernel.length; tap++) {
            kernel[tap] = Math.max(0, 1 - Math.abs(position(tap - (long) padding())));
        }
        return kernel;
    }

    int padding() {
        return isSource() ? factor - 1 : factor / 2;
    }

    /** The phase of the outputs that a kernel tap adds to. */
    int phaseOf(int tap) {
        return Math.floorMod(tap - padding(), factor);
    }

    /** The output padding that makes the output {@code factor} times as long as the input. */
    int outputPadding() {
        return isSource() ? factor - 1 : 0;
    }

    /** Whether outputs of a phase are inputs. */
    boolean passesThrough(int phase) {
        return position(phase) == Math.rint(position(phase));
    }

    /** The phase that this one becomes when time runs backwards; not for phases that pass inputs through. */
    int mirror(int phase) {
        return isSource() ? factor - phase : factor - 1 - phase;
    }
}
