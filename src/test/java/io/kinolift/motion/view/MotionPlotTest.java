package io.kinolift.motion.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.motion.MotionMap;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MotionPlotTest {
    /** The picture begins below the title, behind the margin. */
    private static final int LEFT = 16;

    private static final int TOP = 34;
    private static final int LEGEND = 26 + 16;

    /** A cell of 4x4 samples, eight times as large: one arrow, four times as long as its sample of motion. */
    @ParameterizedTest
    @CsvSource({"16, 0", "-16, 0", "0, 16", "0, -16"})
    void anArrowPointsWhereThingsMove(int x, int y) {
        MotionMap map = new MotionMap(1, 1, new int[] {x}, new int[] {y}, new boolean[] {true}, false);
        BufferedImage plot = draw(4, 4, map);
        Rectangle all = arrow(plot, 0, 0, 32, 32);
        Rectangle first = x == 0 ? arrow(plot, 0, 0, 32, 16) : arrow(plot, 0, 0, 16, 32);
        Rectangle last = x == 0 ? arrow(plot, 0, 16, 32, 16) : arrow(plot, 16, 0, 16, 32);
        assertThat(x == 0 ? all.height : all.width).as("length").isGreaterThan(26);
        int thicker = x == 0 ? last.width - first.width : last.height - first.height;
        assertThat(Integer.signum(thicker)).as("the end with the head").isEqualTo(Integer.signum(x + y));
    }

    @Test
    void whatIsNotTrustedIsTinted() {
        boolean[] trusted = new boolean[80 * 40];
        for (int cell = 0; cell < trusted.length; cell++) {
            trusted[cell] = cell % 80 < 40;
        }
        MotionMap map = new MotionMap(80, 40, new int[80 * 40], new int[80 * 40], trusted, false);
        BufferedImage plot = draw(320, 160, map);
        int width = (plot.getWidth() - 2 * LEFT) / 2;
        int height = plot.getHeight() - TOP - LEGEND;
        assertThat(pink(plot, LEFT, TOP, width - 8, height)).isZero();
        assertThat(pink(plot, LEFT + width, TOP, width, height)).isGreaterThan(0.9);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3000", "5000, 1", "7680, 4320"})
    void picturesOfAnySizeAreDrawn(int width, int height) {
        int columns = Math.ceilDiv(width, 4);
        int rows = Math.ceilDiv(height, 4);
        boolean[] trusted = new boolean[columns * rows];
        Arrays.fill(trusted, true);
        MotionMap map = new MotionMap(columns, rows, new int[trusted.length], new int[trusted.length], trusted, false);
        BufferedImage plot = draw(width, height, map);
        assertThat(plot.getWidth()).isBetween(720, 1640);
        assertThat(plot.getHeight()).isBetween(TOP + 1, 1300);
    }

    private static BufferedImage draw(int width, int height, MotionMap map) {
        return new MotionPlot(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), map).draw("title", "");
    }

    /** Bounds of what is orange in a part of the picture. */
    private static Rectangle arrow(BufferedImage plot, int left, int top, int width, int height) {
        Rectangle bounds = new Rectangle(-1, -1);
        for (int y = TOP + top; y < TOP + top + height; y++) {
            for (int x = LEFT + left; x < LEFT + left + width; x++) {
                int rgb = plot.getRGB(x, y);
                if ((rgb >> 16 & 0xff) > (rgb & 0xff) + 100) {
                    bounds.add(new Rectangle(x, y, 1, 1));
                }
            }
        }
        return bounds;
    }

    private static double pink(BufferedImage plot, int left, int top, int width, int height) {
        int count = 0;
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                int rgb = plot.getRGB(x, y);
                count += (rgb >> 16 & 0xff) > (rgb >> 8 & 0xff) + 60 && (rgb & 0xff) > 50 ? 1 : 0;
            }
        }
        return (double) count / (width * height);
    }
}
