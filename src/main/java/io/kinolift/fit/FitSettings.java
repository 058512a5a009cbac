package io.kinolift.fit;

import io.kinolift.upscale.adapt.GradientClasses;

/**
 * Settings of a fit: the kernel, and the part of the footage to learn it from.
 *
 * @param grid factor and kernel size, of height and width alike
 * @param time where outputs lie in time; an output between inputs is a linear blend of two
 * @param step every {@code step}-th frame of a clip is used
 * @param threads does not change the result
 */
public record FitSettings(Degradation degradation, PhaseGrid grid, TimeScale time, int step, int threads) {
    /** For a large picture and everything derived from it while it is added up: ints, of both sizes. */
    private static final int BYTES_PER_SAMPLE = 8;

    /** @throws IllegalArgumentException if a number is out of range, or the factors differ */
    public FitSettings {
        if (step < 1 || threads < 1 || degradation.factor() != grid.factor()) {
            throw new IllegalArgumentException("expected a step and threads of at least 1 and one factor, found " + step
                    + ", " + threads + ", and factors " + degradation.factor() + " and " + grid.factor());
        }
    }

    /** A description of everything that a clip's statistics depend on. Only statistics with equal ones can be added. */
    String statisticsKey() {
        return degradation + ", kernel " + grid.kernel() + ", every frame of " + step;
    }

    /** A description of everything that the sums of an interrupted fit depend on. */
    String partialKey(boolean adaptive) {
        return statisticsKey()
                + (time.factor() == 1
                        ? ""
                        : ", " + time.factor() + " times the frames on the " + time.gridName() + " grid")
                + (adaptive ? ", classes " + GradientClasses.NAME : "");
    }

    /**
     * The number of threads that fit into half of the heap. The other half is for the clips' statistics.
     *
     * @param width of the large picture
     * @param height of the large picture
     * @param parts how many sums a thread has
     */
    int threadsFor(int width, int height, int parts) {
        long bytes = (long) width * height * BYTES_PER_SAMPLE + parts * Statistics.bytes(grid);
        return Math.clamp(Runtime.getRuntime().maxMemory() / 2 / bytes, 1, threads);
    }
}
