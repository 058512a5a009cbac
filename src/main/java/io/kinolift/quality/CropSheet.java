package io.kinolift.quality;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import javax.imageio.ImageIO;

/** Details side by side, a row for each clip and a column for each way it was made, three times as large. */
public final class CropSheet {
    private static final int ZOOM = 3;
    private static final int GAP = 8;
    private static final Color BACKGROUND = new Color(0x17191d);

    /**
     * One row of the sheet.
     *
     * @param labels one for each crop
     */
    public record Row(List<String> labels, List<Crop> crops) {}

    private CropSheet() {}

    static {
        // A screen that cannot be reached must not keep anyone from drawing to memory.
        System.setProperty("java.awt.headless", "true");
    }

    /**
     * Writes a PNG.
     *
     * @param file is replaced
     */
    public static void write(List<Row> rows, Path file) throws IOException {
        int columns = rows.stream().mapToInt(row -> row.crops.size()).max().orElse(1);
        int cellWidth = largest(rows, BufferedImage::getWidth) * ZOOM + GAP;
        int cellHeight = largest(rows, BufferedImage::getHeight) * ZOOM + Labels.HEIGHT + GAP;
        BufferedImage sheet = new BufferedImage(
                columns * cellWidth + GAP, rows.size() * cellHeight + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(BACKGROUND);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int y = 0; y < rows.size(); y++) {
            Row row = rows.get(y);
            for (int x = 0; x < row.crops.size(); x++) {
                int left = GAP + x * cellWidth;
                int top = GAP + y * cellHeight;
                BufferedImage crop = row.crops.get(x).image();
                Labels.draw(graphics, left, top, cellWidth - GAP, row.labels.get(x), "");
                graphics.drawImage(
                        Scaling.nearest(crop, crop.getWidth() * ZOOM, crop.getHeight() * ZOOM),
                        left,
                        top + Labels.HEIGHT,
                        null);
            }
        }
        graphics.dispose();
        if (!ImageIO.write(sheet, "png", file.toFile())) {
            throw new IOException(file + ": this Java cannot write PNG");
        }
    }

    private static int largest(List<Row> rows, ToIntFunction<BufferedImage> size) {
        return rows.stream()
                .flatMap(row -> row.crops.stream())
                .mapToInt(crop -> size.applyAsInt(crop.image()))
                .max()
                .orElse(1);
    }
}
