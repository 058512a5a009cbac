package io.kinolift.bench;

import io.kinolift.upscale.BoundOperator;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** Whether a contender makes the pictures that ours makes: a race between different things is none. */
final class Agreement {
    /** Peers round once in time and once in space. */
    private static final double TOLERANCE = 1.6;
    /** A transposed convolution of libtorch fills the outside with zeros, which changes this many samples at most. */
    private static final int BORDER = 8;
    /** Outputs to look at; more than any contender makes of two inputs. */
    private static final int OUTPUTS = 8;

    private static final int SAMPLES_PER_PLANE = 100_000;
    private static final int LEAST_SAMPLES = 1000;

    private final Workload workload;
    private final Racer ours;
    private final BoundOperator bound;

    /** @param ours has done a round, and does no other while this is used */
    Agreement(Workload workload, Racer ours) {
        this.workload = workload;
        this.ours = ours;
        bound = workload.task().operator().bind(workload.format(), workload.width(), workload.height());
    }

    /**
     * Lets a contender do a round.
     *
     * @return what is wrong with its pictures; empty where nothing is
     */
    Optional<String> difference(Racer theirs) {
        theirs.round();
        int compared = 0;
        for (long output = 0; output < OUTPUTS; output++) {
            if (!ours.makes(output) || !theirs.makes(output)) {
                continue;
            }
            for (int plane = 0; plane < workload.format().planeCount(); plane++) {
                int components = workload.format().components(plane);
                int columns = (workload.format().planeWidth(plane, bound.outputWidth()) - 2 * BORDER) * components;
                int rows = workload.format().planeHeight(plane, bound.outputHeight()) - 2 * BORDER;
                int count = rows * columns;
                // Random steps meet every phase of every factor.
                SplittableRandom random = new SplittableRandom(output);
                int largestStep = 2 * Math.max(1, count / SAMPLES_PER_PLANE) - 1;
                for (int at = 0; at < count; at += random.nextInt(1, largestStep + 1)) {
                    int row = BORDER + at / columns;
                    int column = BORDER + at % columns / components;
                    int component = at % components;
                    double expected = ours.sample(output, plane, row, column, component);
                    // Where floats are left as they are, overshoot is, too.
                    double found = Math.clamp(
                            theirs.sample(output, plane, row, column, component),
                            0,
                            workload.format().maxSample());
                    if (!(Math.abs(found - expected) <= TOLERANCE)) {
                        return Optional.of(String.format(
                                Locale.ROOT,
                                "expected %.1f, found %.1f in output %d plane %d row %d column %d component %d",
                                expected,
                                found,
                                output,
                                plane,
                                row,
                                column,
                                component));
                    }
                    compared++;
                }
            }
        }
        return compared >= LEAST_SAMPLES
                ? Optional.empty()
                : Optional.of("expected " + LEAST_SAMPLES + " samples to compare, found " + compared);
    }
}
