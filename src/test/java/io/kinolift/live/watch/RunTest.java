package io.kinolift.live.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Rational;
import io.kinolift.topology.TopologyFixture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTest {
    /** In milliseconds. The usual time is a thirtieth of a second. */
    @ParameterizedTest
    @CsvSource({
        "40, 0, 40",
        "40, 33, 40",
        "0, 33, 33",
        "10000, 0, 10000",
        "60000, 33, 33",
        "60000, 0, 33",
        "60000, 60000, 33",
        "9007199254740991, 0, 33",
        "0, 0, 33"
    })
    void theTimeOfAPicture_isTheRecords_unlessPlayersWouldWaitForMinutes(long duration, long gap, long expected) {
        EncodedFrame some = TopologyFixture.frame("a", 0);
        EncodedFrame first = new EncodedFrame(
                some.streamId(),
                some.session(),
                some.sequence(),
                some.pts(),
                duration,
                Rational.of(1, 1000),
                some.format(),
                true,
                false,
                0,
                some.payload());
        assertThat(Run.frameTicks(first, gap)).isEqualTo(expected);
    }
}
