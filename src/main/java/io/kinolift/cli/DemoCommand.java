package io.kinolift.cli;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.settings.Presets;
import io.kinolift.transfer.OutputPlace;
import io.kinolift.transfer.Upscaling;
import io.kinolift.video.EncoderChoice;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.Source;
import io.kinolift.video.StreamChoice;
import io.kinolift.video.VideoReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A first try: a clip upscaled through an embedded Kafka, by default as well as it goes, and a picture that shows how. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        footer = {"  kinolift demo target/demo", "  kinolift demo out --video clip.mp4"},
        exitCodeList = {ExitCodes.SAYS_DONE, ExitCodes.SAYS_FAILED, ExitCodes.SAYS_USAGE},
        description = {
            "Makes a clip and upscales it.",
            "Makes a short moving clip (or takes --video), upscales it (by default with --preset best), and draws before and after."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String PRESET = "best";
    /** Where {@link #PRESET} refuses the depth of a video. */
    private static final String DEEP_PRESET = "smooth";

    @Parameters(index = "0", paramLabel = "FOLDER", description = "where results go")
    private Path folder;

    @Option(names = "--video", paramLabel = "FILE", defaultValue = "", description = "video to use")
    private String video;

    @Mixin
    private OperatorOptions options = new OperatorOptions();

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(folder);
        Path input = video.isBlank() ? folder.resolve("input.mp4") : Path.of(video);
        Path output = folder.resolve("upscaled.mp4");
        if (video.isBlank()) {
            TestClip.write(input);
        } else if (!Files.exists(input)) {
            throw new UsageException("expected a video at " + input + ", found nothing");
        }
        Map<String, String> settings = new HashMap<>(options.settings());
        settings.computeIfAbsent(Presets.PRESET.name(), _ -> preset(input));
        Upscaling.Report report;
        try (ProgressLine progress = new ProgressLine()) {
            report = new Upscaling(new Upscaling.Request(
                            Source.of(input.toString()),
                            OutputPlace.of(output.toString(), ""),
                            settings,
                            null,
                            null,
                            EncoderChoice.USUAL,
                            StreamChoice.ALL,
                            options.threads(),
                            true,
                            Duration.ofMinutes(2)))
                    .run(progress);
        }
        int code = UpscaleCommand.print(report, output.toString(), System.out);
        Path picture = folder.resolve("before-after.png");
        MadeFrame made = new MadeFrame(Source.of(input.toString()), settings);
        if (made.followsMotion()) {
            made.draw(video.isBlank() ? TestClip.FALLING : made.middle(), picture);
        } else {
            CompareCommand.draw(Source.of(input.toString()), Source.of(output.toString()), null, picture);
        }
        System.out.println("before and after: " + picture);
        return code;
    }

    private static String preset(Path input) {
        try (VideoReader reader = VideoReader.open(Source.of(input.toString()), ReaderLimits.DEFAULT)) {
            int depth = reader.info().pixelFormat().bitDepth();
            if (depth > 8) {
                System.out.println("preset " + DEEP_PRESET + ": " + PRESET + " takes 8 bits, the video has " + depth);
                return DEEP_PRESET;
            }
        } catch (VideoException _) {
            // It is refused again, and said, when it is upscaled.
        }
        return PRESET;
    }
}
