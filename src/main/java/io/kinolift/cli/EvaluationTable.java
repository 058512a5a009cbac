package io.kinolift.cli;

import io.kinolift.fit.Evaluation;
import io.kinolift.quality.PlaneQuality;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures of {@code evaluate}, for people and for programs. */
final class EvaluationTable {
    private static final int MIN_NAME = 12;

    private final List<String> columns;
    private final int baseline;
    private final List<Evaluation.Row> rows;
    private final int nameWidth;

    /** @param baseline a column; those behind it have their gain over it beside their PSNR */
    EvaluationTable(List<String> columns, int baseline, List<Evaluation.Row> rows) {
        this.columns = columns;
        this.baseline = baseline;
        this.rows = rows;
        nameWidth = Math.max(
                        MIN_NAME,
                        rows.stream().mapToInt(row -> name(row).length()).max().orElse(0))
                + 2;
    }

    void print(PrintStream out) {
        StringBuilder header = new StringBuilder(String.format("%-" + nameWidth + "s%6s", "PSNR (dB)", "frames"));
        for (int i = 0; i < columns.size(); i++) {
            header.append(String.format("%" + width(i) + "s", columns.get(i)));
        }
        out.println(header);
        for (Evaluation.Row row : rows) {
            out.println(line(
                    name(row),
                    Long.toString(row.frames()),
                    column -> row.quality().get(column).psnr(),
                    2,
                    true));
        }
        String frames =
                Long.toString(rows.stream().mapToLong(Evaluation.Row::frames).sum());
        out.println(line("mean", frames, mean(PlaneQuality::psnr), 2, true));
        out.println(line("SSIM, mean", frames, mean(PlaneQuality::ssim), 4, false));
        out.println(line("GMSD, mean", frames, mean(PlaneQuality::gmsd), 4, false));
        out.println(line("ringing, mean", frames, mean(PlaneQuality::ringing), 3, false));
        out.println(line(
                "brightness",
                frames,
                column -> rows.stream()
                        .mapToDouble(row -> row.brightness().get(column))
                        .max()
                        .orElseThrow(),
                3,
                false));
        out.println(
                "GMSD: 0 is best; ringing: by how many steps of 255 samples leave the footage's range around, root mean"
                        + " square; brightness: by how many steps of 255 a picture's mean is off that of "
                        + columns.getFirst() + " at most");
    }

    private ToDoubleFunction<Integer> mean(ToDoubleFunction<PlaneQuality> figure) {
        return column -> rows.stream()
                .mapToDouble(row -> figure.applyAsDouble(row.quality().get(column)))
                .average()
                .orElseThrow();
    }

    private String line(String name, String frames, ToDoubleFunction<Integer> figures, int digits, boolean isPsnr) {
        StringBuilder line = new StringBuilder(String.format("%-" + nameWidth + "s%6s", name, frames));
        for (int i = 0; i < columns.size(); i++) {
            String figure = String.format(Locale.ROOT, "%." + digits + "f", figures.applyAsDouble(i));
            String gain = i <= baseline || !isPsnr
                    ? ""
                    : String.format(
                            Locale.ROOT, " (%+.2f)", figures.applyAsDouble(i) - figures.applyAsDouble(baseline));
            line.append(String.format("%" + width(i) + "s", figure + gain));
        }
        return line.toString();
    }

    private int width(int column) {
        return Math.max(columns.get(column).length() + 2, column <= baseline ? 11 : 17);
    }

    private static String name(Evaluation.Row row) {
        return row.clip().getFileName().toString();
    }

    void write(Path file) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            StringBuilder header = new StringBuilder("clip,frames");
            columns.forEach(name -> header.append(String.format(",%1$s psnr,%1$s ssim,%1$s gmsd,%1$s ringing", name)));
            out.println(header);
            for (Evaluation.Row row : rows) {
                StringBuilder line = new StringBuilder(name(row)).append(',').append(row.frames());
                row.quality()
                        .forEach(quality -> line.append(String.format(
                                Locale.ROOT,
                                ",%.4f,%.6f,%.6f,%.4f",
                                quality.psnr(),
                                quality.ssim(),
                                quality.gmsd(),
                                quality.ringing())));
                out.println(line);
            }
        }
    }
}
