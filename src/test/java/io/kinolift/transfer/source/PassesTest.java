package io.kinolift.transfer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import io.kinolift.video.PictureSource;
import io.kinolift.video.TimedPicture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Times rise, whatever the source does, and what does not follow is marked. */
class PassesTest {
    private final List<String> told = new ArrayList<>();
    /** How far the clock is ahead of the real one. */
    private final AtomicLong skipped = new AtomicLong();

    private record Shown(long pts, boolean marked) {}

    private static List<Shown> read(PictureSource source) throws VideoException {
        List<Shown> all = new ArrayList<>();
        try (source) {
            for (TimedPicture next = source.next(); next != null; next = source.next()) {
                all.add(new Shown(next.pts(), next.discontinuity()));
                next.close();
            }
        }
        return all;
    }

    private Passes passes(long number, Duration patience, PictureSource... openings) {
        Deque<PictureSource> all = new ArrayDeque<>(List.of(openings));
        return new Passes(
                all.remove(),
                () -> {
                    if (all.isEmpty()) {
                        throw new VideoException("refused");
                    }
                    return all.remove();
                },
                number,
                new Losses("camera", patience, new Stop(), told::add, () -> System.nanoTime() + skipped.get()),
                told::add);
    }

    @Test
    void passesGoOnInTime_andTheFirstOfEachIsMarked() throws Exception {
        assertThat(read(passes(3, Duration.ZERO, Ticking.file(0, 40), Ticking.file(0, 40), Ticking.file(0, 40))))
                .containsExactly(
                        new Shown(0, false),
                        new Shown(40, false),
                        new Shown(80, true),
                        new Shown(120, false),
                        new Shown(160, true),
                        new Shown(200, false));
    }

    @Test
    void anyNumberOfPasses_isOneLineAtTheEnd() throws Exception {
        PictureSource[] openings = new PictureSource[100];
        Arrays.setAll(openings, _ -> Ticking.file(0, 40));
        Passes passes = passes(100, Duration.ZERO, openings);
        assertThat(read(passes)).hasSize(200);
        assertThat(told).isEmpty();
        assertThat(passes.remarks())
                .containsExactly("100 passes; the first frame of each but the first is marked as a discontinuity");
    }

    @Test
    void onePass_needsNoLine() throws Exception {
        Passes passes = passes(1, Duration.ZERO, Ticking.file(0, 40));
        read(passes);
        assertThat(passes.remarks()).isEmpty();
    }

    @Test
    void clockThatGoesBack_goesOnInstead() throws Exception {
        assertThat(read(passes(1, Duration.ZERO, Ticking.file(5000, 5040, 0, 40, 40, 80))))
                .containsExactly(
                        new Shown(5000, false),
                        new Shown(5040, false),
                        new Shown(5080, true),
                        new Shown(5120, false),
                        new Shown(5160, true),
                        new Shown(5200, false));
        assertThat(told).hasSize(2).allMatch(line -> line.contains("clock went back"));
    }

    @Test
    void leapOfHours_isMarked() throws Exception {
        assertThat(read(passes(1, Duration.ZERO, Ticking.file(0, 40, 7_200_000, 7_200_040))))
                .extracting(Shown::marked)
                .containsExactly(false, false, true, false);
    }

    @Test
    void lostCamera_isOpenedAgainAndTimesGoOnByItsAbsence() throws Exception {
        PictureSource later = new Ticking(Rational.of(1, 90_000), false, null, 0, 3600);
        List<Shown> shown =
                read(new UpToFailure(passes(1, Duration.ofSeconds(1), Ticking.camera("timed out", 1000, 1040), later)));
        assertThat(shown).hasSize(4);
        assertThat(shown.get(2).pts()).isBetween(1080L, 1080L + 60_000);
        assertThat(shown.get(2).marked()).isTrue();
        assertThat(shown.get(3)).isEqualTo(new Shown(shown.get(2).pts() + 40, false));
        assertThat(told.getFirst()).contains("camera: lost (timed out)");
    }

    @Test
    void cameraThatStaysAway_isAnErrorWithTheTimeInIt() {
        Passes passes = passes(1, Duration.ofSeconds(1), Ticking.camera("timed out"));
        assertThatThrownBy(passes::next).isInstanceOf(VideoException.class).hasMessageContaining("away for");
    }

    @Test
    void cameraThatEndsAtOnce_isOpenedAfterWaits_andGivenUp() {
        AtomicInteger openings = new AtomicInteger();
        Passes passes = new Passes(
                Ticking.camera(null, 0),
                () -> {
                    assertThat(openings.incrementAndGet()).isLessThan(10);
                    return Ticking.camera(null, new long[openings.get() % 2]);
                },
                1,
                new Losses("camera", Duration.ofSeconds(1), new Stop(), told::add, System::nanoTime),
                told::add);
        assertThatThrownBy(() -> read(passes))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("away for");
        assertThat(openings).hasValue(2);
        assertThat(told).filteredOn(line -> line.contains("next try in 500 ms")).hasSize(1);
    }

    @Test
    void cameraThatGavePicturesForAWhile_isOpenedAtOnce() throws Exception {
        Passes passes = passes(
                1,
                Duration.ofSeconds(1),
                Ticking.camera(null, 0, 40),
                Ticking.camera(null, 0, 40),
                Ticking.camera(null));
        for (int i = 0; i < 4; i++) {
            passes.next().close();
            skipped.addAndGet(Duration.ofSeconds(10).toNanos());
        }
        assertThatThrownBy(passes::next).hasMessageContaining("away for");
        assertThat(told.subList(0, 4)).noneMatch(line -> line.contains("next try"));
    }

    @Test
    void laterPassWithoutPictures_isTheLast() throws Exception {
        assertThat(read(passes(5, Duration.ZERO, Ticking.file(0, 40), Ticking.file())))
                .hasSize(2);
    }

    @Test
    void withoutPatience_aFailureIsPassedOn() {
        Passes passes = passes(1, Duration.ZERO, Ticking.camera("timed out"), Ticking.camera(null, 0));
        assertThatThrownBy(passes::next).hasMessage("timed out");
    }

    @Test
    void excerpt_beginsWithZeroAndEndsInTime() throws Exception {
        assertThat(read(Excerpt.from(Ticking.file(0, 40, 80, 120), 70_000)))
                .containsExactly(new Shown(10, false), new Shown(50, false));
        assertThat(read(Excerpt.lasting(Ticking.file(1000, 1040, 1080), 80_000)))
                .containsExactly(new Shown(1000, false), new Shown(1040, false));
    }

    /** Ends where a camera that is lost for good would be an error. */
    private record UpToFailure(PictureSource source) implements PictureSource {
        @Override
        public TimedPicture next() throws VideoException {
            try {
                return source.next();
            } catch (VideoException _) {
                return null;
            }
        }

        @Override
        public Rational timeBase() {
            return source.timeBase();
        }

        @Override
        public long promisedFrames() {
            return 0;
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
