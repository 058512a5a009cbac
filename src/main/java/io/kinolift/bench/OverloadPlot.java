package io.kinolift.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Draws a run under load: each output's latency above, its level below, over the time of its capture. */
public final class OverloadPlot {
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 560;
    private static final int LEFT = 70;
    private static final int RIGHT = WIDTH - 30;
    private static final int TOP = 96;
    private static final int MIDDLE = 360;
    private static final int LEVELS_TOP = 396;
    private static final int BOTTOM = 510;
    private static final int LEVELS = 6;
    private static final Color LOAD = new Color(0xf6ecdf);

    private final Overload.Result result;
    private final PlotSheet sheet;
    private final Graphics2D graphics;
    private final double most;

    private OverloadPlot(Overload.Result result, PlotSheet sheet) {
        this.result = result;
        this.sheet = sheet;
        graphics = sheet.graphics();
        double highest = Math.max(
                (double) result.budgetMillis(),
                Overload.Result.quantile(result.between(0, result.phases().ends()), 1));
        this.most = Math.max(200, Math.ceil(highest / 200) * 200);
    }

    /** Writes a PNG. */
    public static void write(Overload.Result result, String machine, Path file) throws IOException {
        PlotSheet sheet = new PlotSheet(WIDTH, HEIGHT);
        sheet.title("Latency of each output, and its level", machine, LEFT);
        OverloadPlot plot = new OverloadPlot(result, sheet);
        plot.axes();
        plot.points();
        sheet.write(file);
    }

    private void axes() {
        Overload.Phases phases = result.phases();
        graphics.setColor(LOAD);
        int from = x(phases.loadBegins());
        graphics.fillRect(from, TOP, x(phases.loadEnds()) - from, BOTTOM - TOP);
        sheet.text("another load", from + 8, TOP + 18, 12, Font.PLAIN, PlotSheet.OTHER);
        double step = most / 5;
        for (int line = 0; line <= 5; line++) {
            grid(y(line * step), String.format(Locale.ROOT, "%.0f ms", line * step));
        }
        for (int level = 0; level < LEVELS; level++) {
            grid(levelY(level), "level " + level);
        }
        for (int second = 0; second <= phases.ends(); second += 10) {
            sheet.text(second + " s", x(second) - 10, BOTTOM + 24, 11, Font.PLAIN, PlotSheet.FAINT);
        }
        if (result.budgetMillis() > 0) {
            graphics.setColor(PlotSheet.OTHER);
            graphics.setStroke(
                    new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {6, 4}, 0));
            graphics.drawLine(LEFT, y((double) result.budgetMillis()), RIGHT, y((double) result.budgetMillis()));
            graphics.setStroke(new BasicStroke(1));
            sheet.text(
                    "budget " + result.budgetMillis() + " ms",
                    RIGHT - 110,
                    y((double) result.budgetMillis()) - 6,
                    12,
                    Font.PLAIN,
                    PlotSheet.OTHER);
        }
        part(0, phases.loadBegins(), TOP - 26);
        part(phases.loadBegins(), phases.loadEnds(), TOP - 8);
        part(phases.loadEnds(), phases.ends(), TOP - 8);
    }

    private void part(double from, double to, int baseline) {
        List<Overload.Arrival> arrivals = result.between(from, to);
        sheet.text(
                String.format(
                        Locale.ROOT,
                        "p50 %.0f, p99 %.0f ms",
                        Overload.Result.quantile(arrivals, 0.5),
                        Overload.Result.quantile(arrivals, 0.99)),
                x(from),
                baseline,
                12,
                Font.PLAIN,
                PlotSheet.INK);
    }

    private void grid(int y, String label) {
        graphics.setColor(PlotSheet.GRID);
        graphics.drawLine(LEFT, y, RIGHT, y);
        sheet.text(label, LEFT - 56, y + 4, 11, Font.PLAIN, PlotSheet.FAINT);
    }

    private void points() {
        graphics.setColor(PlotSheet.OURS);
        for (Overload.Arrival arrival : result.between(0, result.phases().ends())) {
            graphics.fillRect(x(arrival.captured()), y(arrival.millis()) - 1, 2, 2);
            graphics.fillRect(x(arrival.captured()), levelY(arrival.level()) - 2, 2, 4);
        }
    }

    private int x(double seconds) {
        return (int) Math.round(LEFT + seconds / result.phases().ends() * (RIGHT - LEFT));
    }

    private int y(double millis) {
        return (int) Math.round(MIDDLE - millis / most * (MIDDLE - TOP));
    }

    private static int levelY(int level) {
        return LEVELS_TOP + level * (BOTTOM - LEVELS_TOP) / (LEVELS - 1);
    }
}
