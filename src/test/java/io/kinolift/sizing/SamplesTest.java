package io.kinolift.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 199, 200, 201, 1021})
    void fewerParts_haveTheSameMean(int count) {
        double[] times = new Random(count).doubles(count).map(x -> x * x).toArray();
        Samples samples = Samples.of(times);
        assertThat(samples.parts()).hasSize(Math.min(200, count)).isSorted();
        assertThat(samples.mean()).isCloseTo(Arrays.stream(times).average().orElseThrow(), within(1e-12));
    }

    @Test
    void quantiles_areOfTheMeasuredTimes() {
        Samples samples = Samples.of(4, 1, 3, 2);
        assertThat(samples.quantile(0.5)).isEqualTo(2);
        assertThat(samples.quantile(0.99)).isEqualTo(4);
        assertThat(samples.quantile(0)).isEqualTo(1);
        assertThat(samples.times(3).parts()).containsExactly(3.0, 6.0, 9.0, 12.0);
    }

    @Test
    void draws_areOfTheParts() {
        Samples samples = Samples.of(1, 2, 6);
        Random random = new Random(1);
        double sum = 0;
        for (int i = 0; i < 30_000; i++) {
            double time = samples.draw(random);
            assertThat(time).isIn(1.0, 2.0, 6.0);
            sum += time;
        }
        assertThat(sum / 30_000).isCloseTo(3, within(0.05));
    }

    @Test
    void whatIsNoDistribution_isRefused() {
        assertThatThrownBy(() -> Samples.of()).hasMessage("expected at least 1 measured time, found none");
        assertThatThrownBy(() -> new Samples(List.of(2.0, 1.0))).hasMessageContaining("found [2.0, 1.0]");
        assertThatThrownBy(() -> Samples.of(Double.NaN)).hasMessageContaining("found [NaN]");
        assertThatThrownBy(() -> Samples.of(-1)).hasMessageContaining("found [-1.0]");
    }
}
