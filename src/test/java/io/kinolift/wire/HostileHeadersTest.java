package io.kinolift.wire;

import static io.kinolift.topology.TopologyFixture.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Rational;
import io.kinolift.topology.TopologyFixture;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that fit their fields but make no sense: no record may stop the application. */
class HostileHeadersTest {
    private static final long MOST = Long.MAX_VALUE;

    static Stream<Arguments> headers() {
        EncodedFrame good = frame("a", 3);
        Rational millis = good.timeBase();
        return Stream.of(
                Arguments.of("sequence", times(good, MOST, 120, 40, millis)),
                Arguments.of("half the sequence", times(good, 1L << 62, 120, 40, millis)),
                Arguments.of("latest pts", times(good, 3, MOST, 40, millis)),
                Arguments.of("earliest pts", times(good, 3, Long.MIN_VALUE, 40, millis)),
                Arguments.of("duration", times(good, 3, 120, MOST, millis)),
                Arguments.of("shortest unit", times(good, 3, 120, 40, Rational.of(1, MOST))),
                Arguments.of("longest unit", times(good, 3, 120, 40, Rational.of(MOST, 1))),
                Arguments.of("odd unit", times(good, 3, 120, 40, Rational.of(MOST, MOST - 2))),
                Arguments.of("aspect", aspect(good, Rational.of(MOST, MOST - 2))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void aHeaderOfExtremes_isAFrameOrADeadLetter(String name, EncodedFrame hostile) {
        for (String factor : List.of("2,2,2", "5/2,3,2", "2/5,2,2")) {
            try (TopologyFixture fixture = new TopologyFixture("scale.factor", factor)) {
                fixture.send("a", 0, 3);
                fixture.send(hostile);
                fixture.send("a", 4, 9);
                fixture.end("a", 0, 9);
                List<VideoFrame> output = fixture.output();
                assertThat(output.getLast().getEndOfStream()).isTrue();
                assertThat(output.stream().map(VideoFrame::getSequence))
                        .isSorted()
                        .doesNotHaveDuplicates();
                assertThat(output.getLast().getTotals().getReceived()).isEqualTo(9);
                assertThat(output.getLast().getTotals().getHeld()).isZero();
                fixture.accounts();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {MOST, 1L << 62, -1, Long.MIN_VALUE})
    void anEndWithAnImpossibleCount_isADeadLetter(long sequence) {
        try (TopologyFixture fixture = new TopologyFixture()) {
            fixture.send("a", 0, 3);
            fixture.end("a", 0, sequence);
            assertThat(fixture.deadLetters())
                    .extracting(DeadLetter::getReason)
                    .containsExactly(DeadLetterReason.INVALID_HEADER);
            fixture.send("a", 3, 5);
            fixture.end("a", 0, 5);
            assertThat(fixture.output()).hasSize(11);
            fixture.accounts();
        }
    }

    private static EncodedFrame times(EncodedFrame frame, long sequence, long pts, long duration, Rational timeBase) {
        return new EncodedFrame(
                frame.streamId(),
                frame.session(),
                sequence,
                pts,
                duration,
                timeBase,
                frame.format(),
                frame.keyFrame(),
                frame.discontinuity(),
                frame.captureMicros(),
                frame.payload());
    }

    private static EncodedFrame aspect(EncodedFrame frame, Rational aspect) {
        FrameFormat format = frame.format();
        return TopologyFixture.with(
                frame,
                new FrameFormat(
                        format.codec(), format.pixelFormat(), format.width(), format.height(), aspect, format.colour()),
                frame.payloadBytes());
    }
}
