package io.kinolift.bench;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Draws a report: one bar per contender, with the length of the logarithm of its time over Kinolift's. */
public final class BenchPlot {
    private static final int WIDTH = 1100;
    private static final int MARGIN = 28;
    private static final int HEADER = 74;
    private static final int ROW = 24;
    private static final int GAP = 40;
    private static final int NAMES = 280;
    private static final int FIGURES = 190;
    private static final Color LIMIT = new Color(0xb9c0ca);

    private final BenchReport report;
    private final double least;
    private final double most;
    private final PlotSheet sheet;
    private final Graphics2D graphics;
    private int y = HEADER;

    private BenchPlot(BenchReport report, PlotSheet sheet) {
        this.report = report;
        this.sheet = sheet;
        graphics = sheet.graphics();
        double low = 1;
        double high = 1;
        for (BenchReport.Entry entry : report.entries()) {
            for (Race.Standing standing : entry.standings()) {
                low = Math.min(low, standing.ratio());
                high = Math.max(high, standing.ratio());
            }
        }
        // Whole decades, so that the grid has round numbers.
        least = Math.floor(Math.log10(low));
        most = Math.max(1, Math.ceil(Math.log10(high)));
    }

    /** Writes a PNG. */
    public static void write(BenchReport report, Path file) throws IOException {
        PlotSheet sheet = new PlotSheet(WIDTH, height(report));
        new BenchPlot(report, sheet).draw();
        sheet.write(file);
    }

    private static int height(BenchReport report) {
        int rows = report.entries().stream()
                .mapToInt(entry -> entry.standings().size())
                .sum();
        return HEADER + rows * ROW + report.entries().size() * GAP + MARGIN;
    }

    private void draw() {
        sheet.title("Time per output frame, over Kinolift's", report.machine().toString(), MARGIN);
        for (BenchReport.Entry entry : report.entries()) {
            draw(entry);
        }
    }

    private void draw(BenchReport.Entry entry) {
        sheet.text(entry.name(), MARGIN, y + 20, 13, Font.BOLD, PlotSheet.INK);
        y += GAP - 8;
        List<Race.Standing> standings = entry.standings();
        graphics.setColor(PlotSheet.GRID);
        for (double decade = least; decade <= most; decade++) {
            int x = x(Math.pow(10, decade));
            graphics.drawLine(x, y - 4, x, y + standings.size() * ROW);
            sheet.text(
                    Math.pow(10, decade) < 1
                            ? String.format(Locale.ROOT, "%.1g", Math.pow(10, decade))
                            : String.format(Locale.ROOT, "%.0f", Math.pow(10, decade)),
                    x + 3,
                    y - 4,
                    10,
                    Font.PLAIN,
                    PlotSheet.FAINT);
            graphics.setColor(PlotSheet.GRID);
        }
        for (int i = 0; i < standings.size(); i++) {
            draw(standings.get(i));
        }
        y += 8;
    }

    private void draw(Race.Standing standing) {
        int from = x(Math.pow(10, least));
        int to = Math.max(from + 2, x(standing.ratio()));
        boolean ours = standing.contender().startsWith("Kinolift");
        boolean limit = standing.contender().startsWith(CopyLimit.NAME);
        graphics.setColor(ours ? PlotSheet.OURS : limit ? LIMIT : PlotSheet.OTHER);
        graphics.fillRect(from, y + 4, to - from, ROW - 8);
        sheet.text(standing.contender(), MARGIN + 12, y + 17, 12, Font.PLAIN, PlotSheet.INK);
        sheet.text(
                String.format(Locale.ROOT, "%.2f ms   %.2f x", standing.seconds() * 1000, standing.ratio()),
                WIDTH - MARGIN - FIGURES + 24,
                y + 17,
                12,
                Font.PLAIN,
                PlotSheet.INK);
        y += ROW;
    }

    private int x(double ratio) {
        double share = (Math.log10(ratio) - least) / (most - least);
        return (int) Math.round(MARGIN + NAMES + share * (WIDTH - 2 * MARGIN - NAMES - FIGURES));
    }
}
