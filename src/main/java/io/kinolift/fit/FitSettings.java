package io.kinolift.fit;

/**
 * What is learned, and from which part of the footage.
 *
 * @param grid factor and kernel size, of height and width alike
 * @param time where outputs lie in time; between inputs two are blended linearly
 * @param step every {@code step}-th frame of a clip is used
 * @param threads does not change the result
 */
public record FitSettings(Degradation degradation, PhaseGrid grid, TimeScale time, int step, int threads) {
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
}
