package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.frame.Rational;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class RateConverterTest {
    @Test
    void aRateIsExact() {
        assertThat(new RateConverter().convert("30000/1001")).isEqualTo(Rational.of(30_000, 1001));
        assertThat(new RateConverter().convert("12.5")).isEqualTo(Rational.of(25, 2));
        assertThat(new RateConverter().convert("59.95")).isEqualTo(Rational.of(1199, 20));
        assertThat(new RateConverter().convert("25.00")).isEqualTo(Rational.of(25));
        assertThat(new RateConverter().convert("24.975")).isEqualTo(Rational.of(999, 40));
    }

    @ParameterizedTest
    @CsvSource({
        "23.976, 24000",
        "23.98, 24000",
        "23.97, 24000",
        "29.97, 30000",
        "29.970, 30000",
        "47.952, 48000",
        "59.94, 60000",
        "119.88, 120000",
        "239.76, 240000"
    })
    void decimalsOfBroadcastRatesMeanThem(String value, long numerator) {
        assertThat(new RateConverter().convert(value)).isEqualTo(Rational.of(numerator, 1001));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "0", "-25", "1/0"})
    void anythingElseIsWrongUsageThatNamesTheOption(String value) {
        assertThatThrownBy(() -> CommandLine.populateCommand(new UpscaleCommand(), "in.mp4", "out.mp4", "--fps", value))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--fps")
                .hasMessageContaining("expected a ")
                .hasMessageContaining(value);
    }
}
