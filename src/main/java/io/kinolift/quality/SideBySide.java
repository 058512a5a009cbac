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
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Pictures next to each other. Below each of them is the same detail, four times as large, outlined in the pictures
 * above: of two, the region where the second has the most detail; of more, the region where the last two differ most. A
 * picture of another size than the last is enlarged to that size without interpolation, so that its own samples can be
 * seen. The result is at most {@value #MAX_WIDTH} pixels wide; the pictures above are scaled down for that, the details
 * never.
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

    private final List<Side> sides;
    private final List<BufferedImage> images;
    private final int panelWidth;
    private final int upperHeight;
    private final Rectangle detail;

    /**
     * One of the pictures.
     *
     * @param name stands first above it
     * @param label what the picture is, such as its file's name; may be empty
     * @param colour says how its samples become RGB
     */
    public record Side(String name, String label, Picture picture, Colour colour) {}

    private SideBySide(List<Side> sides) {
        this.sides = sides;
        int width = sides.getLast().picture.width();
        int height = sides.getLast().picture.height();
        images = sides.stream()
                .map(side -> Scaling.nearest(RgbImages.of(side.picture, side.colour), width, height))
                .toList();
        int count = sides.size();
        panelWidth = Math.clamp(width, MIN_PANEL, (MAX_WIDTH - 2 * MARGIN - (count - 1) * DIVIDER) / count);
        upperHeight = Math.clamp((long) height * panelWidth / width, 1, MAX_UPPER_HEIGHT);
        int detailWidth = panelWidth / ZOOM;
        BufferedImage telling =
                count == 2 ? images.getLast() : RgbImages.difference(images.get(count - 2), images.getLast());
        detail = DetailRegion.find(telling, detailWidth, detailWidth * 9 / 16);
    }

    /**
     * The picture in memory.
     *
     * @param sides two or three, from left to right
     */
    public static BufferedImage draw(List<Side> sides) {
        return new SideBySide(sides).draw();
    }

    /**
     * Writes a PNG.
     *
     * @param sides two or three, from left to right
     * @param file is replaced
     */
    public static void write(List<Side> sides, Path file) throws IOException {
        if (!ImageIO.write(draw(sides), "png", file.toFile())) {
            throw new IOException(file + ": this Java cannot write PNG");
        }
    }

    private BufferedImage draw() {
        int zoomTop = MARGIN + Labels.HEIGHT + upperHeight + DIVIDER;
        int width = 2 * MARGIN + sides.size() * (panelWidth + DIVIDER) - DIVIDER;
        int height = zoomTop + detail.height * ZOOM + Labels.HEIGHT + MARGIN;
        BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = canvas.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(BACKGROUND);
        graphics.fillRect(0, 0, width, height);
        for (int i = 0; i < sides.size(); i++) {
            int left = MARGIN + i * (panelWidth + DIVIDER);
            panel(graphics, left, zoomTop, images.get(i), sides.get(i).name, caption(sides.get(i)));
        }
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
        Picture last = sides.getLast().picture;
        int width = side.picture.width();
        int height = side.picture.height();
        boolean enlarged = width != last.width() || height != last.height();
        return side.label + (side.label.isEmpty() ? "" : "   ") + width + "x" + height
                + (enlarged ? ", enlarged without interpolation" : "");
    }
}
