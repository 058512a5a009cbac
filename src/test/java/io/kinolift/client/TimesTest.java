package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;

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
}
