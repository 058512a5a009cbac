package io.kinolift.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvenTimesTest {
    private static VideoInfo info(Rational nominal, Rational average, Rational unit) {
        return new VideoInfo(
                "h264",
                PixelFormat.YUV420P,
                64,
                48,
                Rational.ONE,
                Colour.UNSPECIFIED,
                nominal,
                average,
                unit,
                0,
                0,
                false,
                PictureSideData.NONE,
                0);
    }

    /** Whatever the container says of its rate. */
    @ParameterizedTest
    @CsvSource({
        "30000/1001, 1/1000",
        "24000/1001, 1/1000",
        "30, 1/90000",
        "25, 1/600",
        "60000/1001, 1/90000",
        "12, 1/12800",
        "120, 1/1000000000"
    })
    void roundedTimesOfARateAreEven(String rate, String unit) {
        Rational exact = Rational.parse(rate);
        Rational ticks = Rational.parse(unit);
        long[] times = LongStream.range(0, 2000)
                .map(i -> 5 + Ticks.nearest(i, exact.inverse(), ticks))
                .toArray();
        assertThat(EvenTimes.rate(times, info(exact, Rational.ZERO, ticks))).isEqualTo(exact);
        assertThat(EvenTimes.rate(times, info(Rational.of(90_000), Rational.of(2997, 101), ticks)))
                .isEqualTo(exact);
    }

    @Test
    void jitterAndHolesAreNot() {
        Rational unit = Rational.of(1, 90_000);
        Random random = new Random(1);
        long[] jitter =
                LongStream.range(0, 300).map(i -> 3000 * i + random.nextInt(9)).toArray();
        long[] hole = LongStream.range(0, 300)
                .map(i -> 3000 * i + (i > 150 ? 3000 : 0))
                .toArray();
        VideoInfo info = info(Rational.of(30), Rational.of(30), unit);
        assertThat(EvenTimes.rate(jitter, info)).isEqualTo(Rational.ZERO);
        assertThat(EvenTimes.rate(hole, info)).isEqualTo(Rational.ZERO);
        assertThat(EvenTimes.rate(new long[] {0, 0}, info)).isEqualTo(Rational.ZERO);
        assertThat(EvenTimes.rate(new long[] {7}, info)).isEqualTo(Rational.of(30));
    }
}
