package io.kinolift.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Rational;
import io.kinolift.property.Inputs;
import io.kinolift.property.Property;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SourceClockTest {
    private static final Rational MPEG = Rational.of(1, 90_000);
    private static final Rational SOUND = Rational.of(1, 48_000);
    private static final long WRAP = 1L << 33;
    private static final int VIDEO = 0;
    private static final int AUDIO = 1;

    @Test
    void theEarliestStreamBeginsAtZero() {
        SourceClock clock = new SourceClock(true, 126_000, MPEG);
        assertThat(clock.shift(VIDEO, 127_920, 3600, MPEG, WRAP)).isEqualTo(-126_000);
        assertThat(clock.shift(AUDIO, 67_200, 1024, SOUND, 0)).isEqualTo(-67_200);
        assertThat(clock.jumps()).isZero();
    }

    /** The last picture of one file comes after the first sound of the next. */
    @Test
    void joinedFilesGoOn_andSoundKeepsItsDistance() {
        SourceClock clock = new SourceClock(true, 90_000, MPEG);
        assertThat(clock.shift(VIDEO, 90_000, 3600, MPEG, WRAP)).isEqualTo(-90_000);
        assertThat(clock.shift(AUDIO, 90_000, 3600, MPEG, WRAP)).isEqualTo(-90_000);
        assertThat(clock.shift(AUDIO, 266_400, 3600, MPEG, WRAP)).isEqualTo(-90_000);
        long joined = clock.shift(AUDIO, 90_000, 3600, MPEG, WRAP);
        assertThat(90_000 + joined).isEqualTo(180_000);
        assertThat(clock.shift(VIDEO, 268_000, 3600, MPEG, WRAP)).isEqualTo(-90_000);
        assertThat(clock.shift(VIDEO, 93_000, 3600, MPEG, WRAP)).isEqualTo(joined);
        assertThat(clock.jumps()).isEqualTo(1);
    }

    @Test
    void aClockOf33BitsThatIsFullGoesOnExactly() {
        SourceClock clock = new SourceClock(true, WRAP - 900_000, MPEG);
        clock.shift(VIDEO, WRAP - 900_000, 3600, MPEG, WRAP);
        long before = WRAP - 3600 + clock.shift(VIDEO, WRAP - 3600, 3600, MPEG, WRAP);
        long after = clock.shift(VIDEO, 0, 3600, MPEG, WRAP);
        assertThat(after - before).isEqualTo(3600);
        // A stream that begins behind it.
        assertThat(clock.shift(AUDIO, 1000, 3600, MPEG, WRAP)).isEqualTo(900_000);
        assertThat(clock.jumps()).isEqualTo(1);
    }

    /** Sound lies up to a second before or behind the pictures that it is stored beside. */
    @Test
    void pictureAndSoundKeepTheirTimes_whereverTheClockStartsOrWraps() {
        Property.holds(2000, SourceClockTest::assertContinuous);
    }

    private static void assertContinuous(Inputs inputs) {
        Random random = inputs.random();
        long start =
                inputs.flag("wraps") ? WRAP - 1 - random.nextInt(90_000 * 60) : random.nextLong(WRAP - 90_000 * 600);
        long skew = inputs.between("skew", -90_000, 90_000);
        SourceClock clock = new SourceClock(true, start, MPEG);
        long time = start + Math.max(0, -skew);
        for (int i = 0; i < 100; i++) {
            int duration = 100 + random.nextInt(90_000 * 5);
            for (int stream : new int[] {VIDEO, AUDIO}) {
                long exact = stream == VIDEO ? time : time + skew;
                long stored = exact % WRAP;
                assertThat(stored + clock.shift(stream, stored, duration, MPEG, WRAP))
                        .as("packet %d of stream %d", i, stream)
                        .isEqualTo(exact - start);
            }
            time += duration;
        }
    }

    @Test
    void aLeapAheadIsAPauseInFormatsWithOneClock() {
        SourceClock file = new SourceClock(false, 0, MPEG);
        SourceClock broadcast = new SourceClock(true, 0, MPEG);
        for (SourceClock clock : new SourceClock[] {file, broadcast}) {
            clock.shift(VIDEO, 0, 3600, MPEG, 0);
        }
        assertThat(file.shift(VIDEO, 90_000_000, 3600, MPEG, 0)).isZero();
        assertThat(90_000_000 + broadcast.shift(VIDEO, 90_000_000, 3600, MPEG, 0))
                .isEqualTo(3600);
    }

    @Test
    void aFewPacketsOutOfOrderAreNoJump() {
        SourceClock clock = new SourceClock(true, 0, MPEG);
        clock.shift(VIDEO, 9000, 3600, MPEG, WRAP);
        assertThat(clock.shift(VIDEO, 4000, 3600, MPEG, WRAP)).isZero();
        assertThat(clock.shift(VIDEO, PictureClock.UNKNOWN, 0, MPEG, WRAP)).isZero();
        assertThat(clock.jumps()).isZero();
    }
}
