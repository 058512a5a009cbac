package io.kinolift.motion.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.upscale.Pictures;
import io.kinolift.upscale.motion.Scenes;
import java.util.function.DoubleBinaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MotionViewTest {
    private static final int WIDTH = 192;
    private static final int HEIGHT = 128;

    @Test
    void aPanMovesEverywhere() {
        MotionFigures figures = between(Scenes::texture, (x, y) -> Scenes.texture(x - 6, y + 8));
        assertThat(figures.cells()).isEqualTo(48 * 32);
        assertThat(figures.moving()).isGreaterThan(0.95);
        assertThat(figures.median()).isCloseTo(10, Offset.offset(0.2));
        assertThat(figures.untrusted()).isLessThan(0.1);
        assertThat(figures.levelled()).isFalse();
    }

    @Test
    void aFadeDoesNotMove() {
        MotionFigures figures = between(Scenes::texture, (x, y) -> 30 + Scenes.texture(x, y) / 2);
        assertThat(figures.levelled()).isTrue();
        assertThat(figures.moving()).isLessThan(0.02);
    }

    @Test
    void unrelatedPicturesAreNotTrusted() {
        MotionFigures figures = between(Scenes::texture, (x, y) -> Scenes.texture(900 - 3 * y, 2.5 * x + 400));
        assertThat(figures.untrusted()).isGreaterThan(0.4);
        assertThat(figures.largest()).isGreaterThan(figures.median());
    }

    private static MotionFigures between(DoubleBinaryOperator first, DoubleBinaryOperator second) {
        return new MotionView(picture(first), picture(second), 64).figures();
    }

    private static Picture picture(DoubleBinaryOperator luma) {
        return Pictures.of(PixelFormat.GRAY8, WIDTH, HEIGHT, (_, y, x, _) -> (int) Math.rint(luma.applyAsDouble(x, y)));
    }
}
