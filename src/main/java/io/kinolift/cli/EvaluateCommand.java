package io.kinolift.cli;

import io.kinolift.codec.VideoException;
import io.kinolift.fit.Evaluation;
import io.kinolift.fit.FitSettings;
import io.kinolift.weights.ConvTransposeWeights;
import io.kinolift.weights.Safetensors;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How much of footage the operators give back. */
@Command(name = "evaluate", mixinStandardHelpOptions = true,
        description = "Makes footage smaller, enlarges it again in several ways, and tells the PSNR of luma against the"
                + " footage itself. bicubic and lanczos are FFmpeg's; in time they blend linearly.")
final class EvaluateCommand implements Callable<Integer> {
    private static final int LANCZOS = 2;

    @Parameters(arity = "1..*", paramLabel = "CLIP", description = "videos, or folders whose videos are taken")
    private List<Path> sources;

    @Mixin
    private DegradationOptions options = new DegradationOptions();

    @Option(names = "--weights", paramLabel = "FILE", description = "weights to measure; may be given several times")
    private List<Path> weights = List.of();

    @Option(names = "--leave-one-out", description = "measure, too, weights fitted on all the other clips")
    private boolean leaveOneOut;

    @Option(names = "--csv", paramLabel = "FILE", description = "write the table to FILE")
    private Path csv;

    @Override
    public Integer call() throws VideoException, IOException, InterruptedException {
        FitSettings settings = options.settings();
        List<Path> clips = Clips.find(sources);
        try (FitProgress progress = new FitProgress()) {
            Evaluation evaluation = new Evaluation(settings, given(), leaveOneOut);
            List<Evaluation.Row> rows = evaluation.run(clips, progress);
            System.out.printf("PSNR of luma in dB; %s%n", settings.degradation());
            print(evaluation.columns(), rows);
            if (csv != null) {
                write(evaluation.columns(), rows);
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        return 0;
    }

    private List<Evaluation.Given> given() throws IOException {
        List<Evaluation.Given> given = new ArrayList<>();
        for (Path file : weights) {
            ConvTransposeWeights loaded = ConvTransposeWeights.load(file, "");
            String name = file.getFileName().toString().replaceFirst("\\.safetensors$", "");
            given.add(new Evaluation.Given(name, loaded,
                    new GeometryOptions().geometry(loaded.weight(), Safetensors.read(file).metadata())));
        }
        return given;
    }

    /** Weights have a second figure: how much better than Lanczos they are. */
    private static void print(List<String> columns, List<Evaluation.Row> rows) {
        int first = rows.stream().mapToInt(row -> name(row).length()).max().orElse(0) + 2;
        StringBuilder header = new StringBuilder(" ".repeat(first)).append("frames");
        for (int i = 0; i < columns.size(); i++) {
            header.append(String.format("%" + width(columns, i) + "s", columns.get(i)));
        }
        System.out.println(header);
        for (Evaluation.Row row : rows) {
            print(String.format("%-" + first + "s%6d", name(row), row.frames()), columns, row.psnr());
        }
        List<Double> mean = IntStream.range(0, columns.size()).mapToObj(i ->
                rows.stream().mapToDouble(row -> row.psnr().get(i)).average().orElseThrow()).toList();
        print(String.format("%-" + first + "s%6d", "mean", rows.stream().mapToLong(Evaluation.Row::frames).sum()),
                columns, mean);
    }

    private static void print(String start, List<String> columns, List<Double> psnr) {
        StringBuilder line = new StringBuilder(start);
        for (int i = 0; i < columns.size(); i++) {
            String figure = String.format(Locale.ROOT, "%.2f", psnr.get(i));
            String gain = i <= LANCZOS ? "" : String.format(Locale.ROOT, " (%+.2f)", psnr.get(i) - psnr.get(LANCZOS));
            line.append(String.format("%" + width(columns, i) + "s", figure + gain));
        }
        System.out.println(line);
    }

    private static int width(List<String> columns, int column) {
        return Math.max(columns.get(column).length() + 2, column <= LANCZOS ? 11 : 17);
    }

    private static String name(Evaluation.Row row) {
        return row.clip().getFileName().toString();
    }

    private void write(List<String> columns, List<Evaluation.Row> rows) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(csv))) {
            out.println("clip,frames," + String.join(",", columns));
            for (Evaluation.Row row : rows) {
                StringBuilder line = new StringBuilder(name(row)).append(',').append(row.frames());
                row.psnr().forEach(value -> line.append(String.format(Locale.ROOT, ",%.4f", value)));
                out.println(line);
            }
        }
    }
}
