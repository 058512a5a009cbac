package io.kinolift.upscale.cadence;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Picture;
import io.kinolift.pair.PictureChange;
import io.kinolift.property.Inputs;
import io.kinolift.property.Property;
import io.kinolift.upscale.InputFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where outputs lie between distinct pictures, told by changes alone. */
class TimeMapTest {
    private static final int MOVE = 20 * PictureChange.STEP;
    private static final int NOISE = PictureChange.STEP / 2;
    private static final Offset<Double> EXACT = Offset.offset(1e-9);

    /** Pictures of a film that runs evenly, each first shown at the next frame of the video. */
    @ParameterizedTest
    @CsvSource({"4, 5", "2, 5", "3, 5", "2, 3", "3, 4"})
    void aConvertedRate_runsEvenlyFromTheSecondCycleOn(int pictures, int frames) {
        int[] changes = new int[6 * frames + 1];
        for (int picture = 1; picture <= 6 * pictures; picture++) {
            changes[Math.ceilDiv(picture * frames, pictures)] = MOVE;
        }
        Video video = Video.of(changes);
        for (int quarter = 4 * frames; quarter < 4 * 6 * frames; quarter++) {
            double picture = quarter / 4.0 * pictures / frames;
            assertThat(video.picture(quarter)).as("picture at %s/4", quarter).isCloseTo(picture, EXACT);
        }
    }

    /** The repeat may be any of the five, whichever picture is repeated. */
    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "4"})
    void theFirstFrameMayBeAnyOfACycle(int phase) {
        int[] changes = IntStream.range(0, 31)
                .map(frame -> (frame + phase) % 5 == 1 ? NOISE : MOVE)
                .toArray();
        Video video = Video.of(changes);
        // Behind two cycles at most; the last may be broken off.
        for (int quarter = 40; quarter < 4 * 25; quarter++) {
            assertThat(video.picture(quarter) - video.picture(quarter - 1))
                    .as("step before %s/4", quarter)
                    .isCloseTo(0.25 * 4 / 5, EXACT);
        }
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "4", "5"})
    void holdsOfOneLength_areFilledEvenly(int frames) {
        int[] changes = IntStream.range(0, 4 * frames + 1)
                .map(frame -> frame % frames == 0 ? MOVE : 0)
                .toArray();
        Video video = Video.of(changes);
        assertThat(video.repeats()).isEqualTo(4L * (frames - 1));
        for (int quarter = 0; quarter < 4 * 4 * frames; quarter++) {
            assertThat(video.picture(quarter)).isCloseTo(quarter / 4.0 / frames, EXACT);
        }
    }

    /** Threes with a four among them, as when animation is converted too; all stay where they first appear. */
    @Test
    void otherHolds_fillTheirOwnGapAndNoMore() {
        Video lost = Video.of(MOVE, MOVE, MOVE, MOVE, NOISE, MOVE, MOVE, MOVE, MOVE, MOVE);
        assertThat(lost.repeats()).isEqualTo(1);
        assertThat(lost.at(3, 1, 2)).isEqualTo(new TimeMap.Place(3, 5, 1, 4));
        assertThat(lost.at(4, 0, 2)).isEqualTo(new TimeMap.Place(3, 5, 1, 2));
        assertThat(lost.at(5, 1, 2)).isEqualTo(new TimeMap.Place(5, 6, 1, 2));
        Video drawn = Video.of(MOVE, 0, 0, MOVE, 0, 0, 0, MOVE, 0, 0, MOVE, MOVE);
        assertThat(drawn.repeats()).isEqualTo(7);
        assertThat(drawn.at(2, 0, 1)).isEqualTo(new TimeMap.Place(0, 3, 2, 3));
        assertThat(drawn.at(6, 0, 1)).isEqualTo(new TimeMap.Place(3, 7, 3, 4));
    }

    @Test
    void whatRestsLongerThanFourFrames_isStill() {
        assertThat(Video.of(MOVE, MOVE, 0, 0, 0, 0, MOVE, MOVE).repeats()).isEqualTo(4);
        Video still = Video.of(MOVE, MOVE, 0, 0, 0, 0, 0, MOVE, MOVE);
        assertThat(still.repeats()).isZero();
        assertThat(still.at(4, 1, 3)).isEqualTo(new TimeMap.Place(4, 5, 1, 3));
    }

    @Test
    void noiseAndSlowMotion_repeatNothing() {
        Random random = new Random(20_261_129);
        for (int level : new int[] {1, 2, 3, 4, 6, 12}) {
            int[] changes = IntStream.range(0, 500)
                    .map(frame -> level * PictureChange.STEP * (85 + random.nextInt(31)) / 100)
                    .toArray();
            assertThat(Video.of(changes).repeats())
                    .as("noise of %s steps", level)
                    .isZero();
        }
    }

    /** A camera that swings rests where it turns back, at any phase. */
    @ParameterizedTest
    @CsvSource({"13.4, 60", "13.4, 200", "20, 100", "11.3, 150", "31.7, 500"})
    void whatTurnsBack_repeatsNothing(double halfPeriod, int width) {
        Video swing =
                Video.moving(800, frame -> (int) (width * PictureChange.STEP * Math.sin(frame * Math.PI / halfPeriod)));
        assertThat(swing.repeats()).isZero();
        Video lost = Video.moving(800, frame ->
                (int) (width * PictureChange.STEP * Math.sin((frame == 32 ? 31 : frame) * Math.PI / 31.7)));
        assertThat(lost.repeats()).isEqualTo(1);
    }

    /** The start of a scene is a move, the end of one is not: there is no picture to go to. */
    @Test
    void aSceneMayBeginWithARepeat_butNotEndWithOne() {
        Video video = Video.of(0, 0, 0, MOVE, MOVE, 0, 0);
        assertThat(video.repeats()).isEqualTo(2);
        assertThat(video.at(1, 0, 1)).isEqualTo(new TimeMap.Place(0, 3, 1, 3));
        assertThat(video.at(-1, 3, 4)).isEqualTo(new TimeMap.Place(0, 0, 0, 1));
        assertThat(video.at(5, 1, 2)).isEqualTo(new TimeMap.Place(5, 6, 1, 2));
        assertThat(video.at(6, 1, 2)).isEqualTo(new TimeMap.Place(6, 6, 0, 1));
    }

    @Test
    void stepsAreBounded() {
        Video video = Video.of(MOVE, MOVE, MOVE);
        assertThat(video.at(0, 998, 1001)).isEqualTo(new TimeMap.Place(0, 1, 239, 240));
        assertThat(video.at(0, 1000, 1001)).isEqualTo(new TimeMap.Place(0, 1, 239, 240));
        assertThat(video.at(0, 500, 1001)).isEqualTo(new TimeMap.Place(0, 1, 120, 240));
    }

    /** Whatever the changes are: time goes on evenly enough, and what is out of reach has no say. */
    @Test
    void timeNeverStandsStill_norDependsOnFramesOutOfReach() {
        Property.holds(300, TimeMapTest::assertGoesOn);
    }

    private static void assertGoesOn(Inputs inputs) {
        Video video = Video.of(changes(inputs));
        double before = -1;
        for (int quarter = 0; quarter <= 4 * video.last(); quarter++) {
            TimeMap.Place place = video.at(quarter / 4, quarter % 4, 4);
            int floor = quarter / 4;
            assertThat(video.between(floor - TimeMap.BEFORE, floor + TimeMap.AFTER)
                            .at(floor, quarter % 4, 4))
                    .as("place of %s/4", quarter)
                    .isEqualTo(place);
            double frame = frame(place);
            // A picture taken over five frames, or five of six in four: no faster than twice, no slower than a fifth.
            assertThat(frame - before).as("step to %s/4", quarter).isBetween(0.25 / 5, quarter == 0 ? 1 : 0.5);
            assertThat(frame - quarter / 4.0).as("shift of %s/4", quarter).isBetween(0.0, 1.0);
            before = frame;
        }
        for (long frame = 0; frame <= video.last(); frame++) {
            Video near = video.between(frame - TimeMap.BEFORE + 1, frame + TimeMap.AFTER - 1);
            assertThat(TimeMap.isRepeat(frame, near)).isEqualTo(TimeMap.isRepeat(frame, video));
        }
    }

    /** Stretches of conversions, holds, stills and disorder. */
    private static int[] changes(Inputs inputs) {
        Random random = inputs.random();
        List<Integer> changes = new ArrayList<>();
        while (changes.size() < 120) {
            Cycle cycle = Cycle.ALL.get(random.nextInt(Cycle.ALL.size()));
            int phase = random.nextInt(5);
            int kind = random.nextInt(4);
            int length = 1 + random.nextInt(25);
            for (int frame = 0; frame < length; frame++) {
                boolean moves = switch (kind) {
                    case 0 -> false;
                    case 1 -> random.nextBoolean();
                    default -> appears(cycle, frame + phase);
                };
                changes.add(moves ? MOVE - random.nextInt(MOVE / 2) : random.nextInt(5 * PictureChange.STEP));
            }
        }
        return changes.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean appears(Cycle cycle, int frame) {
        return IntStream.range(0, cycle.pictures())
                .anyMatch(picture -> cycle.appearance(picture) == frame % cycle.frames());
    }

    private static double frame(TimeMap.Place place) {
        return place.earlier() + (double) (place.later() - place.earlier()) * place.numerator() / place.denominator();
    }

    /** Inputs without pictures: one scene, or the part of it that is at hand. */
    private record Video(Changes changes, long first, long last) implements InputFrames {
        /** How much one frame differs from another. */
        interface Changes {
            int between(int before, int after);
        }

        /** @param changes to each frame from the one before, all in one direction; of the first it says nothing */
        static Video of(int... changes) {
            return new Video(
                    (before, after) -> IntStream.rangeClosed(before + 1, after)
                            .map(frame -> changes[frame])
                            .sum(),
                    0,
                    changes.length - 1L);
        }

        /** @param place where everything is */
        static Video moving(int frames, IntUnaryOperator place) {
            return new Video(
                    (before, after) -> Math.abs(place.applyAsInt(after) - place.applyAsInt(before)), 0, frames - 1L);
        }

        Video between(long from, long to) {
            return new Video(changes, Math.max(first, from), Math.min(last, to));
        }

        @Override
        public Picture at(long index) {
            throw new AssertionError("expected to be told by changes alone");
        }

        @Override
        public int change(long before, long after) {
            assertThat(before).isBetween(first, last - 1);
            assertThat(after).isBetween(before + 1, last);
            return changes.between((int) before, (int) after);
        }

        TimeMap.Place at(long floor, long remainder, long denominator) {
            return TimeMap.at(floor, remainder, denominator, this);
        }

        long repeats() {
            return LongStream.rangeClosed(first, last)
                    .filter(frame -> TimeMap.isRepeat(frame, this))
                    .count();
        }

        /** The place of a quarter of a frame, in distinct pictures. */
        double picture(int quarter) {
            TimeMap.Place place = at(quarter / 4, quarter % 4, 4);
            return rank(place.earlier())
                    + (rank(place.later()) - rank(place.earlier())) * (double) place.numerator() / place.denominator();
        }

        private long rank(long frame) {
            return LongStream.rangeClosed(1, frame)
                    .filter(other -> !TimeMap.isRepeat(other, this))
                    .count();
        }
    }
}
