package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.video.Source;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadeFrameTest {
    private static final int MARGIN = 16;
    private static final int UPPER_TOP = 42;
    private static final int UPPER_HEIGHT = 351;

    @TempDir
    private Path folder;

    @Test
    void theBallIsRoundAlongTheMotion_andDoubleInTheBlend() throws Exception {
        Path clip = folder.resolve("clip.mkv");
        TestClip.write(clip);
        Path png = folder.resolve("made.png");
        MadeFrame made = new MadeFrame(Source.of(clip.toString()), Map.of("kinolift.preset", "best"));
        assertThat(made.followsMotion()).isTrue();
        assertThat(made.middle()).isEqualTo(TestClip.FRAMES / 2);
        made.draw(TestClip.FALLING, png);
        BufferedImage image = ImageIO.read(png.toFile());
        Rectangle source = ball(image, 0);
        Rectangle blend = ball(image, 1);
        Rectangle motion = ball(image, 2);
        assertThat(motion.width).isBetween(source.width - 2, source.width + 2);
        assertThat(motion.height).isBetween(source.height - 2, source.height + 2);
        assertThat(motion.y).as("on its way down").isGreaterThan(source.y + 1);
        // Only where both balls lie is a blend as bright as a ball.
        assertThat(blend.height).isLessThan(source.height - 8);
    }

    @Test
    void withoutMotionOrFactorInTime_thereIsNoSuchFrame() {
        Source video = Source.of("unread.mkv");
        assertThat(new MadeFrame(video, Map.of("kinolift.preset", "exact")).followsMotion())
                .isFalse();
        assertThat(new MadeFrame(video, Map.of("kinolift.preset", "best", "kinolift.scale.factor", "1,2,2"))
                        .followsMotion())
                .isFalse();
    }

    /** Bounds of what has the ball's colour in the picture above, without the outline of the detail. */
    private static Rectangle ball(BufferedImage image, int panel) {
        int width = (image.getWidth() - 2 * MARGIN - 2 * 8) / 3;
        int left = MARGIN + panel * (width + 8);
        Rectangle bounds = new Rectangle(-1, -1);
        for (int y = UPPER_TOP; y < UPPER_TOP + UPPER_HEIGHT; y++) {
            for (int x = left; x < left + width; x++) {
                int rgb = image.getRGB(x, y);
                boolean orange = (rgb >> 16 & 0xff) > 220 && Math.abs((rgb >> 8 & 0xff) - 176) < 25;
                if (orange && (rgb & 0xff) > 30) {
                    bounds.add(new Rectangle(x - left, y, 1, 1));
                }
            }
        }
        return bounds;
    }
}
