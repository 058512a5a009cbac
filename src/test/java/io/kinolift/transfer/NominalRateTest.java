package io.kinolift.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NominalRateTest {
    private static final FrameFormat FORMAT =
            new FrameFormat(Codec.RAW, PixelFormat.GRAY8, 2, 2, Rational.ONE, Colour.UNSPECIFIED);

    @ParameterizedTest
    @CsvSource({
        "30,1/15360",
        "30000/1001,1/30000",
        "24000/1001,1/90000",
        "28.75,1/575",
        "25,1/25",
        "12.5,1/1000",
        "60000/1001,1/90000",
        "90000/1001,1/90000"
    })
    void aRateThatTheClockCanSay_isExact(String rate, String timeBase) {
        assertThat(rate(rate, timeBase, 1)).isEqualTo(Rational.parse(rate));
    }

    @ParameterizedTest
    @CsvSource({"24,1", "30,1", "30,2", "30,4", "60,1", "48,2", "120,1"})
    void aRateInMilliseconds_isTheWholeNumber(String rate, int factor) {
        assertThat(rate(rate, "1/1000", factor)).isEqualTo(Rational.parse(rate).multiply(Rational.of(factor)));
    }

    @Test
    void aHole_isNoFrame() {
        assertThat(NominalRate.of(frames(Rational.of(1, 1000), 0, 33, 67, 100, 133, 900, 933, 967, 1000)))
                .isEqualTo(Rational.of(30));
    }

    @Test
    void variableFrames_haveTheirMean() {
        assertThat(NominalRate.of(frames(Rational.of(1, 90_000), 0, 3000, 7000, 10_000, 14_000))
                        .toDouble())
                .isBetween(25.0, 26.0);
    }

    @Test
    void oneFrame_hasItsDuration() {
        assertThat(NominalRate.of(frames(Rational.of(1, 50), 7))).isEqualTo(Rational.of(50));
    }

    /** As {@code factor} outputs per frame of an input whose times were rounded. */
    private static Rational rate(String rate, String timeBase, int factor) {
        Rational clock = Rational.parse(timeBase);
        double ticks = Rational.parse(rate).multiply(clock).inverse().toDouble();
        long[] times = new long[NominalRate.FRAMES];
        for (int i = 0; i < times.length; i++) {
            int group = i / factor;
            long from = Math.round(group * ticks);
            long to = Math.round((group + 1) * ticks);
            times[i] = from * factor + (to - from) * (i % factor);
        }
        return NominalRate.of(frames(clock.divide(Rational.of(factor)), times));
    }

    /** Of one tick each, where they say it. */
    private static List<EncodedFrame> frames(Rational timeBase, long... times) {
        List<EncodedFrame> frames = new ArrayList<>();
        for (long pts : times) {
            frames.add(new EncodedFrame("a", 0, frames.size(), pts, 1, timeBase, FORMAT, true, false, 0, new byte[4]));
        }
        return frames;
    }
}
