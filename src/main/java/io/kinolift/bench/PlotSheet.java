package io.kinolift.bench;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** White paper, the colours that plots have in common, and a file in the end. */
public final class PlotSheet {
    public static final Color INK = new Color(0x22262c);
    public static final Color FAINT = new Color(0x6b7280);
    public static final Color GRID = new Color(0xd5d9df);
    public static final Color OURS = new Color(0x1b7f5c);
    public static final Color OTHER = new Color(0xc26a2e);

    static {
        System.setProperty("java.awt.headless", "true");
    }

    private final BufferedImage image;
    private final Graphics2D graphics;

    /** A white sheet, in pixels. */
    public PlotSheet(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
    }

    /** Draws on the sheet. */
    public Graphics2D graphics() {
        return graphics;
    }

    /**
     * Draws a line of text.
     *
     * @param baseline in pixels from the top
     * @param size in pixels
     * @param style of {@link Font}
     */
    public void text(String text, int x, int baseline, int size, int style, Color colour) {
        graphics.setFont(new Font(Font.SANS_SERIF, style, size));
        graphics.setColor(colour);
        graphics.drawString(text, x, baseline);
    }

    /** The lines above a plot. */
    public void title(String title, String machine, int left) {
        text(title, left, 30, 17, Font.BOLD, INK);
        text(machine, left, 50, 12, Font.PLAIN, FAINT);
    }

    /** Writes a PNG; nothing can be drawn afterwards. */
    public void write(Path file) throws IOException {
        graphics.dispose();
        ImageIO.write(image, "png", file.toFile());
    }
}
