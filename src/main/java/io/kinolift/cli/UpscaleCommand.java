package io.kinolift.cli;

import io.kinolift.avro.Totals;
import io.kinolift.frame.Rational;
import io.kinolift.transfer.OutputPlace;
import io.kinolift.transfer.Upscaling;
import io.kinolift.video.ReadReport;
import io.kinolift.video.Source;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
        footer = {
            "  kinolift upscale input.mp4 output.mp4 --scale-factor 1,2,2",
            "  kinolift upscale input.mp4 output.mkv --fps 60 --motion on",
            "  kinolift upscale input.mp4 output.mp4 --preset best"
        },
        exitCodeList = {ExitCodes.SAYS_DONE, ExitCodes.SAYS_FAILED, ExitCodes.SAYS_USAGE},
        description = {
            "Upscales a video file.",
            "Upscales a video file through the real topology and an embedded Kafka broker, or with --bootstrap-server through topics of its own on a cluster, deleted afterwards."
        })
final class UpscaleCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "IN",
            description = "video to read: a file, a URL, pictures such as frame_%%04d.png or '*.png', a pipe, or - for"
                    + " standard input")
    private String input;

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "video to write, whose extension names the container; pictures such as frame_%%04d.png; or -"
                    + " for standard output")
    private String output;

    @Mixin
    private OperatorOptions operator;

    @Mixin
    private StreamOptions streams;

    @Mixin
    private SourceOptions source;

    @Mixin
    private OutputOptions target;

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
            names = "--timeout",
            paramLabel = "S",
            defaultValue = "120",
            description = "seconds without a frame after which to give up (default ${DEFAULT-VALUE})")
    private int timeoutSeconds;

    @Override
    public Integer call() throws Exception {
        requireDifferent();
        OutputPlace place = target.place(output);
        target.requireReplaceable(place);
        Upscaling upscaling = new Upscaling(new Upscaling.Request(
                source.source(input),
                place,
                operator.settings(),
                connection.isGiven() ? connection.clientSettings() : null,
                framesPerSecond,
                target.encoder(),
                streams.choice(),
                operator.threads(),
                target.overwrite(),
                Duration.ofSeconds(timeoutSeconds)));
        Upscaling.Report report;
        try (ProgressLine progress = new ProgressLine()) {
            report = upscaling.run(progress);
        }
        // Where the video goes to standard output, nothing else may.
        return print(report, place.toString(), place.isStdout() ? System.err : System.out);
    }

    private void requireDifferent() throws IOException {
        boolean pipes = input.equals(Source.STDIN) && output.equals(OutputPlace.STDOUT);
        boolean same = input.equals(output) && !pipes;
        try {
            Path in = Path.of(input);
            Path out = Path.of(output);
            same |= !pipes
                    && in.toAbsolutePath()
                            .normalize()
                            .equals(out.toAbsolutePath().normalize());
            same |= Files.isRegularFile(in) && Files.isRegularFile(out) && Files.isSameFile(in, out);
        } catch (InvalidPathException _) {
            // A URL, where paths have no colon: not the same, then.
        }
        if (same) {
            throw new UsageException("expected another file than the input to write to, found " + output);
        }
    }

    /**
     * Prints the result, one line per fact.
     *
     * @return the exit code
     */
    static int print(Upscaling.Report report, String output, PrintStream out) {
        ReadReport read = report.read();
        out.printf(
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
        out.println(stages);
        if (read.promisedFrames() > read.frames() || read.truncated()) {
            out.printf(
                    "the input is short: its container promises %s frames, %d could be decoded%n",
                    read.promisedFrames() > 0 ? Long.toString(read.promisedFrames()) : "more", read.frames());
        }
        if (read.damagedFrames() > 0 || read.failedPackets() > 0) {
            out.printf(
                    "the input is damaged: %d damaged frames, %d packets without a picture%n",
                    read.damagedFrames(), read.failedPackets());
        }
        if (read.repairedTimes() > 0 || read.clockJumps() > 0) {
            out.printf(
                    "the input's times: %d were missing or out of order and were made up, %d jumps of its clock were"
                            + " closed%n",
                    read.repairedTimes(), read.clockJumps());
        }
        report.remarks().forEach(remark -> out.println(LogText.line(remark)));
        Totals totals = report.totals();
        if (totals.getDeadLettered() > 0 || totals.getUpscaled() != report.framesSent()) {
            Tell.line("of " + report.framesSent() + " frames " + totals.getUpscaled() + " were upscaled, "
                    + totals.getDeadLettered() + " became dead letters, " + totals.getDropped() + " dropped; first: "
                    + report.firstDeadLetter());
            return 1;
        }
        return 0;
    }
}
