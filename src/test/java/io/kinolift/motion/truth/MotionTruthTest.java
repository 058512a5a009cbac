package io.kinolift.motion.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Picture;
import io.kinolift.upscale.Pictures;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames between synthetic pictures whose motion is known. The lines it prints are the table of motion.md. */
class MotionTruthTest {
    private static final Texture GROUND = new NoiseTexture(1);

    /**
     * Bounds leave room, but no blend and no wrong period would fit in.
     *
     * @param leastGain over a blend, in dB, at both factors
     * @param mostError mean error of the motion, in samples
     * @param mostError95 the error that 95 % of the samples keep
     */
    record Case(String name, Scene scene, double leastGain, double mostError, double mostError95) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case("pan of 0.3", Scenes.pan(GROUND, 0.3), -0.1, 0.4, 0.4),
                new Case("pan of 1.3", Scenes.pan(GROUND, 1.3), 4, 0.3, 0.4),
                new Case("pan of 4.7", Scenes.pan(GROUND, 4.7), 20, 0.3, 0.4),
                new Case("pan of 12.4", Scenes.pan(GROUND, 12.4), 28, 0.3, 0.4),
                new Case("pan of 40", Scenes.pan(GROUND, 40), 25, 0.2, 0.3),
                new Case("rotation of 2 degrees", Scenes.rotation(GROUND, 2), 18, 0.3, 0.6),
                new Case("zoom of 3 %", Scenes.zoom(GROUND, 1.03), 15, 0.4, 0.7),
                new Case("disc over a background", Scenes.layers(new NoiseTexture(2), 5.3, GROUND, 3.6), 7, 0.6, 2.6),
                new Case("fence, pan of 4.3", Scenes.pan(Scenes.fence(GROUND, 10), 4.3), 3, 2, 20),
                new Case("fence alone, pan of 4.3", Scenes.pan(Scenes.posts(10), 4.3), 15, 0.3, 0.4),
                new Case("fence alone, wide", Scenes.pan(Scenes.posts(16), 5.3), 15, 0.3, 0.4));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void madeFramesAreNearTheTruth(Case scene) {
        Shots shots = Shots.of(scene.scene);
        Score motion = Score.of(shots, Makers::motion);
        Score blend = Score.of(shots, Makers::blend);
        System.out.println(line(scene.name, blend, motion, dis(shots)));
        assertThat(motion.factor25()).isGreaterThan(blend.factor25() + scene.leastGain);
        assertThat(motion.factor4()).isGreaterThan(blend.factor4() + scene.leastGain);
        assertThat(motion.meanError()).isLessThan(scene.mostError);
        assertThat(motion.error95()).isLessThan(scene.mostError95);
    }

    /** As on both sides of a cut: what matches does so by chance. */
    @Test
    void picturesWithNothingInCommonAreBlended() {
        Picture first = Truth.at(Scenes.pan(GROUND, 0), 0);
        Picture second = Truth.at(Scenes.pan(new NoiseTexture(7), 0), 0);
        assertThat(Pictures.hash(List.of(Makers.motion(first, second).make(1, 2))))
                .isEqualTo(Pictures.hash(List.of(Makers.blend(first, second).make(1, 2))));
    }

    /** Null where OpenCV cannot be loaded. */
    private static Score dis(Shots shots) {
        try {
            return Score.of(shots, DisMaker::new);
        } catch (LinkageError e) {
            return null;
        }
    }

    private static String line(String name, Score blend, Score motion, Score dis) {
        return Stream.of(
                        name,
                        decibels(blend, Score::factor25),
                        decibels(motion, Score::factor25),
                        decibels(dis, Score::factor25),
                        decibels(blend, Score::factor4),
                        decibels(motion, Score::factor4),
                        decibels(dis, Score::factor4),
                        errors(motion),
                        errors(dis))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String decibels(Score score, ToDoubleFunction<Score> value) {
        return score == null ? "" : String.format(Locale.ROOT, "%.1f", value.applyAsDouble(score));
    }

    private static String errors(Score score) {
        return score == null ? "" : String.format(Locale.ROOT, "%.2f, %.2f", score.meanError(), score.error95());
    }
}
