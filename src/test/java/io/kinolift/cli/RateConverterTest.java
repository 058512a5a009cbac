package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.frame.Rational;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class RateConverterTest {
    @Test
    void aRateIsExact() {
        assertThat(new RateConverter().convert("30000/1001")).isEqualTo(Rational.of(30_000, 1001));
        assertThat(new RateConverter().convert("59.94")).isEqualTo(Rational.of(2997, 50));
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
