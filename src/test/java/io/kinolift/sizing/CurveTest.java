package io.kinolift.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {
    private static Curve curve(double... inputsAndCosts) {
        return new Curve(java.util.stream.IntStream.range(0, inputsAndCosts.length / 2)
                .mapToObj(i -> new Curve.Point(inputsAndCosts[2 * i], inputsAndCosts[2 * i + 1]))
                .toList());
    }

    @Test
    void linesJoinThePoints_andTheLastOneGoesOn() {
        Curve curve = curve(0, 0.1, 10, 0.3, 100, 1.2);
        assertThat(curve.idle()).isEqualTo(0.1);
        assertThat(curve.at(0)).isEqualTo(0.1);
        assertThat(curve.at(5)).isCloseTo(0.2, within(1e-12));
        assertThat(curve.at(10)).isCloseTo(0.3, within(1e-12));
        assertThat(curve.at(55)).isCloseTo(0.75, within(1e-12));
        assertThat(curve.at(200)).isCloseTo(2.2, within(1e-12));
        assertThat(curve.perInput()).isCloseTo(0.01, within(1e-12));
    }

    @Test
    void whatIsNoCurve_isRefused() {
        assertThatThrownBy(() -> new Curve(List.of())).hasMessageStartingWith("expected a load of 0 and another one");
        assertThatThrownBy(() -> curve(1, 0.1, 2, 0.2)).hasMessageStartingWith("expected a load of 0 and another one");
        assertThatThrownBy(() -> curve(0, 0.1, 10, 0.3, 10, 0.4)).hasMessageStartingWith("expected rising loads");
        assertThatThrownBy(() -> curve(0, 0.1, 10, 0.05)).hasMessageStartingWith("expected rising loads");
    }
}
