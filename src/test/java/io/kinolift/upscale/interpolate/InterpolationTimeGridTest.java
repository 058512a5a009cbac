package io.kinolift.upscale.interpolate;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTimeGridTest {
    @Test
    void doublingNeedsOneFrameOnEachSide() {
        TimeGrid grid = grid("2", TemporalGrid.HALF_PIXEL);
        assertThat(grid.haloBefore()).isEqualTo(1);
        assertThat(grid.haloAfter()).isEqualTo(1);
        assertThat(grid("1", TemporalGrid.HALF_PIXEL).haloBefore()).isZero();
        assertThat(grid("1", TemporalGrid.HALF_PIXEL).haloAfter()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "8", "3/2", "5/2", "1.15", "1001/500", "1/2", "2/3", "7/16", "1/5", "999/1000"})
    void haloIsWhatTheTapsOfOnePeriodNeed(String factor) {
        for (TemporalGrid kind : TemporalGrid.values()) {
            TimeGrid grid = grid(factor, kind);
            long p = grid.factor().numerator();
            long q = grid.factor().denominator();
            long before = 0;
            long after = 0;
            for (long o = 5 * p; o < 6 * p; o++) {
                long numerator = kind == TemporalGrid.SOURCE ? 2 * o * q : (2 * o + 1) * q - p;
                assertThat(grid.owner(o)).isEqualTo(o * q / p);
                assertThat(grid.firstTap(o)).isEqualTo(Math.floorDiv(numerator, 2 * p));
                assertThat(grid.lastTap(o)).isEqualTo(Math.ceilDiv(numerator, 2 * p));
                assertThat(grid.nearestInput(o)).isBetween(grid.firstTap(o), grid.lastTap(o));
                before = Math.max(before, grid.owner(o) - grid.firstTap(o));
                after = Math.max(after, grid.lastTap(o) - grid.owner(o));
            }
            assertThat((long) grid.haloBefore()).as("%s before", kind).isEqualTo(before);
            assertThat((long) grid.haloAfter()).as("%s after", kind).isEqualTo(after);
            assertThat(grid.outputCount(100)).isEqualTo(100 * p / q);
        }
    }

    private static TimeGrid grid(String factor, TemporalGrid kind) {
        return InterpolationTimeGrid.of(
                new Interpolation(Mode.TRILINEAR, Rational.parse(factor), new SpatialTarget.Size(1, 1), false, kind));
    }
}
