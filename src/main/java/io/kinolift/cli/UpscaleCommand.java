package io.kinolift.cli;

import io.kinolift.avro.Totals;
import io.kinolift.frame.Rational;
import io.kinolift.transfer.Upscaling;
import io.kinolift.video.Background;
import io.kinolift.video.ReadReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** File to file, through Kafka. */
@Command(
        name = "upscale",
        mixinStandardHelpOptions = true,
        description = "Upscales a video file through the real topology and an embedded Kafka broker, or with "
                + "--bootstrap-server through topics of its own on a cluster, deleted afterwards.")
final class UpscaleCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "IN", description = "video to read")
    private Path input;

    @Parameters(index = "1", paramLabel = "OUT", description = "video to write; its extension names the container")
    private Path output;

    @Mixin
    private OperatorOptions operator;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--fps",
            paramLabel = "N",
            converter = RateConverter.class,
            description = "output frames per second from the first to the last frame; replaces the factor of time. A"
                    + " variable rate is blended onto it by time; 23.976, 29.97, 59.94 mean n*1000/1001")
    private Rational framesPerSecond;

    @Option(
            names = "--video-codec",
            paramLabel = "CODEC",
            description = "FFmpeg's name of the codec to write: h264, ffv1, av1, mjpeg, vp9, ... (default: by container"
                    + " and pixel format)")
    private String videoCodec;

    @Option(
            names = "--background",
            paramLabel = "COLOUR",
            converter = BackgroundConverter.class,
            description =
                    "#rrggbb: compose transparent pictures over it (default: keep alpha where OUT can hold it, else"
                            + " black)")
    private Background background;

    @Option(names = "--overwrite", description = "replace OUT if it exists")
    private boolean overwrite;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            defaultValue = "120",
            description = "seconds without a frame after which to give up (default ${DEFAULT-VALUE})")
    private int timeoutSeconds;

    @Override
    public Integer call() throws Exception {
        requireUsable();
        Upscaling upscaling = new Upscaling(new Upscaling.Request(
                input,
                output,
                operator.settings(),
                connection.isGiven() ? connection.clientSettings() : null,
                framesPerSecond,
                videoCodec,
                background,
                operator.threads(),
                overwrite,
                Duration.ofSeconds(timeoutSeconds)));
        Upscaling.Report report;
        try (ProgressLine progress = new ProgressLine()) {
            report = upscaling.run(progress);
        }
        return print(report, output);
    }

    private void requireUsable() throws IOException {
        if (!Files.exists(input)) {
            throw new UsageException("expected a video at " + input + ", found nothing");
        }
        if (Files.exists(output) && Files.isSameFile(input, output)) {
            throw new UsageException("expected another file than the input to write to, found " + output);
        }
        if (Files.exists(output) && !overwrite) {
            throw new UsageException(output + " exists; --overwrite replaces it");
        }
        Path folder = output.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new UsageException("expected a folder " + folder + " to write to, found none");
        }
    }

    /**
     * Prints the result, one line per fact.
     *
     * @return the exit code
     */
    static int print(Upscaling.Report report, Path output) {
        ReadReport read = report.read();
        System.out.printf(
                Locale.ROOT,
                "%s: %dx%d, %d frames in, %d frames out in %.1f s (%.1f fps; first after %.1f s)%n",
                output,
                report.output().width(),
                report.output().height(),
                read.frames(),
                report.framesOut(),
                report.seconds(),
                report.framesOut() / report.seconds(),
                report.secondsToFirst());
        StringBuilder stages = new StringBuilder("seconds per stage, summed over threads:");
        report.stageSeconds()
                .forEach((stage, seconds) -> stages.append(String.format(Locale.ROOT, " %s %.1f", stage, seconds)));
        System.out.println(stages);
        if (read.promisedFrames() > read.frames() || read.truncated()) {
            System.out.printf(
                    "the input is short: its container promises %s frames, %d could be decoded%n",
                    read.promisedFrames() > 0 ? Long.toString(read.promisedFrames()) : "more", read.frames());
        }
        if (read.damagedFrames() > 0 || read.failedPackets() > 0) {
            System.out.printf(
                    "the input is damaged: %d damaged frames, %d packets without a picture%n",
                    read.damagedFrames(), read.failedPackets());
        }
        if (read.repairedTimes() > 0 || read.clockJumps() > 0) {
            System.out.printf(
                    "the input's times: %d were missing or out of order and were made up, %d jumps of its clock were"
                            + " closed%n",
                    read.repairedTimes(), read.clockJumps());
        }
        report.remarks().forEach(System.out::println);
        Totals totals = report.totals();
        if (totals.getDeadLettered() > 0 || totals.getUpscaled() != report.framesSent()) {
            System.err.printf(
                    "kinolift: of %d frames %d were upscaled, %d became dead letters, %s dropped; first: %s%n",
                    report.framesSent(),
                    totals.getUpscaled(),
                    totals.getDeadLettered(),
                    totals.getDropped(),
                    report.firstDeadLetter());
            return 1;
        }
        return 0;
    }
}
