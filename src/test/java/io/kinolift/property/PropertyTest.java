package io.kinolift.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class PropertyTest {
    @Test
    void aFailureNamesItsSeedAndInputs_andTheSeedRepeatsIt() {
        List<String> tried = new ArrayList<>();
        Property.Statement small = inputs -> {
            int width = inputs.between("width", 1, 1000);
            boolean even = inputs.flag("even");
            tried.add("{width=" + width + ", even=" + even + "}");
            assertThat(width).isLessThan(900);
        };
        assertThatThrownBy(() -> Property.holds(7, 100, small))
                .isInstanceOf(AssertionError.class)
                .hasCauseInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "try %d of 100, -Dkinolift.property.seed=%d, inputs %s: ",
                        tried.size(), 6 + tried.size(), tried.getLast());
        long seed = 6L + tried.size();
        String inputs = tried.getLast();
        assertThatThrownBy(() -> Property.holds(seed, 100, small))
                .hasMessageStartingWith("try 1 of 100, -Dkinolift.property.seed=%d, inputs %s: ", seed, inputs);
    }

    @Test
    void everyTryHasOtherInputs_andTheSameInTheNextRun() {
        List<Long> first = new ArrayList<>();
        List<Long> second = new ArrayList<>();
        Property.holds(50, inputs -> first.add(inputs.random().nextLong()));
        Property.holds(50, inputs -> second.add(inputs.random().nextLong()));
        assertThat(first)
                .hasSizeGreaterThanOrEqualTo(50)
                .doesNotHaveDuplicates()
                .isEqualTo(second);
    }

    @Test
    void exceptionsFail_andAssumptionsSkip() {
        assertThatThrownBy(() -> Property.holds(1, 1, _ -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageEndingWith("inputs {}: java.lang.IllegalStateException: broken");
        assertThatThrownBy(() -> Property.holds(1, 1, _ -> abort("not here"))).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void numbersReachBothEnds_andExtremesComeOften() {
        List<Integer> values = new ArrayList<>();
        Property.holds(1, 1000, inputs -> values.add(inputs.between("value", -1000, 1000)));
        assertThat(values)
                .allMatch(value -> value >= -1000 && value <= 1000)
                .contains(-1000, -999, -1, 0, 1, 999, 1000);
        assertThat(values.stream().filter(value -> Math.abs(value) == 1000).count())
                .isGreaterThan(40);
        assertThat(values.stream().distinct().count()).isGreaterThan(500);
    }
}
