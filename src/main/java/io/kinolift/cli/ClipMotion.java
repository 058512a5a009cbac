package io.kinolift.cli;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.motion.MotionMap;
import io.kinolift.motion.view.MotionFigures;
import io.kinolift.motion.view.MotionView;
import io.kinolift.pair.Pair;
import io.kinolift.settings.GapSettings;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.upscale.motion.MotionOperator;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.Source;
import io.kinolift.video.TimedPicture;
import io.kinolift.video.VideoReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The motion between a frame of a clip and the next: printed, and drawn. */
final class ClipMotion {
    private final Source clip;
    private final long frame;

    /** @param frame from 0 */
    ClipMotion(Source clip, long frame) {
        this.clip = clip;
        this.frame = frame;
    }

    /** @param plot where it is drawn; null for nowhere */
    void inspect(Path plot) throws VideoException, IOException {
        try (VideoReader reader = VideoReader.open(clip, ReaderLimits.DEFAULT)) {
            skip(reader);
            try (TimedPicture first = next(reader, frame);
                    TimedPicture second = next(reader, frame + 1)) {
                checkAlike(first.picture(), second.picture());
                checkFollowed(first);
                inspect(first, second, plot);
            }
        }
    }

    private void skip(VideoReader reader) throws VideoException {
        for (long index = 0; index < frame; index++) {
            next(reader, index).close();
        }
    }

    private TimedPicture next(VideoReader reader, long index) throws VideoException {
        TimedPicture next = reader.next();
        if (next != null) {
            return next;
        }
        throw new UsageException(
                index < 2
                        ? "expected a video of at least two frames, found " + index + " in " + clip
                        : "expected --frame from 0 to " + (index - 2) + ", because " + clip + " has " + index
                                + " frames and the motion is that to the next, found " + frame);
    }

    private void checkAlike(Picture first, Picture second) {
        if (!format(first).equals(format(second))) {
            throw new UsageException("expected frames of one size and format, found " + format(first) + " in frame "
                    + frame + " and " + format(second) + " in frame " + (frame + 1) + " of " + clip);
        }
    }

    private static String format(Picture picture) {
        return picture.width() + "x" + picture.height() + " " + picture.format();
    }

    private static void checkFollowed(TimedPicture shown) {
        Picture picture = shown.picture();
        Optional<String> refusal = MotionOperator.of(Rational.of(2), TemporalGrid.SOURCE)
                .refusal(picture.format(), picture.width(), picture.height(), shown.colour());
        if (refusal.isPresent()) {
            throw new UsageException(refusal.get());
        }
    }

    private void inspect(TimedPicture first, TimedPicture second, Path plot) throws IOException {
        MotionView view = new MotionView(first.picture(), second.picture(), MotionOperator.DEFAULT_RANGE);
        Pair pair = Pair.of(first.picture(), second.picture());
        String threshold = GapSettings.SCENE_CUT.usualText();
        boolean cut = pair.isCut(Double.parseDouble(threshold));
        print(view.figures(), first.picture(), pair, cut, threshold);
        if (plot != null) {
            String subtitle = "frame " + frame + " to " + (frame + 1) + " of "
                    + Path.of(clip.name()).getFileName();
            view.write(
                    new AvPictures(),
                    first.colour(),
                    "motion",
                    cut ? subtitle + "; a cut, so no such frame is made" : subtitle,
                    plot);
            System.out.println(plot + ": the motion, over the frame half way");
        }
    }

    private void print(MotionFigures figures, Picture picture, Pair pair, boolean cut, String threshold) {
        InspectCommand.line("frames", frame + " and " + (frame + 1) + ", " + format(picture));
        InspectCommand.line(
                "moving",
                percent(figures.moving()) + " of " + figures.cells() + " cells of " + MotionMap.CELL + "x"
                        + MotionMap.CELL + ", by " + MotionFigures.LEAST + " samples or more");
        InspectCommand.line(
                "motion",
                String.format(Locale.ROOT, "median %.2f samples, largest %.2f", figures.median(), figures.largest()));
        InspectCommand.line("not trusted", percent(figures.untrusted()) + " of cells");
        InspectCommand.line("brightness", figures.levelled() ? "changes, and is levelled" : "not levelled");
        InspectCommand.line(
                "scene cut",
                String.format(
                        Locale.ROOT,
                        "%s (distance %.3f, a cut above %s)",
                        cut ? "yes: no frame is made between the two" : "no",
                        pair.sceneDistance(),
                        threshold));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
