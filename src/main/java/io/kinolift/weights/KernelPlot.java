package io.kinolift.weights;

import io.kinolift.tensor.Tensor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Draws kernels: a row of panels per input channel, a panel per output channel and time tap, a square per tap. Blue is
 * negative, red is positive, {@link #ZERO} is 0; all kernels share one scale. Squares that are large enough show their
 * number.
 */
public final class KernelPlot {
    /** Most input channels that are drawn; a note tells when there are more. */
    public static final int MAX_ROWS = 12;

    /** Most panels in a row; a note tells when there are more. */
    public static final int MAX_COLUMNS = 12;

    static final Color ZERO = new Color(0xf7f7f7);
    static final int MARGIN = 32;
    static final int HEADER = 64;
    static final int CAPTION = 26;
    static final int AXIS = 26;
    static final int GAP = 16;
    private static final Color[] POSITIVE = {ZERO, new Color(0xf4a582), new Color(0xb2182b), new Color(0x67001f)};
    private static final Color[] NEGATIVE = {ZERO, new Color(0x92c5de), new Color(0x2166ac), new Color(0x053061)};
    private static final Color INK = new Color(0x22262c);
    private static final Color FAINT = new Color(0x6b7280);
    private static final Color GRID = new Color(0xd5d9df);
    private static final int PANEL = 300;
    private static final int SCALE_WIDTH = 20;
    private static final int SCALE_SPACE = 120;
    private static final int MIN_WIDTH = 640;
    private static final int NUMBER_CELL = 40;

    static {
        // A screen that cannot be reached must not keep anyone from drawing to memory.
        System.setProperty("java.awt.headless", "true");
    }

    private final Tensor weight;
    private final String title;
    private final double limit;
    private final int rows;
    private final int columns;
    final int cell;
    private final int panelWidth;
    private final int panelHeight;
    private Graphics2D graphics;

    private KernelPlot(Tensor weight, String title) {
        this.weight = weight;
        this.title = title;
        double largest = 0;
        for (float value : weight.data()) {
            largest = Math.max(largest, Math.abs(value));
        }
        limit = largest == 0 ? 1 : largest;
        rows = Math.min(MAX_ROWS, weight.size(0));
        columns = Math.min(MAX_COLUMNS, weight.size(1) * weight.size(2));
        int panel = rows * columns > 4 ? PANEL / 2 : PANEL;
        cell = Math.clamp(panel / Math.max(weight.size(3), weight.size(4)), 4, 56);
        panelWidth = cell * weight.size(4);
        panelHeight = cell * weight.size(3);
    }

    /**
     * Writes a PNG.
     *
     * @param weight (in, out / groups, kD, kH, kW)
     * @param file is replaced
     */
    public static void write(Tensor weight, String title, Path file) throws IOException {
        if (!ImageIO.write(draw(weight, title), "png", file.toFile())) {
            throw new IOException(file + ": this Java cannot write PNG");
        }
    }

    static BufferedImage draw(Tensor weight, String title) {
        return new KernelPlot(weight, title).draw();
    }

    private int left(int column) {
        return MARGIN + AXIS + column * (panelWidth + AXIS + GAP);
    }

    private int top(int row) {
        return HEADER + CAPTION + row * (panelHeight + AXIS + CAPTION + GAP);
    }

    private BufferedImage draw() {
        int width = Math.max(MIN_WIDTH, left(columns) + SCALE_SPACE);
        int bodyBottom = top(rows - 1) + panelHeight + AXIS;
        BufferedImage canvas = new BufferedImage(width, bodyBottom + MARGIN, BufferedImage.TYPE_INT_RGB);
        graphics = canvas.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, canvas.getHeight());
        text(title, MARGIN, 30, Font.BOLD, 17, INK);
        text(subtitle(), MARGIN, 52, Font.PLAIN, 13, FAINT);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                panel(row, column);
            }
        }
        scale(left(columns - 1) + panelWidth + GAP + MARGIN, top(0), Math.max(panelHeight, 120));
        graphics.dispose();
        return canvas;
    }

    private String subtitle() {
        int panels = weight.size(0) * weight.size(1) * weight.size(2);
        return weight.size(2) + " x " + weight.size(3) + " x " + weight.size(4) + " taps (time x height x width)"
                + (rows * columns < panels ? "; the first " + rows * columns + " of " + panels + " panels" : "");
    }

    private void panel(int row, int column) {
        int out = column / weight.size(2);
        int t = column % weight.size(2);
        int left = left(column);
        int top = top(row);
        text("in " + row + ", out " + out + ", t " + t, left, top - 8, Font.BOLD, 12, INK);
        for (int y = 0; y < weight.size(3); y++) {
            for (int x = 0; x < weight.size(4); x++) {
                square(left + x * cell, top + y * cell, weight.get(row, out, t, y, x));
            }
        }
        graphics.setColor(FAINT);
        graphics.setStroke(new BasicStroke(1));
        graphics.drawRect(left - 1, top - 1, panelWidth + 1, panelHeight + 1);
        ticks(left, top);
    }

    private void square(int left, int top, float value) {
        graphics.setColor(colour(value / limit));
        graphics.fillRect(left, top, cell, cell);
        if (cell >= 10) {
            graphics.setColor(GRID);
            graphics.drawRect(left, top, cell, cell);
        }
        if (cell >= NUMBER_CELL) {
            centred(
                    String.format(Locale.ROOT, "%.3f", value),
                    left + cell / 2,
                    top + cell / 2 + 4,
                    11,
                    Math.abs(value) > 0.6 * limit ? Color.WHITE : INK);
        }
    }

    /** Tap numbers below and to the left: the first, the last, and so many between that none touch. */
    private void ticks(int left, int top) {
        int step = Math.max(1, Math.ceilDiv(22, cell));
        for (int x = 0; x < weight.size(4); x += step) {
            centred(Integer.toString(x), left + x * cell + cell / 2, top + panelHeight + 15, 11, FAINT);
        }
        for (int y = 0; y < weight.size(3); y += step) {
            centred(Integer.toString(y), left - 13, top + y * cell + cell / 2 + 4, 11, FAINT);
        }
    }

    private void scale(int left, int top, int height) {
        for (int y = 0; y < height; y++) {
            graphics.setColor(colour(1 - 2.0 * y / (height - 1)));
            graphics.fillRect(left, top + y, SCALE_WIDTH, 1);
        }
        graphics.setColor(FAINT);
        graphics.drawRect(left - 1, top - 1, SCALE_WIDTH + 1, height + 1);
        for (int i = -2; i <= 2; i++) {
            int y = top + (int) Math.round((2 - i) / 4.0 * (height - 1));
            graphics.setColor(FAINT);
            graphics.drawLine(left + SCALE_WIDTH, y, left + SCALE_WIDTH + 4, y);
            text(
                    i == 0 ? "0" : String.format(Locale.ROOT, "%+.3g", limit * i / 2),
                    left + SCALE_WIDTH + 10,
                    y + 4,
                    Font.PLAIN,
                    12,
                    INK);
        }
        text("weight", left - 2, top - 8, Font.BOLD, 12, INK);
    }

    /** @param value from -1 to 1 */
    static Color colour(double value) {
        Color[] stops = value < 0 ? NEGATIVE : POSITIVE;
        double position = Math.min(1, Math.abs(value)) * (stops.length - 1);
        int below = Math.min(stops.length - 2, (int) position);
        double part = position - below;
        Color a = stops[below];
        Color b = stops[below + 1];
        return new Color(
                mix(a.getRed(), b.getRed(), part),
                mix(a.getGreen(), b.getGreen(), part),
                mix(a.getBlue(), b.getBlue(), part));
    }

    private static int mix(int a, int b, double part) {
        return (int) Math.round(a + (b - a) * part);
    }

    private void centred(String text, int x, int baseline, int size, Color colour) {
        if (font(Font.PLAIN, size)) {
            graphics.setColor(colour);
            graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, baseline);
        }
    }

    private void text(String text, int left, int baseline, int style, int size, Color colour) {
        if (font(style, size)) {
            graphics.setColor(colour);
            graphics.drawString(text, left, baseline);
        }
    }

    /** False on a system without fonts: a picture without labels is better than none. */
    private boolean font(int style, int size) {
        try {
            graphics.setFont(new Font(Font.SANS_SERIF, style, size));
            graphics.getFontMetrics();
            return true;
        } catch (RuntimeException | LinkageError | InternalError e) {
            // What Java throws when it finds no font differs between versions and systems.
            return false;
        }
    }
}
