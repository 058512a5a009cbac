package io.kinolift.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Two panels of lines, by size and by length: each point over the median of its line, so that flat is proportional. */
public final class CostGrowthPlot {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 480;
    private static final int MARGIN = 56;
    private static final int TOP = 84;
    private static final int BOTTOM = 140;
    private static final double LIMIT = 0.2;
    private static final double RANGE = 0.6;
    private static final Color BAND = new Color(0xeaf4ef);
    private static final Color[] LINES = {
        PlotSheet.OURS,
        PlotSheet.OTHER,
        new Color(0x2166ac),
        new Color(0x8b3a8b),
        new Color(0x8a7a12),
        new Color(0x4a4a4a)
    };

    private final PlotSheet sheet;
    private final Graphics2D graphics;

    private CostGrowthPlot(PlotSheet sheet) {
        this.sheet = sheet;
        graphics = sheet.graphics();
    }

    /** Writes a PNG. */
    public static void write(
            List<CostGrowth.Line> bySize, List<CostGrowth.Line> byLength, BenchReport.Machine machine, Path file)
            throws IOException {
        PlotSheet sheet = new PlotSheet(WIDTH, HEIGHT);
        sheet.title(
                "Time per output pixel, over the median of the line; the band is 20 % either way",
                machine.toString(), MARGIN);
        CostGrowthPlot plot = new CostGrowthPlot(sheet);
        plot.panel("by height of the input", bySize, MARGIN, WIDTH / 2 - MARGIN / 2);
        plot.panel("by input frames of a clip", byLength, WIDTH / 2 + MARGIN / 2, WIDTH - MARGIN);
        sheet.write(file);
    }

    private void panel(String title, List<CostGrowth.Line> lines, int left, int right) {
        int bottom = HEIGHT - BOTTOM;
        graphics.setColor(BAND);
        graphics.fillRect(left, y(1 + LIMIT), right - left, y(1 - LIMIT) - y(1 + LIMIT));
        for (double level = 1 - RANGE; level < 1 + RANGE + 0.01; level += LIMIT) {
            graphics.setColor(PlotSheet.GRID);
            graphics.drawLine(left, y(level), right, y(level));
            sheet.text(
                    String.format(Locale.ROOT, "%.1f", level),
                    left - 26,
                    y(level) + 4,
                    11,
                    Font.PLAIN,
                    PlotSheet.FAINT);
        }
        sheet.text(title, left, TOP - 8, 13, Font.BOLD, PlotSheet.INK);
        List<CostGrowth.Point> points = lines.getFirst().points();
        for (int i = 0; i < points.size(); i++) {
            sheet.text(
                    Long.toString(points.get(i).x()),
                    x(i, points.size(), left, right) - 12,
                    bottom + 18,
                    12,
                    Font.PLAIN,
                    PlotSheet.INK);
        }
        for (int i = 0; i < lines.size(); i++) {
            line(lines.get(i), LINES[i % LINES.length], left, right);
            graphics.setColor(LINES[i % LINES.length]);
            graphics.fillRect(left, bottom + 34 + 20 * i, 16, 4);
            sheet.text(
                    lines.get(i).name()
                            + String.format(
                                    Locale.ROOT,
                                    ": %.2f ns per pixel first, %.2f last",
                                    lines.get(i).points().getFirst().nanosPerPixel(),
                                    lines.get(i).points().getLast().nanosPerPixel()),
                    left + 24,
                    bottom + 40 + 20 * i,
                    12,
                    Font.PLAIN,
                    PlotSheet.INK);
        }
    }

    private void line(CostGrowth.Line line, Color colour, int left, int right) {
        List<CostGrowth.Point> points = line.points();
        double median = Race.median(
                points.stream().mapToDouble(CostGrowth.Point::nanosPerPixel).toArray());
        int beforeX = 0;
        int beforeY = 0;
        for (int i = 0; i < points.size(); i++) {
            int x = x(i, points.size(), left, right);
            double over = points.get(i).nanosPerPixel() / median;
            int y = y(Math.clamp(over, 1 - RANGE, 1 + RANGE));
            graphics.setColor(colour);
            graphics.setStroke(new BasicStroke(2.5f));
            if (i > 0) {
                graphics.drawLine(beforeX, beforeY, x, y);
            }
            graphics.fillOval(x - 4, y - 4, 8, 8);
            graphics.setStroke(new BasicStroke(1));
            beforeX = x;
            beforeY = y;
        }
    }

    private static int x(int point, int points, int left, int right) {
        return left + (right - left) * (2 * point + 1) / (2 * points);
    }

    private static int y(double over) {
        return (int) Math.round(HEIGHT - BOTTOM - (over - 1 + RANGE) / (2 * RANGE) * (HEIGHT - BOTTOM - TOP));
    }
}
