package io.kinolift.sizing.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.frame.Codec;
import io.kinolift.sizing.Figures;
import io.kinolift.sizing.Job;
import io.kinolift.sizing.VideoShape;
import io.kinolift.topology.UpscaleTopology;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Figures from trials whose costs are known. */
class DifferencesTest {
    private static final Job JOB = new Job(
            VideoShape.parse("100x100@10"),
            VideoShape.parse("200x200@20"),
            Codec.JPEG,
            Codec.JPEG,
            "trilinear",
            8,
            100,
            Map.of());

    /** Each input takes 4 ms of cores, 1000 bytes and gives two outputs of 3000; everything has a fixed part. */
    private static Measured trial(int streams) {
        double inputs = 10.0 * streams;
        return new Measured(
                streams,
                inputs,
                2 * inputs,
                0.05 + 0.004 * inputs,
                Map.of(
                        TestCluster.FRAMES,
                        1000 * inputs,
                        TestCluster.UPSCALED,
                        700 + 6000 * inputs,
                        UpscaleTopology.changelogs(TestCluster.APPLICATION).getFirst(),
                        500 * Math.min(inputs, 30) + 200 * Math.max(0, inputs - 30),
                        TestCluster.ACCOUNTS,
                        100 * inputs,
                        "__transaction_state",
                        2000.0),
                600e6 + 3e6 * streams,
                50e6 + 1e6 * streams,
                new double[] {0.016, 0.024},
                new double[] {0.01},
                new double[] {0.1});
    }

    private static Figures figures(Measured... trials) {
        return new Differences(JOB, 2, 512e6).figures(0.05, List.of(trials), 10, new Figures.Restart(8, 3, 1e8));
    }

    @Test
    void knownCosts_areFound() {
        Figures figures = figures(trial(1), trial(3), trial(9));
        assertThat(figures.processor().cores().idle()).isEqualTo(0.05);
        assertThat(figures.processor().cores().perInput()).isCloseTo(0.004, within(1e-9));
        assertThat(figures.bytes().input()).isCloseTo(1000, within(1e-6));
        assertThat(figures.bytes().output()).isCloseTo(3000, within(1e-6));
        assertThat(figures.bytes().changelog().at(10)).isCloseTo(5_000, within(1e-6));
        assertThat(figures.bytes().changelog().at(30)).isCloseTo(15_000, within(1e-6));
        assertThat(figures.bytes().changelog().perInput()).isCloseTo(200, within(1e-6));
        assertThat(figures.bytes().accounts()).isCloseTo(100, within(1e-6));
        assertThat(figures.bytes().coordination()).isCloseTo(2700, within(1e-6));
        assertThat(figures.memory().base()).isCloseTo(600e6, within(1.0));
        assertThat(figures.memory().perStream()).isCloseTo(3e6, within(1.0));
        assertThat(figures.memory().heapPerStream()).isCloseTo(1e6, within(1.0));
        assertThat(figures.load().streams()).containsExactly(1, 3, 9);
    }

    @Test
    void aLoadThatGaveNoMoreFrames_saysNothingOfCores() {
        Measured most = trial(9);
        Measured beyond = new Measured(
                20,
                200,
                most.outputs(),
                2,
                most.bytes(),
                most.resident(),
                most.heap(),
                most.windows(),
                most.commits(),
                most.latencies());
        assertThat(figures(trial(1), most, beyond).processor().cores().points())
                .isEqualTo(figures(trial(1), most).processor().cores().points());
    }

    /** Windows of 8 are 32 ms of work. Two workers would take 16 ms if they shared all of it. */
    @Test
    void aWindowThatTakesLonger_isInPartOfOneThread() {
        // 20 ms = 32 ms * (0.25 + 0.75 / 2).
        assertThat(figures(trial(1), trial(9)).processor().serialShare()).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void noise_makesNoCostNegative() {
        assertThat(Differences.Line.through(1, 10, 9, 8)).isEqualTo(new Differences.Line(10, 0));
        Differences.Line line = Differences.Line.through(1, 0.5, 10, 20);
        assertThat(line.fixed()).isZero();
        assertThat(line.slope()).isEqualTo(2);
    }
}
