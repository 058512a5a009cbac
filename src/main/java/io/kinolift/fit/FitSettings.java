package io.kinolift.fit;

import io.kinolift.upscale.adapt.GradientClasses;

/**
 * What is learned, and from which part of the footage.
 *
 * @param grid factor and kernel size, of height and width alike
 * @param time where outputs lie in time; between inputs two are blended linearly
 * @param step every {@code step}-th frame of a clip is used
 * @param threads does not change the result
 */
public record FitSettings(Degradation degradation, PhaseGrid grid, TimeScale time, int step, int threads) {
    /** Of a large picture and all that is derived from it while it is added up: ints, of both sizes. */
    private static final int BYTES_PER_SAMPLE = 8;

    /** @throws IllegalArgumentException if a number is out of range, or the factors differ */
    public FitSettings {
        if (step < 1 || threads < 1 || degradation.factor() != grid.factor()) {
            throw new IllegalArgumentException("expected a step and threads of at least 1 and one factor, found " + step
                    + ", " + threads + ", and factors " + degradation.factor() + " and " + grid.factor());
        }
    }

    /** All that the statistics of a clip depend on, in words: statistics of other words do not mix. */
    String statisticsKey() {
        return degradation + ", kernel " + grid.kernel() + ", every frame of " + step;
    }

    /** All that the sums of an interrupted fit depend on, likewise. */
    String partialKey(boolean adaptive) {
        return statisticsKey()
                + (time.factor() == 1
                        ? ""
                        : ", " + time.factor() + " times the frames on the " + time.gridName() + " grid")
                + (adaptive ? ", classes " + GradientClasses.NAME : "");
    }

    /**
     * How many threads the heap has room for: half of it is theirs, the rest is what is known of clips.
     *
     * @param width of the large picture
     * @param height likewise
     * @param parts how many sums a thread has
     */
    int threadsFor(int width, int height, int parts) {
        long bytes = (long) width * height * BYTES_PER_SAMPLE + parts * Statistics.bytes(grid);
        return Math.clamp(Runtime.getRuntime().maxMemory() / 2 / bytes, 1, threads);
    }
}
