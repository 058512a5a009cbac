package io.kinolift.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.VideoFrame;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.topology.TopologyFixture;
import io.kinolift.video.EncoderChoice;
import io.kinolift.video.PacketTimes;
import io.kinolift.video.PictureSideData;
import io.kinolift.video.PictureSource;
import io.kinolift.video.TestClocks;
import io.kinolift.video.Ticks;
import io.kinolift.video.TimedPicture;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Times from a source through the real topology into files of every container, read back packet by packet: each is
 * within half a tick of the exact one, they strictly increase, and the file is as long as its input. {@code
 * -Dkinolift.times.files} sets the number of files.
 */
class FileTimesTest {
    private static final int FILES = Integer.getInteger("kinolift.times.files", 100);
    /** Until topologies with an empty state take over. */
    private static final int STREAMS = 500;

    /** Fine enough for a variable rate. */
    private static final List<Rational> UNITS = TestClocks.UNITS.stream()
            .filter(unit -> unit.denominator() / unit.numerator() >= 1000)
            .toList();

    private static final List<Rational> FACTORS = List.of(
            Rational.ONE,
            Rational.of(2),
            Rational.of(3),
            Rational.of(5, 2),
            Rational.of(3, 2),
            Rational.of(4, 5),
            Rational.of(23, 20));
    private static final List<String> CONTAINERS = List.of("mp4", "mov", "mkv", "ts", "avi");
    private static final FrameFormat FORMAT =
            new FrameFormat(Codec.RAW, PixelFormat.YUV420P, 16, 16, Rational.ONE, Colour.UNSPECIFIED);

    @TempDir
    private Path folder;

    /** An exact number of seconds. */
    private record Seconds(BigInteger numerator, BigInteger denominator) {
        static Seconds of(long units, Rational unit) {
            return new Seconds(
                    BigInteger.valueOf(units).multiply(BigInteger.valueOf(unit.numerator())),
                    BigInteger.valueOf(unit.denominator()));
        }

        Seconds plus(Seconds other) {
            return new Seconds(
                    numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                    denominator.multiply(other.denominator));
        }

        Seconds minus(Seconds other) {
            return plus(new Seconds(other.numerator.negate(), other.denominator));
        }

        Seconds times(Rational factor) {
            return new Seconds(
                    numerator.multiply(BigInteger.valueOf(factor.numerator())),
                    denominator.multiply(BigInteger.valueOf(factor.denominator())));
        }

        boolean isWithin(Rational limit) {
            return numerator
                            .abs()
                            .multiply(BigInteger.valueOf(limit.denominator()))
                            .compareTo(denominator.multiply(BigInteger.valueOf(limit.numerator())))
                    <= 0;
        }

        @Override
        public String toString() {
            return Double.toString(numerator.doubleValue() / denominator.doubleValue());
        }
    }

    /**
     * A source and what is asked of it.
     *
     * @param pts of the source, and the end of its last picture
     * @param wanted frames per second; null if {@code factor} is asked for
     * @param fromFirst whether the file begins with 0
     */
    private record Case(
            String container,
            Rational unit,
            long[] pts,
            Rational evenRate,
            Rational wanted,
            Rational factor,
            boolean fromFirst) {
        static Case of(SplittableRandom random) {
            Rational rate = pick(TestClocks.RATES, random);
            Rational unit = pick(UNITS, random);
            boolean variable = random.nextInt(3) == 0;
            boolean fps = random.nextBoolean();
            String container = pick(CONTAINERS, random);
            if (variable && !fps && container.equals("avi")) {
                // An avi file has one rate.
                container = "mkv";
            }
            int frames = 6 + random.nextInt(10);
            // Recordings of broadcasts count from anywhere. The clock of MPEG-TS is full after 26.5 hours.
            long start = random.nextBoolean() ? 0 : random.nextLong(90_000L * unit.denominator());
            long[] pts = new long[frames + 1];
            pts[0] = start;
            for (int i = 1; i <= frames; i++) {
                long even = Ticks.nearest(i, rate.inverse(), unit);
                pts[i] = variable
                        ? pts[i - 1]
                                + Ticks.nearest(4 + random.nextInt(12), rate.inverse(), unit.multiply(Rational.of(8)))
                        : start + even;
            }
            return new Case(
                    container,
                    unit,
                    pts,
                    variable ? Rational.ZERO : rate,
                    fps ? pick(TestClocks.WANTED_RATES, random) : null,
                    pick(FACTORS, random),
                    container.equals("avi") || random.nextBoolean());
        }

        /** FFmpeg's parser gives MPEG-4 in MPEG-TS other times than it was written with. */
        String codec() {
            return container.equals("ts") ? "h264" : "mpeg4";
        }

        int frames() {
            return pts.length - 1;
        }

        TimePlan plan() {
            return wanted == null ? new TimePlan(null, factor) : TimePlan.of(evenRate, wanted);
        }

        Seconds start() {
            return Seconds.of(pts[0], unit);
        }

        Seconds end() {
            return Seconds.of(pts[frames()], unit);
        }

        /** What the file's times leave out. */
        Seconds omitted() {
            return fromFirst ? start() : Seconds.of(0, unit);
        }

        /** When an output begins, by the source's clock. */
        Seconds exact(int output) {
            if (wanted != null) {
                return start().plus(Seconds.of(output, wanted.inverse()));
            }
            int before = Math.toIntExact(Math.min(factor.inverse().floorOfProduct(output), frames() - 1));
            Rational part =
                    Rational.of(output * factor.denominator() - before * factor.numerator(), factor.numerator());
            Seconds step = Seconds.of(pts[before + 1] - pts[before], unit);
            return Seconds.of(pts[before], unit).plus(part.numerator() == 0 ? Seconds.of(0, unit) : step.times(part));
        }

        /** How much longer or shorter the outputs may be shown than the inputs: as long as one of them. */
        Seconds step() {
            if (wanted != null) {
                return Seconds.of(1, wanted.inverse());
            }
            long longest = 0;
            for (int i = 0; i < frames(); i++) {
                longest = Math.max(longest, pts[i + 1] - pts[i]);
            }
            // The last output has the length of the input that it begins in, not of the next one.
            Rational ends = evenRate.isPositive() ? Rational.ONE : Rational.of(2);
            return Seconds.of(longest, unit).times(factor.inverse()).times(ends);
        }
    }

    private static <T> T pick(List<T> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static final class Blanks implements PictureSource {
        private final Case given;
        private int index;

        Blanks(Case given) {
            this.given = given;
        }

        @Override
        public TimedPicture next() {
            if (index == given.frames()) {
                return null;
            }
            long pts = given.pts[index];
            return new TimedPicture(blank(), pts, given.pts[++index] - pts, true, Rational.ONE, Colour.UNSPECIFIED);
        }

        @Override
        public Rational timeBase() {
            return given.unit;
        }

        @Override
        public long promisedFrames() {
            return given.frames();
        }

        @Override
        public void close() {}
    }

    private static Picture blank() {
        return new AvPictures().allocate(PixelFormat.YUV420P, FORMAT.width(), FORMAT.height());
    }

    @Test
    void timesInFilesAreTheNearestTicksToTheExactOnes() throws Exception {
        Map<Rational, TopologyFixture> topologies = new HashMap<>();
        try {
            for (int seed = 0; seed < FILES; seed++) {
                check(seed, Case.of(new SplittableRandom(seed)), topologies);
                if (seed % STREAMS == STREAMS - 1) {
                    topologies.values().forEach(TopologyFixture::close);
                    topologies.clear();
                }
            }
        } finally {
            topologies.values().forEach(TopologyFixture::close);
        }
    }

    private void check(int seed, Case given, Map<Rational, TopologyFixture> topologies) throws Exception {
        TimePlan plan = given.plan();
        TopologyFixture topology = topologies.computeIfAbsent(
                plan.factor(),
                factor -> new TopologyFixture("scale.factor", factor + ",1,1", "max.streams", "1000000"));
        List<EncodedFrame> outputs = upscale(topology, "s" + seed, frames("s" + seed, given, plan));
        Path path = folder.resolve(seed + "." + given.container);
        try (VideoFile file = new VideoFile(new VideoFile.Settings(
                OutputPlace.of(path.toString(), ""),
                EncoderChoice.of(given.codec()),
                rate(given),
                2,
                PictureSideData.NONE,
                null,
                1))) {
            Collect.Sink sink = given.fromFirst ? new FromFirst(file) : file;
            for (EncodedFrame output : outputs) {
                sink.frame(output, blank());
            }
            file.finish();
        }
        PacketTimes written = PacketTimes.of(path);
        Files.delete(path);
        assertTimes("seed " + seed + " " + given, given, outputs.size(), written);
    }

    private static List<EncodedFrame> upscale(TopologyFixture topology, String stream, List<EncodedFrame> frames)
            throws MalformedRecordException {
        frames.forEach(topology::send);
        topology.end(stream, 0, frames.size());
        List<EncodedFrame> outputs = new ArrayList<>();
        for (VideoFrame output : topology.output()) {
            if (!output.getEndOfStream()) {
                outputs.add(FrameRecords.frame(output));
            }
        }
        topology.accounts();
        return outputs;
    }

    private static Rational rate(Case given) {
        Rational even = given.evenRate.isPositive()
                ? given.evenRate
                : Rational.of(given.frames())
                        .divide(given.unit.multiply(Rational.of(given.pts[given.frames()] - given.pts[0])));
        return given.wanted == null ? even.multiply(given.factor) : given.wanted;
    }

    private static List<EncodedFrame> frames(String stream, Case given, TimePlan plan) throws Exception {
        List<EncodedFrame> frames = new ArrayList<>();
        PictureSource source = new Blanks(given);
        if (given.wanted != null) {
            source = new EvenPictures(source, plan.inputRate(), plan.maxUnitsPerSecond(), Double.POSITIVE_INFINITY);
        }
        try (PictureSource pictures = source) {
            for (TimedPicture next = pictures.next(); next != null; next = pictures.next()) {
                try (TimedPicture timed = next) {
                    frames.add(new EncodedFrame(
                            stream,
                            0,
                            frames.size(),
                            timed.pts(),
                            timed.duration(),
                            pictures.timeBase(),
                            FORMAT,
                            true,
                            false,
                            0,
                            new byte[FORMAT.width() * FORMAT.height() * 3 / 2]));
                }
            }
        }
        return frames;
    }

    private static void assertTimes(String name, Case given, int outputs, PacketTimes written) {
        Rational tick = written.tick();
        // Half a tick; a start that no unit of the output rate holds may move by a nanosecond.
        Rational limit =
                Rational.of(tick.numerator() * 500_000_000 + tick.denominator(), tick.denominator() * 1_000_000_000);
        assertThat(written.pts()).as(name).hasSize(outputs);
        for (int o = 0; o < outputs; o++) {
            Seconds found = Seconds.of(written.pts().get(o), tick);
            Seconds exact = given.exact(o).minus(given.omitted());
            assertThat(found.minus(exact).isWithin(limit))
                    .as("%s: output %d at %s, found %s in ticks of %s", name, o, exact, found, tick)
                    .isTrue();
            if (o > 0) {
                assertThat(written.pts().get(o))
                        .as(name)
                        .isGreaterThan(written.pts().get(o - 1));
            }
        }
        Seconds step = given.step();
        // MPEG-TS has no durations.
        Seconds end = given.container.equals("ts")
                ? Seconds.of(written.pts().getLast(), tick).plus(step)
                : Seconds.of(written.pts().getLast() + written.lastDuration(), tick);
        Seconds missing = given.end().minus(given.omitted()).minus(end);
        double longest = step.numerator().doubleValue() / step.denominator().doubleValue()
                + 2 * tick.toDouble()
                + given.unit.toDouble();
        assertThat(Math.abs(missing.numerator().doubleValue()
                        / missing.denominator().doubleValue()))
                .as("%s: input ends at %s, output at %s", name, given.end(), end)
                .isLessThanOrEqualTo(longest + 1e-9);
    }
}
