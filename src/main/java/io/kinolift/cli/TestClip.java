package io.kinolift.cli;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.video.EncoderChoice;
import io.kinolift.video.PictureSideData;
import io.kinolift.video.VideoSettings;
import io.kinolift.video.VideoWriter;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * A short moving picture for a first try: a turning wheel, a bouncing ball, fine lines and letters. They show the
 * effects of upscaling.
 */
final class TestClip {
    static final int WIDTH = 480;
    static final int HEIGHT = 270;
    static final int FRAMES = 75;
    static final int RATE = 25;
    /** A frame where the ball falls fast. */
    static final int FALLING = 21;

    private static final int QUALITY = 2;

    private TestClip() {}

    static void write(Path file) throws VideoException {
        Rational unit = Rational.of(1, RATE);
        VideoSettings settings = new VideoSettings(
                file.getFileName().toString(),
                EncoderChoice.of(VideoWriter.defaultCodec(file)),
                PixelFormat.YUV420P,
                WIDTH,
                HEIGHT,
                Rational.ONE,
                Colour.UNSPECIFIED,
                unit,
                Rational.of(RATE),
                QUALITY,
                PictureSideData.NONE,
                null,
                1);
        try (VideoWriter writer = VideoWriter.create(file, settings)) {
            BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
            AvPictures pictures = new AvPictures();
            for (int frame = 0; frame < FRAMES; frame++) {
                draw(image, (double) frame / FRAMES);
                try (Picture picture = pictures.allocate(PixelFormat.YUV420P, WIDTH, HEIGHT)) {
                    convert(image, picture);
                    writer.write(picture, frame, 1);
                }
            }
            writer.finish();
        }
    }

    /** @param time 0 to 1 */
    private static void draw(BufferedImage image, double time) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setPaint(new GradientPaint(0, 0, new Color(18, 32, 58), WIDTH, HEIGHT, new Color(92, 58, 102)));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        drawFan(graphics);
        drawWheel(graphics, time);
        graphics.setColor(new Color(250, 176, 60));
        double x = 30 + time * (WIDTH - 90);
        double y = 205 - 120 * Math.abs(Math.sin(time * 3 * Math.PI));
        graphics.fill(new Ellipse2D.Double(x, y, 34, 34));
        graphics.setColor(new Color(235, 238, 245));
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 26));
        graphics.drawString("Kinolift", 24, 44);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
        graphics.drawString(String.format("%dx%d at %d frames per second", WIDTH, HEIGHT, RATE), 24, 62);
        graphics.dispose();
    }

    /** Converging lines, which show aliasing. */
    private static void drawFan(Graphics2D graphics) {
        graphics.setStroke(new BasicStroke(0.8f));
        graphics.setColor(new Color(150, 190, 220));
        for (int line = 0; line <= 40; line++) {
            graphics.draw(new Line2D.Double(12, HEIGHT - 8, 12 + line * 5, HEIGHT - 78 + line * 1.2));
        }
    }

    private static void drawWheel(Graphics2D graphics, double time) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(350, 130);
        graphics.rotate(time * Math.PI);
        graphics.setStroke(new BasicStroke(3));
        graphics.setColor(new Color(110, 214, 180));
        graphics.draw(new Ellipse2D.Double(-95, -95, 190, 190));
        for (int spoke = 0; spoke < 24; spoke++) {
            graphics.rotate(Math.PI / 12);
            graphics.draw(new Line2D.Double(0, 16, 0, 92));
        }
        graphics.setTransform(before);
    }

    /** BT.601, limited range; chroma is the mean of four. */
    private static void convert(BufferedImage image, Picture picture) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                set(picture.plane(0), x, y, luma(image.getRGB(x, y)));
            }
        }
        for (int y = 0; y < picture.plane(1).height(); y++) {
            for (int x = 0; x < picture.plane(1).width(); x++) {
                int right = Math.min(2 * x + 1, WIDTH - 1);
                int below = Math.min(2 * y + 1, HEIGHT - 1);
                int[] four = {
                    image.getRGB(2 * x, 2 * y),
                    image.getRGB(right, 2 * y),
                    image.getRGB(2 * x, below),
                    image.getRGB(right, below)
                };
                double red = 0;
                double green = 0;
                double blue = 0;
                for (int rgb : four) {
                    red += (rgb >> 16 & 255) / 4.0;
                    green += (rgb >> 8 & 255) / 4.0;
                    blue += (rgb & 255) / 4.0;
                }
                set(picture.plane(1), x, y, 128 - 0.148 * red - 0.291 * green + 0.439 * blue);
                set(picture.plane(2), x, y, 128 + 0.439 * red - 0.368 * green - 0.071 * blue);
            }
        }
    }

    private static double luma(int rgb) {
        return 16 + 0.257 * (rgb >> 16 & 255) + 0.504 * (rgb >> 8 & 255) + 0.098 * (rgb & 255);
    }

    private static void set(Plane plane, int x, int y, double value) {
        plane.data().set(ValueLayout.JAVA_BYTE, y * plane.stride() + x, (byte) Math.round(value));
    }
}
