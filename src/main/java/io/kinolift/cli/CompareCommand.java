package io.kinolift.cli;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.quality.ClipQuality;
import io.kinolift.quality.FrameQuality;
import io.kinolift.quality.PlaneQuality;
import io.kinolift.quality.QualityCsv;
import io.kinolift.quality.SideBySide;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.Source;
import io.kinolift.video.TimedPicture;
import io.kinolift.video.VideoInfo;
import io.kinolift.video.VideoReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how alike two videos are. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        footer = {"  kinolift compare original.mp4 upscaled.mp4"},
        exitCodeList = {ExitCodes.SAYS_DONE, ExitCodes.SAYS_FAILED, ExitCodes.SAYS_USAGE},
        description = {
            "Compares two videos, frame by frame.",
            "Measures PSNR, SSIM, GMSD (0 is best) and ringing (by how many steps of 255 B leaves the range of A's 3x3 samples, root mean square) of B against A, frame by frame, and draws both side by side."
        })
final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "video, such as the original")
    private Path a;

    @Parameters(index = "1", paramLabel = "B", description = "video to hold against it")
    private Path b;

    @Mixin
    private AllowOptions allow;

    @Option(names = "--csv", paramLabel = "FILE", description = "write the figures of every frame to FILE")
    private Path csv;

    @Option(
            names = "--picture",
            paramLabel = "FILE.png",
            description = "draw a frame of both side by side, with a detail; sizes may differ")
    private Path picture;

    @Option(
            names = "--frame",
            paramLabel = "N",
            description = "frame of A to draw, from 0, and B's at that time (default: the middle one)")
    private Long frame;

    @Override
    public Integer call() throws VideoException, IOException {
        if (frame != null && (picture == null || frame < 0)) {
            throw new UsageException("--frame names the frame of --picture, from 0: found --frame " + frame
                    + (picture == null ? " without --picture" : ""));
        }
        LateFiles.requirePlaces(csv, picture);
        int code = 0;
        String obstacle = obstacle();
        if (obstacle == null) {
            code = measure();
        } else if (picture == null || csv != null) {
            throw new UsageException("no figures: " + obstacle + "; --picture alone draws both side by side");
        } else {
            System.out.println("no figures: " + LogText.line(obstacle));
        }
        if (picture != null) {
            draw(source(a), source(b), frame, picture);
            System.out.println(picture + ": both side by side");
        }
        return code;
    }

    /** Why there can be no figures, or null. */
    private String obstacle() throws VideoException {
        try (VideoReader readerA = open(source(a));
                VideoReader readerB = open(source(b))) {
            String formatA = format(readerA.info());
            String formatB = format(readerB.info());
            return formatA.equals(formatB) ? null : "A is " + formatA + ", B is " + formatB;
        }
    }

    private static String format(VideoInfo info) {
        return info.width() + "x" + info.height() + " " + info.pixelFormat();
    }

    private int measure() throws VideoException, IOException {
        ClipQuality quality = new ClipQuality();
        long onlyA = 0;
        long onlyB = 0;
        try (VideoReader readerA = open(source(a));
                VideoReader readerB = open(source(b));
                QualityCsv table = csv == null ? null : QualityCsv.create(csv);
                ProgressLine progress = new ProgressLine()) {
            progress.start(
                    Math.min(readerA.info().promisedFrames(), readerB.info().promisedFrames()));
            TimedPicture nextA = readerA.next();
            TimedPicture nextB = readerB.next();
            while (nextA != null && nextB != null) {
                FrameQuality figures = add(nextA, nextB, quality);
                if (table != null) {
                    table.add(figures);
                }
                progress.framesOut(quality.frames());
                nextA = readerA.next();
                nextB = readerB.next();
            }
            onlyA = countFrom(nextA, readerA);
            onlyB = countFrom(nextB, readerB);
            warnIfIncomplete(a, readerA);
            warnIfIncomplete(b, readerB);
        }
        print(quality);
        System.out.printf("frames: A %d, B %d%n", quality.frames() + onlyA, quality.frames() + onlyB);
        if (onlyA + onlyB > 0) {
            System.out.printf("the numbers of frames differ: the figures are of the first %d%n", quality.frames());
            return 1;
        }
        return 0;
    }

    /** Closes both pictures. */
    private static FrameQuality add(TimedPicture a, TimedPicture b, ClipQuality quality) throws VideoException {
        try (a;
                b) {
            FrameQuality figures = FrameQuality.measure(a.picture(), b.picture());
            quality.add(figures);
            return figures;
        } catch (IllegalArgumentException e) {
            throw new VideoException("frame " + quality.frames() + ": " + e.getMessage());
        }
    }

    private static long countFrom(TimedPicture first, VideoReader reader) throws VideoException {
        long count = 0;
        for (TimedPicture next = first; next != null; next = reader.next()) {
            next.close();
            count++;
        }
        return count;
    }

    private static void warnIfIncomplete(Path file, VideoReader reader) {
        if (reader.report().truncated() || reader.report().failedPackets() > 0) {
            Tell.line(file + " is damaged: it ends early, or not all of it decodes");
        }
    }

    private static void print(ClipQuality quality) {
        FrameQuality mean = quality.mean();
        StringBuilder names = new StringBuilder(String.format("%-9s", ""));
        mean.components().forEach(component -> names.append(String.format("%10s", component.name())));
        System.out.println(names.append(String.format("%10s", "all")));
        System.out.println(row("PSNR (dB)", mean, PlaneQuality::psnr, 2));
        System.out.println(row("SSIM", mean, PlaneQuality::ssim, 5));
        System.out.println(row("GMSD", mean, PlaneQuality::gmsd, 5));
        System.out.println(row("ringing", mean, PlaneQuality::ringing, 3));
        System.out.printf(
                "worst frame: %d, PSNR %s dB, SSIM %s%n",
                quality.worstFrame(),
                number(quality.worst().psnr(), 2),
                number(quality.worst().ssim(), 5));
    }

    private static String row(String name, FrameQuality mean, ToDoubleFunction<PlaneQuality> figure, int digits) {
        StringBuilder line = new StringBuilder(String.format("%-9s", name));
        for (FrameQuality.Component component : mean.components()) {
            line.append(String.format("%10s", number(figure.applyAsDouble(component.quality()), digits)));
        }
        return line.append(String.format("%10s", number(figure.applyAsDouble(mean.all()), digits)))
                .toString();
    }

    /** Equal pictures have no error and a PSNR of inf; pictures under 8x8 have no SSIM. */
    private static String number(double value, int digits) {
        return Double.isNaN(value)
                ? "none"
                : Double.isInfinite(value) ? "inf" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /**
     * Draws frame {@code frame} of A, the middle one if null, beside B's frame that is shown at that time.
     *
     * @throws VideoException if a video cannot be read
     * @throws UsageException if A has no such frame
     */
    static void draw(Source a, Source b, Long frame, Path picture) throws VideoException, IOException {
        List<Double> timesA = times(a);
        int indexA = frame == null ? timesA.size() / 2 : (int) Math.min(frame, timesA.size());
        if (indexA == timesA.size()) {
            throw new UsageException("expected a frame from 0 to " + (indexA - 1) + " of " + a + ", found " + frame);
        }
        List<Double> timesB = times(b);
        try (TimedPicture shownA = frame(a, indexA);
                TimedPicture shownB = frame(b, nearest(timesB, timesA.get(indexA)))) {
            SideBySide.write(List.of(side("A", a, shownA), side("B", b, shownB)), picture);
        }
    }

    /** When each frame is shown, in seconds after the first. */
    static List<Double> times(Source file) throws VideoException {
        try (VideoReader reader = open(file);
                ProgressLine progress = new ProgressLine()) {
            progress.start(reader.info().promisedFrames());
            double unit = reader.info().timeBase().toDouble();
            List<Double> times = new ArrayList<>();
            long start = 0;
            for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
                next.close();
                start = times.isEmpty() ? next.pts() : start;
                times.add((next.pts() - start) * unit);
                progress.framesOut(times.size());
            }
            return times;
        }
    }

    private static int nearest(List<Double> times, double seconds) {
        return IntStream.range(0, times.size())
                .boxed()
                .min(Comparator.comparingDouble(i -> Math.abs(times.get(i) - seconds)))
                .orElseThrow();
    }

    private static TimedPicture frame(Source file, int index) throws VideoException {
        try (VideoReader reader = open(file)) {
            for (int i = 0; i < index; i++) {
                reader.next().close();
            }
            return reader.next();
        }
    }

    private static SideBySide.Side side(String name, Source file, TimedPicture shown) {
        return new SideBySide.Side(
                name, Path.of(file.name()).getFileName().toString(), shown.picture(), shown.colour());
    }

    private Source source(Path file) {
        return Source.of(file.toString(), allow.allowed());
    }

    private static VideoReader open(Source source) throws VideoException {
        return VideoReader.open(source, ReaderLimits.DEFAULT);
    }
}
