package io.kinolift.cli;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.Source;
import io.kinolift.video.VideoReader;
import io.kinolift.weights.SafetensorsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reports the effects of a weights file, or the motion between two frames of a video. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        footer = {"  kinolift inspect weights.safetensors", "  kinolift inspect clip.mp4 --frame 100 --plot motion.png"
        },
        exitCodeList = {ExitCodes.SAYS_DONE, ExitCodes.SAYS_FAILED, ExitCodes.SAYS_USAGE},
        description = {
            "Reports on weights, or on the motion in a clip.",
            "Reports geometry, cost and checkerboard of a ConvTranspose's weights, and draws its kernels. With --frame, reports the motion between two frames of a video, and draws it."
        })
final class InspectCommand implements Callable<Integer> {
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5})x([1-9][0-9]{0,5})");

    /** Options of both kinds of files; all others are of weights alone or of videos alone. */
    private static final Set<String> SHARED = Set.of("--plot");

    private static final Set<String> OF_VIDEOS = Set.of("--frame", "--allow-files", "--allow-protocols");

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "safetensors file with weight and, optionally, bias; with --frame, a video")
    private Path file;

    @Option(
            names = "--frame",
            paramLabel = "N",
            description = "report the motion from frame N of a video, counted from 0, to the next")
    private Long frame;

    @Mixin
    private AllowOptions allow;

    @Option(names = "--prefix", paramLabel = "NAME", description = "the layer's name in the state dict (default: none)")
    private String prefix = "";

    @Mixin
    private GeometryOptions options = new GeometryOptions();

    @Option(names = "--size", paramLabel = "WxH", description = "input size (default 1920x1080)")
    private String size = "1920x1080";

    @Option(names = "--frames", paramLabel = "N", description = "input frames (default 30)")
    private int frames = 30;

    @Option(names = "--plot", paramLabel = "FILE.png", description = "draw the kernels, or the motion")
    private Path plot;

    @Override
    public Integer call() throws VideoException, IOException {
        checkOptions();
        LateFiles.requirePlaces(plot);
        if (frame != null) {
            new ClipMotion(Source.of(file.toString(), allow.allowed()), frame).inspect(plot);
            return 0;
        }
        try {
            weights().print(options, plot);
            return 0;
        } catch (SafetensorsException e) {
            if (isVideo()) {
                throw new UsageException("expected --frame N with a video such as " + file + ", found none");
            }
            throw e;
        }
    }

    private boolean isVideo() {
        try (VideoReader reader = VideoReader.open(Source.of(file.toString()), ReaderLimits.DEFAULT)) {
            return true;
        } catch (VideoException _) {
            return false;
        }
    }

    private WeightsReport weights() {
        Matcher input = SIZE.matcher(size);
        if (!input.matches() || frames < 1) {
            throw new UsageException("expected --size WxH and --frames of at least 1, found " + size + ", " + frames);
        }
        return new WeightsReport(
                file, prefix, Integer.parseInt(input.group(1)), Integer.parseInt(input.group(2)), frames);
    }

    private void checkOptions() {
        if (frame != null && frame < 0) {
            throw new UsageException("expected a --frame of at least 0, found " + frame);
        }
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            String name = option.longestName();
            if (!SHARED.contains(name) && OF_VIDEOS.contains(name) != (frame != null)) {
                throw new UsageException(
                        frame == null
                                ? name + " is for videos: expected --frame N with it, found none"
                                : name + " is for weights, --frame is for videos: expected one of the two, found both");
            }
        }
    }

    static void line(String name, String text) {
        System.out.printf("%-17s%s%n", name, LogText.line(text));
    }
}
