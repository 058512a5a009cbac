package io.kinolift.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.video.PictureSource;
import io.kinolift.video.Ticks;
import io.kinolift.video.TimedPicture;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvenPicturesTest {
    private static final List<Rational> RATES = List.of(
            Rational.of(24_000, 1001), Rational.of(25), Rational.of(30_000, 1001), Rational.of(60), Rational.of(7, 2));
    private static final List<Rational> UNITS =
            List.of(Rational.of(1, 1000), Rational.of(1, 90_000), Rational.of(1, 1_000_000), Rational.of(1, 600));

    private record Shown(double seconds, int level) {}

    /** Pictures of one level each. */
    private static final class Levels implements PictureSource {
        private final Rational unit;
        private final long[] pts;
        private final int[] levels;
        private final long duration;
        private int index;

        Levels(Rational unit, long[] pts, int[] levels, long duration) {
            this.unit = unit;
            this.pts = pts;
            this.levels = levels;
            this.duration = duration;
        }

        @Override
        public TimedPicture next() {
            if (index == pts.length) {
                return null;
            }
            Picture picture = new AvPictures().allocate(PixelFormat.GRAY10, 5, 3);
            Plane plane = picture.plane(0);
            for (int y = 0; y < plane.height(); y++) {
                for (int x = 0; x < plane.rowSamples(); x++) {
                    plane.set(x, y, levels[index]);
                }
            }
            return new TimedPicture(picture, pts[index++], duration, true, Rational.ONE, Colour.UNSPECIFIED);
        }

        @Override
        public Rational timeBase() {
            return unit;
        }

        @Override
        public long promisedFrames() {
            return pts.length;
        }

        @Override
        public void close() {}
    }

    private static List<Shown> read(PictureSource source, Rational rate) throws Exception {
        List<Shown> shown = new ArrayList<>();
        try (EvenPictures even = new EvenPictures(source, rate, 1_000_000_000, Double.POSITIVE_INFINITY)) {
            for (TimedPicture next = even.next(); next != null; next = even.next()) {
                try (TimedPicture timed = next) {
                    shown.add(new Shown(
                            timed.pts() * even.timeBase().toDouble(),
                            timed.picture().plane(0).sample(4, 2)));
                }
            }
        }
        return shown;
    }

    @Test
    void aConstantRateKeepsItsPicturesAndGetsExactTimes() throws Exception {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Rational rate = RATES.get(random.nextInt(RATES.size()));
            Rational unit = UNITS.get(random.nextInt(UNITS.size()));
            int frames = 1 + random.nextInt(40);
            long start = random.nextInt(100_000);
            long[] pts = new long[frames];
            int[] levels = new int[frames];
            for (int i = 0; i < frames; i++) {
                pts[i] = start + Ticks.nearest(i, rate.inverse(), unit);
                levels[i] = random.nextInt(1024);
            }
            long duration = Ticks.nearest(1, rate.inverse(), unit);
            List<Shown> shown = read(new Levels(unit, pts, levels, duration), rate);
            assertThat(shown.stream().mapToInt(Shown::level).toArray())
                    .as("seed " + seed)
                    .isEqualTo(levels);
            for (int i = 0; i < frames; i++) {
                double exact = start * unit.toDouble() + i / rate.toDouble();
                assertThat(Math.abs(shown.get(i).seconds() - exact)).isLessThan(1e-9);
            }
        }
    }

    @Test
    void aVariableRateIsBlendedByTime() throws Exception {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Rational rate = RATES.get(random.nextInt(RATES.size()));
            Rational unit = UNITS.get(random.nextInt(UNITS.size()));
            int frames = 2 + random.nextInt(20);
            long[] pts = new long[frames];
            int[] levels = new int[frames];
            long ticksPerSecond = unit.denominator();
            pts[0] = random.nextInt(1000);
            levels[0] = random.nextInt(1024);
            for (int i = 1; i < frames; i++) {
                pts[i] = pts[i - 1] + ticksPerSecond / 100 + random.nextLong(ticksPerSecond / 5);
                levels[i] = random.nextInt(1024);
            }
            long duration = ticksPerSecond / 20;
            List<Shown> shown = read(new Levels(unit, pts, levels, duration), rate);
            double start = pts[0] * unit.toDouble();
            double length = (pts[frames - 1] + duration) * unit.toDouble() - start;
            assertThat(Math.abs(shown.size() / rate.toDouble() - length))
                    .as("seed " + seed)
                    .isLessThanOrEqualTo(1 / rate.toDouble());
            for (int k = 0; k < shown.size(); k++) {
                double time = start + k / rate.toDouble();
                assertThat(Math.abs(shown.get(k).seconds() - time)).isLessThan(1e-9);
                DoubleSummaryStatistics near = near(time, unit, pts, levels);
                assertThat((double) shown.get(k).level())
                        .as("seed " + seed + " picture " + k)
                        .isBetween(near.getMin() - 0.6, near.getMax() + 0.6);
            }
        }
    }

    /** What the source shows within a tick of a time. */
    private static DoubleSummaryStatistics near(double seconds, Rational unit, long[] pts, int[] levels) {
        double slack = unit.toDouble() * 1.001;
        DoubleSummaryStatistics near = DoubleStream.of(seconds - slack, seconds, seconds + slack)
                .map(time -> level(time, unit, pts, levels))
                .summaryStatistics();
        IntStream.range(0, pts.length)
                .filter(i -> Math.abs(pts[i] * unit.toDouble() - seconds) <= slack)
                .forEach(i -> near.accept(levels[i]));
        return near;
    }

    /** What the source shows at a time. */
    private static double level(double seconds, Rational unit, long[] pts, int[] levels) {
        double ticks = seconds / unit.toDouble();
        for (int i = 1; i < pts.length; i++) {
            if (ticks <= pts[i]) {
                double part = Math.max(0, (ticks - pts[i - 1]) / (pts[i] - pts[i - 1]));
                return levels[i - 1] + part * (levels[i] - levels[i - 1]);
            }
        }
        return levels[levels.length - 1];
    }

    @Test
    void aHoleIsFilledFromBothSides_butNotAcrossACut() throws Exception {
        long[] pts = {0, 40, 200, 240};
        int[] levels = {100, 200, 1000, 900};
        assertThat(read(new Levels(Rational.of(1, 1000), pts, levels, 40), Rational.of(25)))
                .extracting(Shown::level)
                .containsExactly(100, 200, 400, 600, 800, 1000, 900);
        List<Integer> cut = new ArrayList<>();
        try (EvenPictures even = new EvenPictures(
                new Levels(Rational.of(1, 1000), pts, levels, 40), Rational.of(25), 1_000_000_000, 0.001)) {
            for (TimedPicture next = even.next(); next != null; next = even.next()) {
                cut.add(next.picture().plane(0).sample(0, 0));
                next.close();
            }
        }
        assertThat(cut).containsExactly(100, 200, 200, 1000, 1000, 1000, 900);
    }

    @Test
    void onePictureIsShownForItsDuration() throws Exception {
        long[] pts = {7};
        int[] levels = {5};
        assertThat(read(new Levels(Rational.of(1, 1000), pts, levels, 500), Rational.of(30)))
                .hasSize(15);
        assertThat(read(new Levels(Rational.of(1, 1000), pts, levels, 0), Rational.of(30)))
                .hasSize(1);
        assertThat(read(new Levels(Rational.of(1, 1000), new long[0], new int[0], 0), Rational.of(30)))
                .isEmpty();
    }

    @Test
    void aFactorOnlyWhereTheInputsRateIsConstantAndSmallEnough() {
        Rational wanted = Rational.of(60_000, 1001);
        assertThat(TimePlan.of(Rational.of(30_000, 1001), wanted))
                .isEqualTo(new TimePlan(Rational.of(30_000, 1001), Rational.of(2)));
        assertThat(TimePlan.of(Rational.ZERO, wanted)).isEqualTo(new TimePlan(wanted, Rational.ONE));
        assertThat(TimePlan.of(Rational.of(29_999_999, 1_000_003), wanted))
                .isEqualTo(new TimePlan(wanted, Rational.ONE));
    }
}
