package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.frame.Rational;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    @ParameterizedTest
    @CsvSource({
        "41708, 1/1000000, 41708",
        "3, 1/2000000, 2",
        "-3, 1/2000000, -1",
        "-5, 1/3000000, -2",
        "1001, 1/30000, 33367",
        "2305843009213693952, 1/274877906944, 8388608000000",
        "2305843009213693952, 1, 9223372036854775807",
    })
    void nearestMicrosecond(long time, String timeBase, long micros) {
        assertThat(Times.micros(time, Rational.parse(timeBase))).isEqualTo(micros);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1/25, 25",
        "33333, 1/2000000, 60",
        "16666, 1/1000000, 60",
        "33, 1/1000, 30",
        "41, 1/1000, 24",
        "33367, 1/1000000, 29.97002997",
        "1001, 1/30000, 29.97002997",
        "1001, 1/24000, 23.976023976",
        "1499, 1/90000, 60.04",
        "1, 1001/30000, 29.97002997",
        "2, 1, 0.5",
        "1000, 1/12345, 12.345",
    })
    void framesPerSecond(long units, String timeBase, double rate) {
        assertThat(Times.framesPerSecond(units, Rational.parse(timeBase))).isEqualTo(rate, within(1e-8));
    }
}
