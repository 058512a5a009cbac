package io.kinolift.sizing;

import io.kinolift.bench.PlotSheet;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;

/** Two panels: each limit's use over the number of streams, and latency over time while an instance is lost. */
public final class SizePlot {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 620;
    private static final int MARGIN = 64;
    private static final int TOP = 96;
    private static final int BOTTOM = 350;
    private static final int STEPS = 100;
    private static final int END_SECONDS = 3;
    private static final double MOST_USE = 1.25;
    private static final Color[] LINES = {
        PlotSheet.OURS,
        new Color(0x2166ac),
        new Color(0x8b3a8b),
        new Color(0x8a7a12),
        new Color(0x4a4a4a),
        new Color(0xb2473e),
        new Color(0x3f9fb5),
        new Color(0x9aa02c)
    };

    /** Once all colours are used. */
    private static final BasicStroke DASHED =
            new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {5, 3}, 0);

    private static final BasicStroke SOLID = new BasicStroke(2);

    private final SizeReport report;
    private final PlotSheet sheet;
    private final Graphics2D graphics;

    private SizePlot(SizeReport report, PlotSheet sheet) {
        this.report = report;
        this.sheet = sheet;
        graphics = sheet.graphics();
    }

    /** Writes a PNG. */
    public static void write(SizeReport report, Path file) throws IOException {
        PlotSheet sheet = new PlotSheet(WIDTH, HEIGHT);
        sheet.title(
                report.model().figures().job().toString(),
                "from figures of " + report.model().figures().machine(),
                MARGIN);
        SizePlot plot = new SizePlot(report, sheet);
        plot.limits(MARGIN, WIDTH / 2 - MARGIN / 2);
        plot.latency(WIDTH / 2 + MARGIN, WIDTH - MARGIN / 2);
        sheet.write(file);
    }

    private void limits(int left, int right) {
        Estimate estimate = report.estimate();
        Growth growth = Growth.of(report.model(), estimate);
        int most = Math.max(2, (int) (MOST_USE * Math.max(report.first().streams(), estimate.streams())));
        sheet.text(
                String.format(
                        Locale.ROOT,
                        "use of each limit by streams: %d instances, %d of them lost, %d partitions",
                        growth.instances(),
                        growth.instances() - growth.working(),
                        estimate.partitions()),
                left,
                TOP - 14,
                13,
                Font.BOLD,
                PlotSheet.INK);
        for (int percent = 0; percent <= 125; percent += 25) {
            grid(left, right, y(percent / 100.0 / MOST_USE), percent + " %");
        }
        ticks(left, right, most, "");
        List<Estimate.Share> shares = estimate.shares();
        for (int i = 0; i < shares.size(); i++) {
            int limit = i;
            graphics.setColor(LINES[i % LINES.length]);
            graphics.setStroke(i < LINES.length ? SOLID : DASHED);
            line(
                    left,
                    right,
                    STEPS,
                    step -> growth.at(Math.max(1, most * step / STEPS))
                                    .shares()
                                    .get(limit)
                                    .value()
                            / MOST_USE);
            legend(
                    left,
                    i,
                    String.format(
                            Locale.ROOT,
                            "%s: %.4g of %.4g %s at %d streams",
                            shares.get(i).limit(),
                            shares.get(i).used(),
                            shares.get(i).available(),
                            shares.get(i).unit(),
                            estimate.streams()));
        }
        mark(
                left,
                right,
                (double) report.first().streams() / most,
                "first limit: " + report.first().streams());
    }

    private void latency(int left, int right) {
        Estimate estimate = report.estimate();
        List<SimulationResult.Point> all = report.simulation().seconds();
        // Many frames of the end are not committed yet, and would look quick.
        List<SimulationResult.Point> points = all.subList(0, Math.max(2, all.size() - END_SECONDS));
        sheet.text(
                "simulated latency by time of capture" + (estimate.instances() > 1 ? "; an instance is lost" : ""),
                left,
                TOP - 14,
                13,
                Font.BOLD,
                PlotSheet.INK);
        // Decades from 10 ms on.
        int decades = (int) Math.ceil(points.stream()
                .mapToDouble(point -> Math.log10(Math.max(point.latency().p99(), 0.1) / 0.01))
                .max()
                .orElse(1));
        for (int decade = 0; decade <= decades; decade++) {
            double seconds = 0.01 * Math.pow(10, decade);
            grid(
                    left,
                    right,
                    y((double) decade / decades),
                    String.format(Locale.ROOT, seconds < 1 ? "%.2f s" : "%.0f s", seconds));
        }
        ticks(left, right, points.size(), " s");
        long mostLag = Math.max(1, report.simulation().mostLag());
        curve(left, right, points, decades, 0, "half of the frames", SimulationResult.Latency::p50);
        curve(left, right, points, decades, 1, "99 % of the frames", SimulationResult.Latency::p99);
        graphics.setColor(PlotSheet.OTHER);
        line(
                left,
                right,
                points.size() - 1,
                second -> (double) points.get(second).lag() / mostLag * 0.95);
        legend(left, 2, "frames that wait, of at most " + mostLag);
    }

    private void curve(
            int left,
            int right,
            List<SimulationResult.Point> points,
            int decades,
            int row,
            String name,
            ToDoubleFunction<SimulationResult.Latency> value) {
        graphics.setColor(LINES[row]);
        graphics.setStroke(SOLID);
        line(left, right, points.size() - 1, second -> {
            double seconds = value.applyAsDouble(points.get(second).latency());
            return seconds == 0 ? Double.NaN : Math.log10(Math.max(seconds, 0.01) / 0.01) / decades;
        });
        legend(left, row, name);
    }

    /** @param height of each step, 0 at the bottom and 1 at the top; NaN for none */
    private void line(int left, int right, int steps, IntToDoubleFunction height) {
        for (int step = 1; step <= steps; step++) {
            double from = height.applyAsDouble(step - 1);
            double to = height.applyAsDouble(step);
            if (from <= 1 && to <= 1) {
                graphics.drawLine(
                        left + (right - left) * (step - 1) / steps,
                        y(from),
                        left + (right - left) * step / steps,
                        y(to));
            }
        }
    }

    private void mark(int left, int right, double share, String text) {
        int x = (int) (left + share * (right - left));
        graphics.setColor(PlotSheet.OTHER);
        graphics.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {6, 4}, 0));
        graphics.drawLine(x, TOP, x, BOTTOM);
        graphics.setStroke(new BasicStroke(1));
        sheet.text(text, Math.min(x + 6, right - 120), TOP + 12, 12, Font.PLAIN, PlotSheet.OTHER);
    }

    private void legend(int left, int row, String text) {
        int y = BOTTOM + 44 + 19 * row;
        graphics.drawLine(left, y - 4, left + 18, y - 4);
        sheet.text(text, left + 24, y, 12, Font.PLAIN, PlotSheet.INK);
    }

    private void grid(int left, int right, int y, String label) {
        graphics.setColor(PlotSheet.GRID);
        graphics.setStroke(new BasicStroke(1));
        graphics.drawLine(left, y, right, y);
        sheet.text(label, left - 48, y + 4, 11, Font.PLAIN, PlotSheet.FAINT);
    }

    private void ticks(int left, int right, int most, String unit) {
        for (int tick = 0; tick <= 5; tick++) {
            sheet.text(
                    most * tick / 5 + unit,
                    left + (right - left) * tick / 5 - 12,
                    BOTTOM + 18,
                    11,
                    Font.PLAIN,
                    PlotSheet.FAINT);
        }
    }

    private static int y(double height) {
        return (int) Math.round(BOTTOM - height * (BOTTOM - TOP));
    }
}
