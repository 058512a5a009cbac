package io.kinolift.quality;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Images in other sizes. */
public final class Scaling {
    private Scaling() {}

    /** Every sample becomes a box. */
    static BufferedImage nearest(BufferedImage image, int width, int height) {
        return scale(image, width, height, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    }

    /** Enlarges without interpolation, and makes smaller without aliasing: by halves as long as that goes. */
    public static BufferedImage smooth(BufferedImage image, int width, int height) {
        if (width >= image.getWidth() && height >= image.getHeight()) {
            return nearest(image, width, height);
        }
        BufferedImage result = image;
        while (result.getWidth() >= 2 * width && result.getHeight() >= 2 * height) {
            result = scale(
                    result, result.getWidth() / 2, result.getHeight() / 2, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        }
        return scale(result, width, height, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    }

    private static BufferedImage scale(BufferedImage image, int width, int height, Object interpolation) {
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = result.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, interpolation);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return result;
    }
}
