package io.kinolift.motion.view;

import io.kinolift.motion.MotionMap;
import io.kinolift.quality.Labels;
import io.kinolift.quality.Scaling;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Draws motion as arrows over its picture, which is grey so that they stand out. The middle of an arrow is where a cell
 * is half way; its direction is that of the motion, its length the motion's times a factor that the legend tells. What
 * stands still is a dot. Cells where neither picture can be trusted are tinted.
 */
final class MotionPlot {
    private static final Color ARROW = new Color(0xffb000);
    private static final Color UNTRUSTED = new Color(0xff2d95);
    private static final int MARGIN = 16;
    private static final Color UNTRUSTED_ARROW = Color.WHITE;
    private static final int GREY = 90;

    private static final Color BACKGROUND = new Color(0x17191d);
    private static final Color OUTLINE = new Color(0, 0, 0, 150);
    private static final float TINT = 0.5f;
    private static final int MIN_WIDTH = 720;
    private static final int MAX_WIDTH = 1600;
    private static final int MAX_HEIGHT = 1200;
    private static final int LARGEST_ENLARGING = 8;
    /** Pixels from one arrow to the next, about. */
    private static final int SPACING = 20;
    /** Of the cells that move, the share whose arrows fit into {@link #FITTING} of those spaces. */
    private static final double MOST = 0.9;

    private static final double FITTING = 1.6;
    private static final int HEAD = 5;
    private static final int LEGEND_ARROW = 40;

    static {
        // A screen that cannot be reached must not keep anyone from drawing to memory.
        System.setProperty("java.awt.headless", "true");
    }

    private final BufferedImage image;
    private final MotionMap map;
    /** Pixels of a sample. */
    private final double scale;
    /** Cells from one arrow to the next. */
    private final int every;
    /** How many times as long as the motion an arrow is: a power of two. */
    private final double stretch;

    private final int width;
    private final int height;
    private Graphics2D graphics;

    MotionPlot(BufferedImage image, MotionMap map) {
        this.image = image;
        this.map = map;
        double fit = Math.min((double) MAX_WIDTH / image.getWidth(), (double) MAX_HEIGHT / image.getHeight());
        double enough = Math.clamp(Math.ceilDiv(MIN_WIDTH, image.getWidth()), 1, LARGEST_ENLARGING);
        scale = Math.min(fit, enough);
        width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        every = (int) Math.max(1, Math.round(SPACING / (MotionMap.CELL * scale)));
        stretch = stretch();
    }

    private double stretch() {
        double[] moving = IntStream.range(0, map.columns() * map.rows())
                .mapToDouble(map::length)
                .filter(length -> length >= MotionFigures.LEAST)
                .sorted()
                .toArray();
        if (moving.length == 0) {
            return 1;
        }
        double pixels = moving[(int) (MOST * (moving.length - 1))] * scale;
        double room = FITTING * every * MotionMap.CELL * scale;
        return Math.pow(2, Math.clamp(Math.floor(Math.log(room / pixels) / Math.log(2)), -4, 4));
    }

    BufferedImage draw(String title, String subtitle) {
        int canvasWidth = Math.max(MIN_WIDTH, width) + 2 * MARGIN;
        int top = MARGIN / 2 + Labels.HEIGHT;
        BufferedImage canvas =
                new BufferedImage(canvasWidth, top + height + Labels.HEIGHT + MARGIN, BufferedImage.TYPE_INT_RGB);
        graphics = canvas.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(BACKGROUND);
        graphics.fillRect(0, 0, canvasWidth, canvas.getHeight());
        Labels.draw(graphics, MARGIN, MARGIN / 2, canvasWidth - 2 * MARGIN, title, subtitle);
        graphics.translate(MARGIN, top);
        graphics.clipRect(0, 0, width, height);
        graphics.drawImage(Scaling.smooth(grey(), width, height), 0, 0, null);
        arrows();
        graphics.setClip(null);
        legend(height + MARGIN / 2, canvasWidth - 2 * MARGIN);
        graphics.dispose();
        return canvas;
    }

    /** The picture in grey, darker, and tinted where it is not to be trusted. */
    private BufferedImage grey() {
        BufferedImage grey = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                int luma = (2 * (rgb >> 16 & 0xff) + 5 * (rgb >> 8 & 0xff) + (rgb & 0xff)) / 8 * 3 / 4;
                boolean trusted = map.trusted()[y / MotionMap.CELL * map.columns() + x / MotionMap.CELL];
                grey.setRGB(
                        x,
                        y,
                        trusted
                                ? luma * 0x010101
                                : tinted(luma, UNTRUSTED.getRed()) << 16
                                        | tinted(luma, UNTRUSTED.getGreen()) << 8
                                        | tinted(luma, UNTRUSTED.getBlue()));
            }
        }
        return grey;
    }

    private static int tinted(int luma, int tint) {
        return Math.round(luma + (tint - luma) * TINT);
    }

    private void arrows() {
        double step = MotionMap.CELL * scale;
        for (int row = every / 2; row < map.rows(); row += every) {
            for (int column = every / 2; column < map.columns(); column += every) {
                int cell = row * map.columns() + column;
                double pixels = stretch * scale / MotionMap.STEPS;
                boolean still = map.length(cell) < MotionFigures.LEAST;
                arrow(
                        (column + 0.5) * step,
                        (row + 0.5) * step,
                        still ? 0 : map.x()[cell] * pixels,
                        still ? 0 : map.y()[cell] * pixels,
                        map.trusted()[cell] ? ARROW : UNTRUSTED_ARROW);
            }
        }
    }

    /** Around its middle. */
    private void arrow(double x, double y, double dx, double dy, Color colour) {
        double length = Math.hypot(dx, dy);
        Line2D[] lines = {
            new Line2D.Double(x - dx / 2, y - dy / 2, x + dx / 2, y + dy / 2),
            barb(x, y, dx, dy, 1),
            barb(x, y, dx, dy, -1)
        };
        stroke(length > 0 ? lines : Arrays.copyOf(lines, 1), OUTLINE, 3.5f);
        stroke(length > 0 ? lines : Arrays.copyOf(lines, 1), colour, 1.6f);
    }

    private static Line2D barb(double x, double y, double dx, double dy, int side) {
        double length = Math.max(1e-9, Math.hypot(dx, dy));
        double size = Math.min(HEAD, length / 2) / length;
        double tipX = x + dx / 2;
        double tipY = y + dy / 2;
        return new Line2D.Double(
                tipX, tipY, tipX - size * (dx + side * 0.6 * dy), tipY - size * (dy - side * 0.6 * dx));
    }

    private void stroke(Line2D[] lines, Color colour, float thick) {
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke(thick, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (Line2D line : lines) {
            graphics.draw(line);
        }
    }

    private void legend(int top, int room) {
        double samples = Math.pow(2, Math.rint(Math.log(LEGEND_ARROW / (stretch * scale)) / Math.log(2)));
        int middle = top + Labels.HEIGHT / 2;
        int length = (int) Math.round(samples * stretch * scale);
        arrow(length / 2.0, middle, length, 0, ARROW);
        int left = length + 10;
        Labels.draw(graphics, left, top, 280, "", number(samples) + " samples; arrows: motion x " + number(stretch));
        left += 280;
        arrow(left, middle, 0, 0, ARROW);
        Labels.draw(graphics, left + 10, top, 180, "", "less than " + number(MotionFigures.LEAST));
        left += 130;
        graphics.setColor(new Color(
                tinted(GREY, UNTRUSTED.getRed()),
                tinted(GREY, UNTRUSTED.getGreen()),
                tinted(GREY, UNTRUSTED.getBlue())));
        graphics.fillRect(left, middle - 7, LEGEND_ARROW + 8, 14);
        arrow(left + 4 + LEGEND_ARROW / 2.0, middle, LEGEND_ARROW, 0, UNTRUSTED_ARROW);
        left += LEGEND_ARROW + 18;
        Labels.draw(graphics, left, top, room - left, "", "not trusted: towards a blend");
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%s", value);
    }
}
