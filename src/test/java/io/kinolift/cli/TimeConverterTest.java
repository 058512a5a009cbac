package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimeConverterTest {
    @ParameterizedTest
    @CsvSource({
        "90, 90000",
        "90.5, 90500",
        "200ms, 200",
        "1500000us, 1500",
        "2s, 2000",
        "01:30, 90000",
        "00:01:30.250, 90250",
        "27:00:00, 97200000"
    })
    void timesOfFfmpeg(String text, long millis) {
        assertThat(new TimeConverter().convert(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1:2:3:4", "00:61", "1h", "ten", "00:00:60"})
    void others_areRefused(String text) {
        assertThatThrownBy(() -> new TimeConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("expected a time");
    }
}
