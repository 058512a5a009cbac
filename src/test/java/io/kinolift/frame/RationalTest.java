package io.kinolift.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.kinolift.property.Inputs;
import io.kinolift.property.Property;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RationalTest {
    @ParameterizedTest
    @CsvSource({
        "2, 2, 1",
        "5/2, 5, 2",
        "1.15, 23, 20",
        "30000/1001, 30000, 1001",
        "-6/4, -3, 2",
        "6/-4, -3, 2",
        "' 4 / 2 ', 2, 1",
        "0.0, 0, 1",
        "1e3, 1000, 1",
        "25e-1, 5, 2"
    })
    void textIsTakenExactly(String text, long numerator, long denominator) {
        assertThat(Rational.parse(text)).isEqualTo(Rational.of(numerator, denominator));
        assertThat(Rational.parse(text).numerator()).isEqualTo(numerator);
        assertThat(Rational.parse(text).denominator()).isEqualTo(denominator);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "two",
                "1/0",
                "1/2/3",
                "NaN",
                "0x10",
                "1234567890123456789.5",
                "9223372036854775808/1",
                "-9223372036854775808/-1"
            })
    void otherTextIsRefusedWithWhatWasFound(String text) {
        assertThatThrownBy(() -> Rational.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected ")
                .hasMessageContaining(text.isEmpty() ? "\"\"" : text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "1e2147483647"})
    void aShortTextOfAHugeNumberIsRefusedAtOnce(String text) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> Rational.parse(text)).isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void theSmallestLongHasNoPositiveCounterpart() {
        assertThatThrownBy(() -> Rational.of(Long.MIN_VALUE, -1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Rational.of(1, Long.MIN_VALUE)).isInstanceOf(ArithmeticException.class);
        assertThat(Rational.of(Long.MIN_VALUE, 1).numerator()).isEqualTo(Long.MIN_VALUE);
        assertThat(Rational.of(Long.MIN_VALUE, -2)).isEqualTo(Rational.of(1L << 62));
    }

    @Test
    void whatDoesNotFitIsNotWrapped() {
        Rational large = Rational.of(Long.MAX_VALUE);
        assertThatThrownBy(() -> large.multiply(large)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> large.floorOfProduct(2)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(Rational.ZERO::inverse).isInstanceOf(ArithmeticException.class);
        assertThat(large.multiply(large.inverse())).isEqualTo(Rational.ONE);
    }

    @Test
    void productsAndOrderAreThoseOfFractions() {
        Property.holds(1000, RationalTest::assertProductsAndOrder);
    }

    private static void assertProductsAndOrder(Inputs inputs) {
        int a = inputs.between("a", -1000, 1000);
        int b = inputs.between("b", 1, 1000);
        int c = inputs.between("c", -1000, 1000);
        int d = inputs.between("d", 1, 1000);
        Rational left = Rational.of(a, b);
        Rational right = Rational.of(c, d);
        assertThat(left.multiply(right)).isEqualTo(Rational.of((long) a * c, (long) b * d));
        assertThat(Integer.signum(left.compareTo(right))).isEqualTo(Long.signum((long) a * d - (long) c * b));
        assertThat(left.floorOfProduct(c)).isEqualTo(Math.floorDiv((long) a * c, (long) b));
        assertThat(left.ceilOfProduct(c)).isEqualTo(Math.ceilDiv((long) a * c, (long) b));
        assertThat(Rational.parse(left.toString())).isEqualTo(left);
    }
}
