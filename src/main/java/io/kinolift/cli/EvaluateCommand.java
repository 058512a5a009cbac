package io.kinolift.cli;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.fit.Contender;
import io.kinolift.fit.Evaluation;
import io.kinolift.fit.FitSettings;
import io.kinolift.fit.TimeEvaluation;
import io.kinolift.quality.CropSheet;
import io.kinolift.weights.AdaptiveWeights;
import io.kinolift.weights.LayerFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures how well the operators restore footage. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        footer = {"  kinolift evaluate clips --scale-factor 1,2,2", "  kinolift evaluate clip.mp4 --time 2"},
        exitCodeList = {ExitCodes.SAYS_DONE, ExitCodes.SAYS_FAILED, ExitCodes.SAYS_USAGE},
        description = {
            "Measures how well several ways enlarge footage.",
            "Makes footage smaller, enlarges it again in several ways, and tells the likeness of luma with the footage itself. bicubic and lanczos are FFmpeg's; in time they blend linearly. With --time, drops frames instead and makes them again."
        })
final class EvaluateCommand implements Callable<Integer> {
    /** Columns that the gain of those behind them is over. */
    private static final int LANCZOS = 2;

    private static final int BLEND = 0;
    private static final List<String> TIME_OPTIONS =
            List.of("--time", "--frames", "--without-ffmpeg", "--every", "--threads", "--csv", "--picture");

    @Parameters(arity = "1..*", paramLabel = "CLIP", description = "videos, or folders whose videos are taken")
    private List<Path> sources;

    @Mixin
    private DegradationOptions options = new DegradationOptions();

    @Option(names = "--weights", paramLabel = "FILE", description = "weights to measure; may be given several times")
    private List<Path> weights = List.of();

    @Option(names = "--leave-one-out", description = "measure, too, weights fitted on all the other clips")
    private boolean leaveOneOut;

    @Option(names = "--adaptive", description = "with --leave-one-out: also evaluates adaptive weights")
    private boolean adaptive;

    @Option(
            names = "--time",
            paramLabel = "N",
            description = "keep every N-th frame, make the others again by a blend, by FFmpeg's minterpolate and along"
                    + " the motion, and measure the made frames alone; the options of size and weights do not apply")
    private Integer time;

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "with --time: look at the first N frames of each clip (default: all)")
    private Long frames;

    @Option(
            names = "--without-ffmpeg",
            description = "with --time: leave out FFmpeg's minterpolate, which takes most of the time")
    private boolean withoutFfmpeg;

    @Option(names = "--csv", paramLabel = "FILE", description = "write the figures to FILE")
    private Path csv;

    @Option(names = "--picture", paramLabel = "FILE.png", description = "draw a detail of each clip, side by side")
    private Path picture;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws VideoException, IOException, InterruptedException {
        LateFiles.requirePlaces(csv, picture);
        if (time != null) {
            return measureTime();
        }
        if (frames != null || withoutFfmpeg) {
            throw new UsageException(
                    "expected --time with " + (withoutFfmpeg ? "--without-ffmpeg" : "--frames") + ", found none");
        }
        if (adaptive && !leaveOneOut) {
            throw new UsageException("expected --leave-one-out with --adaptive; --weights FILE measures a file");
        }
        FitSettings settings = options.settings();
        List<Path> clips = Clips.find(sources);
        try (FitProgress progress = new FitProgress()) {
            Evaluation evaluation = new Evaluation(settings, given(), leaveOneOut, adaptive);
            List<Evaluation.Row> rows = evaluation.run(clips, progress);
            System.out.printf("luma; %s%n", settings.degradation());
            show(new EvaluationTable(evaluation.columns(), LANCZOS, rows), evaluation.columns(), rows);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        return 0;
    }

    private int measureTime() throws VideoException, IOException, InterruptedException {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!TIME_OPTIONS.contains(option.longestName())) {
                throw new UsageException(
                        "expected only " + String.join(", ", TIME_OPTIONS) + ", found " + option.longestName());
            }
        }
        if (time < 2) {
            throw new UsageException("expected --time of at least 2, found " + time);
        }
        if (frames != null && frames < time + 2L) {
            throw new UsageException(
                    "expected --frames of at least " + (time + 2L) + " with --time " + time + ", found " + frames);
        }
        FitSettings settings = options.settings();
        TimeEvaluation evaluation = new TimeEvaluation(
                time, frames == null ? Long.MAX_VALUE : frames, !withoutFfmpeg, settings.step(), settings.threads());
        List<Evaluation.Row> rows = evaluation.run(Clips.find(sources));
        System.out.printf("luma of made frames; one of %d kept%n", time);
        if (!withoutFfmpeg) {
            System.out.println("mci: minterpolate=" + TimeEvaluation.MCI_OPTIONS);
            System.out.println("mci best: minterpolate=" + TimeEvaluation.BEST_MCI_OPTIONS);
        }
        show(new EvaluationTable(evaluation.columns(), BLEND, rows), evaluation.columns(), rows);
        return 0;
    }

    private void show(EvaluationTable table, List<String> columns, List<Evaluation.Row> rows) throws IOException {
        table.print(System.out);
        if (csv != null) {
            table.write(csv);
        }
        if (picture != null) {
            draw(columns, rows);
            System.out.println(picture + ": details side by side");
        }
    }

    private List<Contender> given() throws IOException {
        List<Contender> given = new ArrayList<>();
        for (Path file : weights) {
            String name = file.getFileName().toString().replaceFirst("\\.safetensors$", "");
            if (AdaptiveWeights.isIn(file)) {
                given.add(Contender.of(name, AdaptiveWeights.read(file)));
                continue;
            }
            LayerFile layer = LayerFile.read(file, "");
            given.add(Contender.of(
                    name,
                    layer.weights(),
                    new GeometryOptions().geometry(layer.weights().weight(), layer.metadata()),
                    layer.metadata()));
        }
        return given;
    }

    private void draw(List<String> columns, List<Evaluation.Row> rows) throws IOException {
        List<CropSheet.Row> sheet = new ArrayList<>();
        for (Evaluation.Row row : rows) {
            List<String> labels =
                    new ArrayList<>(List.of(row.clip().getFileName().toString()));
            labels.addAll(columns);
            sheet.add(new CropSheet.Row(labels, row.sample().crops()));
        }
        CropSheet.write(sheet, picture);
    }
}
