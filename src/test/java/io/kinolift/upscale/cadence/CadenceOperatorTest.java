package io.kinolift.upscale.cadence;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.interpolate.ScalarInterpolation;
import io.kinolift.kernel.interpolate.VectorInterpolation;
import io.kinolift.kernel.motion.ScalarMotion;
import io.kinolift.kernel.motion.ScalarWarp;
import io.kinolift.kernel.motion.VectorMotion;
import io.kinolift.kernel.motion.VectorWarp;
import io.kinolift.upscale.Between;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.Pictures;
import io.kinolift.upscale.Streamed;
import io.kinolift.upscale.compose.ComposedOperator;
import io.kinolift.upscale.interpolate.BlendBetween;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.upscale.motion.MotionBetween;
import io.kinolift.upscale.motion.MotionOperator;
import io.kinolift.upscale.motion.Scenes;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pan whose every moment is known, shown with repeats. */
class CadenceOperatorTest {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final int RIM = 16;
    /** Samples that the pan moves in a second. */
    private static final int SPEED = 120;

    /** The film begins with the video; the first cycle and the last are left out. */
    @ParameterizedTest
    @CsvSource({"24, 30, 5, 38", "24, 60, 5, 38", "20, 30, 3, 38", "12, 24, 2, 38", "8, 24, 3, 31"})
    void alongTheMotion_filmIsShownWhereItIsAtEachMoment(int film, int rate, int cycle, double db) {
        List<Picture> video = video(film, rate, 6 * cycle + 1);
        List<Picture> found = made(video, new MotionBetween(MotionOperator.DEFAULT_RANGE), Rational.of(2));
        double least = Double.POSITIVE_INFINITY;
        for (int output = 2 * cycle; output < 2 * 5 * cycle; output++) {
            // Exactly behind their conversion, so that the moments are those of the grid.
            Picture truth = pan(output / 2.0 / rate);
            least = Math.min(least, psnr(truth, found.get(output)));
        }
        assertThat(least).isGreaterThan(db);
    }

    @Test
    void aDistinctPictureIsNotTouched_andOthersAreBlendsOfTwo() {
        List<Picture> video = video(12, 24, 9);
        List<Picture> found = made(video, new BlendBetween(), Rational.ONE);
        assertThat(Pictures.hash(List.of(found.get(4)))).isEqualTo(Pictures.hash(List.of(video.get(4))));
        Picture mean = Pictures.of(
                PixelFormat.GRAY8,
                WIDTH,
                HEIGHT,
                (p, y, x, c) ->
                        (Pictures.sample(video.get(4), p, y, x, c) + Pictures.sample(video.get(6), p, y, x, c) + 1)
                                / 2);
        assertThat(Pictures.hash(List.of(found.get(5)))).isEqualTo(Pictures.hash(List.of(mean)));
    }

    /** Nothing is repeated: outputs are those of a blend. */
    @ParameterizedTest
    @CsvSource({"HALF_PIXEL, 2", "SOURCE, 5/2", "HALF_PIXEL, 2/3"})
    void whatIsEven_staysAsItIs(TemporalGrid grid, String factor) {
        List<Picture> video = video(30, 30, 20);
        assertThat(Pictures.hash(
                        streamed(new CadenceOperator(Rational.parse(factor), grid, new BlendBetween()), video, 4)))
                .isEqualTo(Pictures.hash(streamed(blend(Rational.parse(factor), grid), video, 4)));
    }

    @ParameterizedTest
    @CsvSource({"HALF_PIXEL, 2", "SOURCE, 5/2", "HALF_PIXEL, 1", "SOURCE, 2/5", "HALF_PIXEL, 1001/30000"})
    void windowsLeaveNoTrace(TemporalGrid grid, String factor) {
        List<Picture> video = video(24, 60, 73);
        CadenceOperator operator = new CadenceOperator(Rational.parse(factor), grid, new BlendBetween());
        String whole = Pictures.hash(streamed(operator, video, 100));
        for (int window : new int[] {1, 2, 7}) {
            assertThat(Pictures.hash(streamed(operator, video, window))).isEqualTo(whole);
        }
    }

    @Test
    void vectorLoopsMakeTheSame() {
        List<Picture> video = video(24, 30, 16);
        Rational factor = Rational.of(2);
        assertThat(Pictures.hash(made(video, new BlendBetween(new VectorInterpolation()), factor)))
                .isEqualTo(Pictures.hash(made(video, new BlendBetween(new ScalarInterpolation()), factor)));
        assertThat(Pictures.hash(made(video, new MotionBetween(64, new VectorMotion(), new VectorWarp()), factor)))
                .isEqualTo(Pictures.hash(
                        made(video, new MotionBetween(64, new ScalarMotion(), new ScalarWarp()), factor)));
    }

    /** Noise that is new in every frame hides nothing and repeats nothing; slow things move also. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 2", "0, 5", "0, 12", "0.25, 0", "0.25, 2", "0.25, 5"})
    void stillsAndSlowPans_repeatNothing(double step, int noise) {
        List<Picture> video = IntStream.range(0, 60)
                .mapToObj(frame -> noisy(pan(frame * step / SPEED), noise, frame))
                .toList();
        assertThat(IntStream.range(0, 60)
                        .filter(frame -> TimeMap.isRepeat(frame, Pictures.inputs(video)))
                        .toArray())
                .isEmpty();
    }

    @Test
    void theTimeGrid_saysHowFarOutputsReach() {
        for (TemporalGrid grid : TemporalGrid.values()) {
            for (String factor : List.of("1", "2", "5/2", "3", "2/5", "1001/30000")) {
                CadenceOperator operator = new CadenceOperator(Rational.parse(factor), grid, new BlendBetween());
                var times = operator.timeGrid();
                long first = 100 * times.factor().numerator();
                long before = 0;
                long after = 0;
                for (long output = first; output < first + times.factor().numerator(); output++) {
                    before = Math.max(before, times.owner(output) - times.firstTap(output));
                    after = Math.max(after, times.lastTap(output) - times.owner(output));
                }
                assertThat(before).as("%s %s", factor, grid).isEqualTo(times.haloBefore());
                assertThat(after).as("%s %s", factor, grid).isEqualTo(times.haloAfter());
            }
        }
    }

    private static Operator blend(Rational factor, TemporalGrid grid) {
        SpatialTarget unchanged = new SpatialTarget.Factors(Rational.ONE, Rational.ONE);
        return ComposedOperator.blending(
                factor,
                grid,
                InterpolationOperator.of(new Interpolation(Mode.TRILINEAR, Rational.ONE, unchanged, false, grid)));
    }

    private static List<Picture> streamed(Operator operator, List<Picture> video, int window) {
        return Streamed.upscale(operator, Colour.UNSPECIFIED, video, window, 7);
    }

    private static List<Picture> made(List<Picture> video, Between between, Rational factor) {
        return streamed(new CadenceOperator(factor, TemporalGrid.SOURCE, between), video, video.size());
    }

    /** Each picture of the film from the first frame of the video on that is not before it. */
    private static List<Picture> video(int film, int rate, int frames) {
        return IntStream.range(0, frames)
                .mapToObj(frame -> noisy(pan((double) Math.floorDiv(frame * film, rate) / film), 1, frame))
                .toList();
    }

    private static Picture pan(double seconds) {
        return Pictures.of(PixelFormat.GRAY8, WIDTH, HEIGHT, (p, y, x, c) ->
                (int) Math.rint(Scenes.texture(x - SPEED * seconds, y)));
    }

    /** Repeats are never quite equal. */
    private static Picture noisy(Picture picture, int noise, int seed) {
        Random random = new Random(seed);
        return Pictures.of(
                PixelFormat.GRAY8,
                WIDTH,
                HEIGHT,
                (p, y, x, c) -> Pictures.sample(picture, p, y, x, c) + random.nextInt(2 * noise + 1) - noise);
    }

    private static double psnr(Picture expected, Picture found) {
        Plane a = expected.plane(0);
        Plane b = found.plane(0);
        double sum = 0;
        for (int y = RIM; y < HEIGHT - RIM; y++) {
            for (int x = RIM; x < WIDTH - RIM; x++) {
                sum += Math.pow(a.sample(x, y) - b.sample(x, y), 2);
            }
        }
        return 10 * Math.log10(255 * 255 * (double) ((WIDTH - 2 * RIM) * (HEIGHT - 2 * RIM)) / sum);
    }
}
