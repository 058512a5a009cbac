package io.kinolift.quality;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Two pictures next to each other, A left and B right. Below each of them is the same detail, four times as large: the
 * region where B has the most detail, outlined in the pictures above. If A has another size than B, it is enlarged to
 * B's size without interpolation, so that its own samples can be seen. The result is at most {@value #MAX_WIDTH} pixels
 * wide; the pictures above are scaled down for that, the details never.
 */
public final class SideBySide {
    static final int MAX_WIDTH = 1920;
    private static final int MIN_PANEL = 480;
    private static final int MAX_UPPER_HEIGHT = 720;
    private static final int MARGIN = 16;
    private static final int DIVIDER = 8;
    private static final int ZOOM = 4;
    private static final Color BACKGROUND = new Color(0x17191d);
    private static final Color OUTLINE = new Color(0xffb000);

    static {
        // A screen that cannot be reached must not keep anyone from drawing to memory.
        System.setProperty("java.awt.headless", "true");
    }

    private final Side a;
    private final Side b;
    private final BufferedImage imageA;
    private final BufferedImage imageB;
    private final int panelWidth;
    private final int upperHeight;
    private final Rectangle detail;

    /**
     * One of the two pictures.
     *
     * @param label what the picture is, such as its file's name
     * @param colour says how its samples become RGB
     */
    public record Side(String label, Picture picture, Colour colour) {}

    private SideBySide(Side a, Side b) {
        this.a = a;
        this.b = b;
        int width = b.picture.width();
        int height = b.picture.height();
        imageB = RgbImages.of(b.picture, b.colour);
        imageA = Scaling.nearest(RgbImages.of(a.picture, a.colour), width, height);
        panelWidth = Math.clamp(width, MIN_PANEL, (MAX_WIDTH - 2 * MARGIN - DIVIDER) / 2);
        upperHeight = Math.clamp((long) height * panelWidth / width, 1, MAX_UPPER_HEIGHT);
        int detailWidth = panelWidth / ZOOM;
        detail = DetailRegion.find(imageB, detailWidth, detailWidth * 9 / 16);
    }

    public static BufferedImage draw(Side a, Side b) {
        return new SideBySide(a, b).draw();
    }

    /**
     * Writes a PNG.
     *
     * @param file is replaced
     */
    public static void write(Side a, Side b, Path file) throws IOException {
        if (!ImageIO.write(draw(a, b), "png", file.toFile())) {
            throw new IOException(file + ": this Java cannot write PNG");
        }
    }

    private BufferedImage draw() {
        int zoomTop = MARGIN + Labels.HEIGHT + upperHeight + DIVIDER;
        int width = 2 * MARGIN + 2 * panelWidth + DIVIDER;
        int height = zoomTop + detail.height * ZOOM + Labels.HEIGHT + MARGIN;
        BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = canvas.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(BACKGROUND);
        graphics.fillRect(0, 0, width, height);
        int right = MARGIN + panelWidth + DIVIDER;
        panel(graphics, MARGIN, zoomTop, imageA, "A", caption(a));
        panel(graphics, right, zoomTop, imageB, "B", caption(b));
        Labels.draw(
                graphics,
                MARGIN,
                zoomTop + detail.height * ZOOM,
                panelWidth,
                "",
                "detail: " + detail.width + "x" + detail.height + " pixels at " + detail.x + "," + detail.y + ", shown "
                        + ZOOM + " times as large");
        graphics.dispose();
        return canvas;
    }

    private void panel(Graphics2D graphics, int left, int zoomTop, BufferedImage image, String name, String caption) {
        Labels.draw(graphics, left, MARGIN / 2, panelWidth, name, caption);
        double scale = Math.min((double) panelWidth / image.getWidth(), (double) upperHeight / image.getHeight());
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        int x = left + (panelWidth - width) / 2;
        int y = MARGIN + Labels.HEIGHT + (upperHeight - height) / 2;
        graphics.drawImage(Scaling.smooth(image, width, height), x, y, null);
        BufferedImage part = image.getSubimage(detail.x, detail.y, detail.width, detail.height);
        int zoomLeft = left + (panelWidth - detail.width * ZOOM) / 2;
        graphics.drawImage(Scaling.nearest(part, detail.width * ZOOM, detail.height * ZOOM), zoomLeft, zoomTop, null);
        graphics.setColor(OUTLINE);
        graphics.setStroke(new BasicStroke(2));
        graphics.drawRect(
                x + (int) (detail.x * scale), y + (int) (detail.y * scale), (int) Math.ceil(detail.width * scale), (int)
                        Math.ceil(detail.height * scale));
        graphics.drawRect(zoomLeft + 1, zoomTop + 1, detail.width * ZOOM - 2, detail.height * ZOOM - 2);
    }

    private String caption(Side side) {
        int width = side.picture.width();
        int height = side.picture.height();
        boolean enlarged = width != b.picture.width() || height != b.picture.height();
        return side.label + "   " + width + "x" + height + (enlarged ? ", enlarged without interpolation" : "");
    }
}
