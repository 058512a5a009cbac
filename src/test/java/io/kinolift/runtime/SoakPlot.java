package io.kinolift.runtime;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;

/** Footprints over the frames done, one panel each, all from zero. */
final class SoakPlot {
    private static final int WIDTH = 900;
    private static final int HEADER = 60;
    private static final int LEFT = 90;
    private static final int RIGHT = 30;
    private static final int PANEL = 170;
    private static final int STEP = PANEL + 70;
    private static final Color INK = new Color(0x22262c);
    private static final Color GRID = new Color(0xd5d9df);
    private static final Color LINE = new Color(0x2166ac);

    private final List<Footprint> footprints;
    private final Graphics2D graphics;

    private SoakPlot(List<Footprint> footprints, Graphics2D graphics) {
        this.footprints = footprints;
        this.graphics = graphics;
    }

    static void write(List<Footprint> footprints, String title, Path file) throws IOException {
        System.setProperty("java.awt.headless", "true");
        BufferedImage canvas = new BufferedImage(WIDTH, HEADER + 3 * STEP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = canvas.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, canvas.getHeight());
        SoakPlot plot = new SoakPlot(footprints, graphics);
        plot.text(title, LEFT, 30, 17);
        plot.panel(0, "resident memory, MiB", footprint -> footprint.residentBytes() / 1048576.0);
        plot.panel(1, "stores on disk, MiB", footprint -> footprint.storeBytes() / 1048576.0);
        plot.panel(2, "open files", Footprint::openFiles);
        graphics.dispose();
        ImageIO.write(canvas, "png", file.toFile());
    }

    private void panel(int row, String name, ToDoubleFunction<Footprint> value) {
        int top = HEADER + row * STEP + 20;
        double most = scale(footprints.stream().mapToDouble(value).max().orElse(1));
        long frames = footprints.getLast().frames();
        text(name, LEFT, top - 8, 13);
        for (int tick = 0; tick <= 4; tick++) {
            int y = top + PANEL - PANEL * tick / 4;
            graphics.setColor(GRID);
            graphics.drawLine(LEFT, y, WIDTH - RIGHT, y);
            text(number(most * tick / 4), 20, y + 4, 12);
            int x = LEFT + (WIDTH - LEFT - RIGHT) * tick / 4;
            text(Long.toString(frames * tick / 4), x - 20, top + PANEL + 18, 12);
        }
        graphics.setColor(LINE);
        graphics.setStroke(new BasicStroke(2));
        for (int i = 1; i < footprints.size(); i++) {
            Footprint from = footprints.get(i - 1);
            Footprint to = footprints.get(i);
            graphics.drawLine(
                    x(from, frames),
                    y(value.applyAsDouble(from), most, top),
                    x(to, frames),
                    y(value.applyAsDouble(to), most, top));
        }
        graphics.setStroke(new BasicStroke(1));
        if (row == 2) {
            text("input frames done", (WIDTH - 110) / 2, top + PANEL + 38, 13);
        }
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The next of 1, 2, 4 and 8 times a power of ten. */
    private static double scale(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1e-6))));
        double rest = most / power;
        return power * (rest <= 1 ? 1 : rest <= 2 ? 2 : rest <= 4 ? 4 : rest <= 8 ? 8 : 10);
    }

    private static int x(Footprint footprint, long frames) {
        return LEFT + (int) Math.round((double) (WIDTH - LEFT - RIGHT) * footprint.frames() / frames);
    }

    private static int y(double value, double most, int top) {
        return top + PANEL - (int) Math.round(PANEL * value / most);
    }

    private void text(String text, int x, int baseline, int size) {
        graphics.setColor(INK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
        graphics.drawString(text, x, baseline);
    }
}
