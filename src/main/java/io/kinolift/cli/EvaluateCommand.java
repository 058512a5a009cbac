package io.kinolift.cli;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.fit.Contender;
import io.kinolift.fit.Evaluation;
import io.kinolift.fit.FitSettings;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how well the operators restore footage. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description =
                "Makes footage smaller, enlarges it again in several ways, and tells the likeness of luma with the"
                        + " footage itself. bicubic and lanczos are FFmpeg's; in time they blend linearly.")
final class EvaluateCommand implements Callable<Integer> {
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

    @Option(names = "--csv", paramLabel = "FILE", description = "write the figures to FILE")
    private Path csv;

    @Option(names = "--picture", paramLabel = "FILE.png", description = "draw a detail of each clip, side by side")
    private Path picture;

    @Override
    public Integer call() throws VideoException, IOException, InterruptedException {
        if (adaptive && !leaveOneOut) {
            throw new UsageException("expected --leave-one-out with --adaptive; --weights FILE measures a file");
        }
        FitSettings settings = options.settings();
        List<Path> clips = Clips.find(sources);
        try (FitProgress progress = new FitProgress()) {
            Evaluation evaluation = new Evaluation(settings, given(), leaveOneOut, adaptive);
            List<Evaluation.Row> rows = evaluation.run(clips, progress);
            System.out.printf("luma; %s%n", settings.degradation());
            EvaluationTable table = new EvaluationTable(evaluation.columns(), rows);
            table.print(System.out);
            if (csv != null) {
                table.write(csv);
            }
            if (picture != null) {
                draw(evaluation.columns(), rows);
                System.out.println(picture + ": details side by side");
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        return 0;
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
