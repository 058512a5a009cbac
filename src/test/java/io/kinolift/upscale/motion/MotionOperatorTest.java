package io.kinolift.upscale.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.motion.ScalarMotion;
import io.kinolift.kernel.motion.ScalarWarp;
import io.kinolift.kernel.motion.VectorMotion;
import io.kinolift.kernel.motion.VectorWarp;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.Pictures;
import io.kinolift.upscale.Streamed;
import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MotionOperatorTest {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 160;

    @ParameterizedTest
    @CsvSource({"0.3,0", "0,-0.7", "1.25,2.5", "-6,3", "13.5,-7.25", "-24,0", "40,8"})
    void pansAreFollowed(double dx, double dy) {
        Scenes.Scene pan = (x, y, time) -> Scenes.texture(x - dx * time, y - dy * time);
        Picture made = Scenes.between(draw(0, pan), draw(1, pan));
        assertThat(Scenes.psnr(draw(0.5, pan), made, 0, 32)).isGreaterThan(44);
        assertThat(Scenes.psnr(draw(0.5, pan), made, 1, 16)).isGreaterThan(40);
    }

    /** Fine patterns are flat in small pictures, and what is left of them there must not lead to a wrong period. */
    @ParameterizedTest
    @CsvSource({"12,4", "12,-4", "24,8", "32,5"})
    void finePatternsMoveByLessThanHalfTheirPeriod(double period, double dx) {
        Scenes.Scene bars = (x, y, time) -> 60 + 130 * post(x - dx * time + 0.15 * y, period);
        Picture made = Scenes.between(draw(0, bars), draw(1, bars));
        assertThat(Scenes.psnr(draw(0.5, bars), made, 0, 32)).isGreaterThan(30);
    }

    /** The lines between the rows are at the same place in both pictures, and must not hold what passes them. */
    @Test
    void jointsOfBricksMove() {
        Scenes.Scene wall = (x, y, time) -> {
            double u = x - 4 * time;
            int row = (int) Math.floor(y / 16);
            boolean joint = Math.floorMod((int) y, 16) < 2 || Math.floorMod((int) Math.floor(u) + 16 * row, 32) < 2;
            return joint ? 180 : 120 + 20 * Math.sin(u * 0.13 + y * 0.02);
        };
        Picture made = Scenes.between(draw(0, wall), draw(1, wall));
        assertThat(Scenes.psnr(draw(0.5, wall), made, 0, 32)).isGreaterThan(40);
    }

    /** 1 on a post as wide as half the period, with soft edges. */
    private static double post(double x, double period) {
        double within = x - period * Math.floor(x / period);
        return Math.clamp(period / 4 - Math.abs(within - period / 2) + 0.5, 0, 1);
    }

    @Test
    void zoomAndRotationAreFollowed() {
        Scenes.Scene turn = (x, y, time) -> {
            double angle = 0.06 * time;
            double scale = 1 - 0.08 * time;
            double fromX = x - WIDTH / 2.0;
            double fromY = y - HEIGHT / 2.0;
            return Scenes.texture(
                    scale * (Math.cos(angle) * fromX - Math.sin(angle) * fromY),
                    scale * (Math.sin(angle) * fromX + Math.cos(angle) * fromY));
        };
        Picture made = Scenes.between(draw(0, turn), draw(1, turn));
        assertThat(Scenes.psnr(draw(0.5, turn), made, 0, 24)).isGreaterThan(40);
    }

    @Test
    void twoLayersMoveEachTheirOwnWay() {
        Scenes.Scene layers = (x, y, time) -> {
            double leftOfLayer = 90 + 12 * time;
            boolean inFront = x >= leftOfLayer && x < leftOfLayer + 64 && y >= 40 && y < 120;
            return inFront ? Scenes.texture(2 * (x - leftOfLayer) + 300, y) : Scenes.texture(x + 10 * time, y) / 2;
        };
        Picture first = draw(0, layers);
        Picture second = draw(1, layers);
        double blend = Scenes.psnr(draw(0.5, layers), Scenes.blend(first, second), 0, 16);
        assertThat(Scenes.psnr(draw(0.5, layers), Scenes.between(first, second), 0, 16))
                .isGreaterThan(blend + 5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 24})
    void logosStayWhereTheyAre(double speed) {
        Scenes.Scene pan = (x, y, time) -> isLogo(x, y) ? 235 : Scenes.texture(x - speed * time, y) * 0.6;
        Picture made = Scenes.between(draw(0, pan), draw(1, pan));
        int most = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                if (isLogo(x - 1, y - 1) && isLogo(x + 1, y + 1) && isLogo(x - 1, y + 1) && isLogo(x + 1, y - 1)) {
                    most = Math.max(most, Math.abs(235 - Pictures.sample(made, 0, y, x, 0)));
                }
            }
        }
        assertThat(most).isLessThanOrEqualTo(1);
    }

    /** Two unlike bars, as far apart as they move: where the second one was, the first one's left edge is. */
    @ParameterizedTest
    @ValueSource(ints = {12, 19, -12})
    void edgesThatMeetByChanceMove(int speed) {
        Scenes.Scene pan = (x, y, time) -> {
            double u = x - speed * time;
            boolean isBar = (u >= 120 && u < 124 && y >= 70 && y < 82)
                    || (u >= 120 + speed && u < 129 + speed && y >= 74 && y < 92);
            return isBar ? 30 : 100 + 0.6 * Scenes.texture(u, y);
        };
        Picture expected = draw(0.5, pan);
        Picture made = Scenes.between(draw(0, pan), draw(1, pan));
        int most = 0;
        for (int y = 74; y < 82; y++) {
            for (int x = 120 + speed; x < 124 + speed; x++) {
                int error = Pictures.sample(expected, 0, y, x, 0) - Pictures.sample(made, 0, y, x, 0);
                most = Math.max(most, Math.abs(error));
            }
        }
        assertThat(most).isLessThanOrEqualTo(10);
    }

    /** Strokes of 6 samples. */
    private static boolean isLogo(double x, double y) {
        return x >= 100 && x < 160 && y >= 60 && y < 100 && ((int) x / 6 % 2 == 0 || y < 68);
    }

    @ParameterizedTest
    @CsvSource({"1,30", "1,-40", "0.5,0", "1.6,-10", "0.1,16"})
    void fadesAndFlashesDoNotWarp(double factor, double offset) {
        Scenes.Scene fade = (x, y, time) -> Scenes.texture(x, y) * (1 + (factor - 1) * time) + offset * time;
        Picture first = draw(0, fade);
        Picture second = draw(1, fade);
        double blend = Scenes.psnr(draw(0.5, fade), Scenes.blend(first, second), 0, 0);
        assertThat(Scenes.psnr(draw(0.5, fade), Scenes.between(first, second), 0, 0))
                .isGreaterThanOrEqualTo(blend - 0.1);
    }

    @Test
    void cutsAreNotFarFromABlend() {
        Picture first = draw(0, (x, y, time) -> Scenes.texture(x, y));
        Picture second = draw(0, (x, y, time) -> Scenes.texture(700 - 1.7 * y, 900 + 1.3 * x));
        assertThat(Scenes.psnr(Scenes.blend(first, second), Scenes.between(first, second), 0, 0))
                .isGreaterThan(15);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,9", "9,1", "2,2", "3,5", "17,23", "64,2"})
    void tinyPicturesAreMade(int width, int height) {
        for (PixelFormat format : PixelFormat.values()) {
            List<Picture> noise = Pictures.noise(format, width, height, 2, 7);
            Picture made = Scenes.between(noise.get(0), noise.get(1));
            assertThat(made.width()).isEqualTo(width);
            Picture still = Scenes.between(noise.get(0), Pictures.of(format, width, height, (p, y, x, c) -> {
                return Pictures.sample(noise.get(0), p, y, x, c);
            }));
            assertThat(Pictures.hash(List.of(still))).as("%s", format).isEqualTo(Pictures.hash(noise.subList(0, 1)));
        }
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void scalarAndVectorLoopsAgree(PixelFormat format) {
        List<Picture> pictures = new ArrayList<>(Pictures.noise(format, 93, 61, 2, 11));
        pictures.add(Scenes.draw(format, 93, 61, 0, (x, y, time) -> Scenes.texture(x, y)));
        pictures.add(Scenes.draw(format, 93, 61, 0, (x, y, time) -> Scenes.texture(x * 1.03 + 2.6, y - 1.2)));
        for (int i = 0; i < pictures.size(); i += 2) {
            Picture scalar = Scenes.between(new ScalarMotion(), new ScalarWarp(), pictures.get(i), pictures.get(i + 1));
            Picture vector = Scenes.between(new VectorMotion(), new VectorWarp(), pictures.get(i), pictures.get(i + 1));
            assertThat(Pictures.hash(List.of(vector))).isEqualTo(Pictures.hash(List.of(scalar)));
        }
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void highDepthAndSubsamplingMoveAsLumaDoes(PixelFormat format) {
        Scenes.Scene pan = (x, y, time) -> Scenes.texture(x - 9 * time, y + 4 * time);
        Picture made =
                Scenes.between(Scenes.draw(format, WIDTH, HEIGHT, 0, pan), Scenes.draw(format, WIDTH, HEIGHT, 1, pan));
        Picture expected = Scenes.draw(format, WIDTH, HEIGHT, 0.5, pan);
        for (int plane = 0; plane < format.planeCount(); plane++) {
            assertThat(Scenes.psnr(expected, made, plane, 12)).isGreaterThan(40);
        }
    }

    @Test
    void bandsMakeTheSameRows() {
        List<Picture> frames = moving(2);
        BoundOperator bound = operator(TemporalGrid.HALF_PIXEL).bind(PixelFormat.YUV420P, 90, 70);
        for (int bands : new int[] {2, 3, 7, 70}) {
            Picture whole = Pictures.upscale(bound, frames, 1);
            Picture banded = Pictures.empty(PixelFormat.YUV420P, 90, 70);
            bound.upscale(1, Pictures.inputs(frames), banded, Pictures.bands(bands));
            assertThat(Pictures.hash(List.of(banded))).isEqualTo(Pictures.hash(List.of(whole)));
        }
    }

    @Test
    void inputsPassUntouched() {
        List<Picture> frames = moving(4);
        BoundOperator bound = operator(TemporalGrid.SOURCE).bind(PixelFormat.YUV420P, 90, 70);
        for (int input = 0; input < frames.size(); input++) {
            assertThat(Pictures.hash(List.of(Pictures.upscale(bound, frames, 2L * input))))
                    .isEqualTo(Pictures.hash(List.of(frames.get(input))));
        }
    }

    @ParameterizedTest
    @EnumSource(TemporalGrid.class)
    void streamingEqualsOneShot(TemporalGrid grid) {
        List<Picture> frames = moving(7);
        Operator operator = new MotionOperator(Rational.of(5, 2), grid, 32, new VectorMotion(), new VectorWarp());
        BoundOperator bound = operator.bind(PixelFormat.YUV420P, 90, 70);
        List<Picture> whole = new ArrayList<>();
        for (long output = 0; output < operator.timeGrid().outputCount(frames.size()); output++) {
            whole.add(Pictures.upscale(bound, frames, output));
        }
        for (int size = 1; size <= 4; size++) {
            List<Picture> streamed = Streamed.upscale(operator, Colour.UNSPECIFIED, frames, size, 5);
            assertThat(Pictures.hash(streamed)).isEqualTo(Pictures.hash(whole));
        }
    }

    @Test
    void rangesOutOfBoundsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MotionOperator(
                        Rational.of(2), TemporalGrid.SOURCE, 513, new ScalarMotion(), new ScalarWarp()))
                .withMessage("expected a range of motion of 0 to 512 samples, found 513");
    }

    private static Operator operator(TemporalGrid grid) {
        return MotionOperator.of(Rational.of(2), grid);
    }

    private static List<Picture> moving(int count) {
        List<Picture> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(Scenes.draw(
                    PixelFormat.YUV420P, 90, 70, i, (x, y, time) -> Scenes.texture(x - 3.3 * time, y + time * time)));
        }
        return frames;
    }

    private static Picture draw(double time, Scenes.Scene scene) {
        return Scenes.draw(PixelFormat.YUV420P, WIDTH, HEIGHT, time, scene);
    }

    @Test
    void samplesInUpperBitsMakeTheSamePicture() {
        Scenes.Scene pan = (x, y, time) -> Scenes.texture(x - 9 * time, y + 4 * time);
        List<Picture> planar = List.of(
                Scenes.draw(PixelFormat.YUV420P10, WIDTH, HEIGHT, 0, pan),
                Scenes.draw(PixelFormat.YUV420P10, WIDTH, HEIGHT, 1, pan));
        List<Picture> upper =
                planar.stream().map(MotionOperatorTest::inUpperBits).toList();
        Picture expected = inUpperBits(Scenes.between(planar.get(0), planar.get(1)));
        assertThat(Pictures.hash(List.of(Scenes.between(upper.get(0), upper.get(1)))))
                .isEqualTo(Pictures.hash(List.of(expected)));
    }

    /** The planes of U and V become one. */
    private static Picture inUpperBits(Picture planar) {
        return Pictures.of(PixelFormat.P010, planar.width(), planar.height(), (p, y, x, c) -> {
            return Pictures.sample(planar, p + c, y, x, 0);
        });
    }
}
