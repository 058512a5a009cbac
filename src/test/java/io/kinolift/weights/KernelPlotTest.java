package io.kinolift.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.tensor.Tensor;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KernelPlotTest {
    private static final int LEFT = KernelPlot.MARGIN + KernelPlot.AXIS;
    private static final int TOP = KernelPlot.HEADER + KernelPlot.CAPTION;

    @Test
    void zeroIsTheMiddleColourAndSignsAreApart() {
        BufferedImage image = KernelPlot.draw(Tensor.of(new float[] {-1, 0, 0.5f, 1}, 1, 1, 1, 1, 4), "signs");
        int cell = 56;
        int[] colours = IntStream.range(0, 4)
                .map(x -> image.getRGB(LEFT + x * cell + 3, TOP + 3))
                .toArray();
        assertThat(colours[1]).isEqualTo(KernelPlot.ZERO.getRGB());
        assertThat(new Color(colours[0])).isEqualTo(KernelPlot.colour(-1));
        assertThat(new Color(colours[2])).isEqualTo(KernelPlot.colour(0.5));
        assertThat(new Color(colours[3])).isEqualTo(KernelPlot.colour(1));
        assertThat(new Color(colours[0]).getBlue()).isGreaterThan(new Color(colours[0]).getRed());
        assertThat(new Color(colours[3]).getRed()).isGreaterThan(new Color(colours[3]).getBlue());
    }

    @Test
    void coloursDarkenAwayFromZero() {
        for (int sign = -1; sign <= 1; sign += 2) {
            int last = brightness(KernelPlot.ZERO);
            for (int i = 1; i <= 20; i++) {
                int next = brightness(KernelPlot.colour(sign * i / 20.0));
                assertThat(next).isLessThan(last);
                last = next;
            }
        }
    }

    @Test
    void aPanelForEachPairOfChannelsAndTimeTap() {
        float[] values = new float[2 * 3 * 4 * 6 * 6];
        Arrays.fill(values, 1);
        BufferedImage image = KernelPlot.draw(Tensor.of(values, 2, 3, 4, 6, 6), "all");
        int step = 25 * 6 + KernelPlot.AXIS + KernelPlot.GAP;
        int stepDown = step + KernelPlot.CAPTION;
        for (int i = 0; i < 24; i++) {
            int x = LEFT + i % 12 * step + 3;
            int y = TOP + i / 12 * stepDown + 3;
            assertThat(new Color(image.getRGB(x, y))).isEqualTo(KernelPlot.colour(1));
        }
        assertThat(image.getWidth()).isBetween(12 * step, 12 * step + 250);
        assertThat(image.getHeight()).isBetween(2 * stepDown, 2 * stepDown + 150);
    }

    @Test
    void manyChannelsAreCutAndAPlotStaysSmall() {
        BufferedImage image = KernelPlot.draw(Tensor.zeros(64, 64, 20, 3, 3), "many");
        assertThat(image.getWidth()).isLessThan(3000);
        assertThat(image.getHeight()).isLessThan(5000);
        assertThat(image.getRGB(LEFT + 3, TOP + 3)).isEqualTo(KernelPlot.ZERO.getRGB());
    }

    private static int brightness(Color colour) {
        return 2 * colour.getRed() + 3 * colour.getGreen() + colour.getBlue();
    }
}
