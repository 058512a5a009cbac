package io.kinolift.bench;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Draws a report: one bar per contender, with the length of the logarithm of its time over Kinolift's. */
public final class BenchPlot {
    private static final int WIDTH = 1100;
    private static final int MARGIN = 28;
    private static final int HEADER = 74;
    private static final int ROW = 24;
    private static final int GAP = 40;
    private static final int NAMES = 280;
    private static final int FIGURES = 190;
    private static final Color PAPER = Color.WHITE;
    private static final Color INK = new Color(0x22262c);
    private static final Color FAINT = new Color(0x6b7280);
    private static final Color GRID = new Color(0xd5d9df);
    private static final Color OURS = new Color(0x1b7f5c);
    private static final Color LIMIT = new Color(0xb9c0ca);
    private static final Color PEER = new Color(0xc26a2e);

    static {
        System.setProperty("java.awt.headless", "true");
    }

    private final BenchReport report;
    private final double least;
    private final double most;
    private final Graphics2D graphics;
    private int y = HEADER;

    private BenchPlot(BenchReport report, Graphics2D graphics) {
        this.report = report;
        this.graphics = graphics;
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
        BufferedImage image = new BufferedImage(WIDTH, height(report), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, WIDTH, image.getHeight());
        new BenchPlot(report, graphics).draw();
        graphics.dispose();
        ImageIO.write(image, "png", file.toFile());
    }

    private static int height(BenchReport report) {
        int rows = report.entries().stream()
                .mapToInt(entry -> entry.standings().size())
                .sum();
        return HEADER + rows * ROW + report.entries().size() * GAP + MARGIN;
    }

    private void draw() {
        text("Time per output frame, over Kinolift's", MARGIN, 32, 18, Font.BOLD, INK);
        text(report.machine().toString(), MARGIN, 54, 12, Font.PLAIN, FAINT);
        for (BenchReport.Entry entry : report.entries()) {
            draw(entry);
        }
    }

    private void draw(BenchReport.Entry entry) {
        text(entry.name(), MARGIN, y + 20, 13, Font.BOLD, INK);
        y += GAP - 8;
        List<Race.Standing> standings = entry.standings();
        graphics.setColor(GRID);
        for (double decade = least; decade <= most; decade++) {
            int x = x(Math.pow(10, decade));
            graphics.drawLine(x, y - 4, x, y + standings.size() * ROW);
            text(
                    Math.pow(10, decade) < 1
                            ? String.format(Locale.ROOT, "%.1g", Math.pow(10, decade))
                            : String.format(Locale.ROOT, "%.0f", Math.pow(10, decade)),
                    x + 3,
                    y - 4,
                    10,
                    Font.PLAIN,
                    FAINT);
            graphics.setColor(GRID);
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
        graphics.setColor(ours ? OURS : limit ? LIMIT : PEER);
        graphics.fillRect(from, y + 4, to - from, ROW - 8);
        text(standing.contender(), MARGIN + 12, y + 17, 12, Font.PLAIN, INK);
        text(
                String.format(Locale.ROOT, "%.2f ms   %.2f x", standing.seconds() * 1000, standing.ratio()),
                WIDTH - MARGIN - FIGURES + 24,
                y + 17,
                12,
                Font.PLAIN,
                INK);
        y += ROW;
    }

    private int x(double ratio) {
        double share = (Math.log10(ratio) - least) / (most - least);
        return (int) Math.round(MARGIN + NAMES + share * (WIDTH - 2 * MARGIN - NAMES - FIGURES));
    }

    private void text(String text, int x, int baseline, int size, int style, Color colour) {
        graphics.setFont(new Font(Font.SANS_SERIF, style, size));
        graphics.setColor(colour);
        graphics.drawString(text, x, baseline);
    }
}
