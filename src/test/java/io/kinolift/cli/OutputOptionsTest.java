package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputOptionsTest {
    @ParameterizedTest
    @CsvSource({"500k, 500000", "8M, 8000000", "1.5M, 1500000", "2G, 2000000000", "12345, 12345"})
    void bitrates(String text, long bits) {
        assertThat(OutputOptions.bits(text)).isEqualTo(bits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "8MB", "-1", "0", "", "1e6", "3G"})
    void whatIsNone(String text) {
        assertThatThrownBy(() -> OutputOptions.bits(text))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith("such as 8M or 500k, found " + text);
    }
}
