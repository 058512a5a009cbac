package io.kinolift.wire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.wire.MalformedRecordException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeUnitNameTest {
    @ParameterizedTest
    @CsvSource({
        "AUTO, 1764000000, 1764000000000000",
        "AUTO, 1764000000.25, 1764000000250000",
        "AUTO, 1764000000123, 1764000000123000",
        "AUTO, 1764000000123456, 1764000000123456",
        "AUTO, 1764000000123456789, 1764000000123456",
        "AUTO, 1.764e9, 1764000000000000",
        "AUTO, 0, 0",
        "SECONDS, 0.0000019, 1",
        "SECONDS, 1e-40, 0",
        "MILLIS, 12.5, 12500",
        "NANOS, 1999, 1",
        "AUTO, 2025-11-24T16:00:00Z, 1764000000000000",
        "AUTO, 2025-11-24 17:00:00+01:00, 1764000000000000",
        "MILLIS, 2025-11-24T16:00:00.5, 1764000000500000"
    })
    void aTime(TimeUnitName unit, String text, long micros) throws Exception {
        assertThat(unit.micros(text)).isEqualTo(micros);
    }

    /** Ten to the power of a thousand million would be written out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "1e-999999999",
                "1e-500000000",
                "1e2147483647",
                "1e-2147483648",
                "1e99999999999",
                "0e-999999999",
                "0e999999999",
                "-1",
                "NaN",
                "",
                "yesterday",
                "2025-13-01T00:00:00Z",
                "+1000000000-01-01T00:00:00Z",
                "99999999999999999999999999999999999999999"
            })
    void noTime(String text) {
        assertThatThrownBy(() -> TimeUnitName.AUTO.micros(text)).isInstanceOf(MalformedRecordException.class);
    }
}
