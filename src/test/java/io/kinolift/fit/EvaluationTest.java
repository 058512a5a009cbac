package io.kinolift.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.ffmpeg.Rescaler;
import io.kinolift.tensor.Tensor;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.weights.Checkerboard;
import io.kinolift.weights.ConvTransposeGeometry;
import io.kinolift.weights.ConvTransposeWeights;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    private static final Degradation AREA = new Degradation(Rescaler.Filter.AREA, 2, 0);

    @TempDir
    Path folder;

    private List<String> columns;

    /** Thirds are no sums of few powers of two: there a tie may be rounded the other way. */
    @Test
    void theTrilinearKernelScoresAsTrilinear() throws Exception {
        Path clip = SyntheticClip.write(folder.resolve("a.mkv"), 100, 80, 14, 1);
        for (int factor = 1; factor <= 3; factor++) {
            for (TemporalGrid grid : TemporalGrid.values()) {
                TimeScale time = new TimeScale(factor, grid);
                Evaluation.Row row = evaluate(time, List.of(bilinear(time)), clip);
                assertThat(psnr(row, "bilinear"))
                        .as("%s", time)
                        .isCloseTo(psnr(row, Evaluation.TRILINEAR), within(factor == 3 ? 0.001 : 1e-9));
                assertThat(psnr(row, "lanczos")).isNotEqualTo(psnr(row, Evaluation.TRILINEAR));
            }
        }
    }

    @Test
    void everyOutputThatHasATruthIsCompared() throws Exception {
        Path clip = SyntheticClip.write(folder.resolve("a.mkv"), 64, 64, 13, 2);
        assertThat(evaluate(TimeScale.NONE, List.of(), clip).frames()).isEqualTo(13);
        assertThat(evaluate(new TimeScale(2, TemporalGrid.SOURCE), List.of(), clip)
                        .frames())
                .isEqualTo(13);
        // Outputs 1 to 6 are frames 1, 3, ... 11; output 0 would be frame -1.
        assertThat(evaluate(new TimeScale(2, TemporalGrid.HALF_PIXEL), List.of(), clip)
                        .frames())
                .isEqualTo(6);
    }

    @Test
    void outputsLieWhereTheStreamingOperatorsPutThem() {
        for (int factor = 1; factor <= 5; factor++) {
            for (TemporalGrid grid : TemporalGrid.values()) {
                TimeScale time = new TimeScale(factor, grid);
                double[] kernel = time.linearKernel();
                for (long output = 0; output < 12; output++) {
                    double expected = grid == TemporalGrid.SOURCE || factor == 1
                            ? output / (double) factor
                            : (output + 0.5) / factor - 0.5;
                    assertThat(time.position(output)).isEqualTo(expected);
                    double gain = 0;
                    double centre = 0;
                    for (int tap = 0; tap < kernel.length; tap++) {
                        if ((output + time.padding() - tap) % factor == 0) {
                            gain += kernel[tap];
                            long input = (output + time.padding() - tap) / factor;
                            centre += kernel[tap] * input;
                        }
                    }
                    assertThat(gain).isCloseTo(1, within(1e-12));
                    assertThat(centre).isCloseTo(expected, within(1e-12));
                }
            }
        }
    }

    @Test
    void truthsOfTheHalfPixelGridAreFrames() {
        for (int factor = 2; factor <= 4; factor++) {
            TimeScale time = new TimeScale(factor, TemporalGrid.HALF_PIXEL);
            for (long frame = 0; frame < 40; frame++) {
                long output = time.outputOf(frame);
                if (output >= 0) {
                    assertThat(time.position(output) * time.keptEvery()).isCloseTo((double) frame, within(1e-9));
                }
            }
        }
    }

    @Test
    void weightsFittedOnOtherClipsBeatBilinear() throws Exception {
        List<Path> clips = List.of(
                SyntheticClip.write(folder.resolve("a.mkv"), 128, 96, 6, 3),
                SyntheticClip.write(folder.resolve("b.mkv"), 96, 128, 6, 4));
        FitSettings settings = new FitSettings(AREA, new PhaseGrid(2, 8), TimeScale.NONE, 1, 2);
        Evaluation evaluation = new Evaluation(settings, List.of(), true, false);
        columns = evaluation.columns();
        List<Evaluation.Row> rows = evaluation.run(clips, new Silent());
        assertThat(evaluation.columns()).last().isEqualTo(Evaluation.FITTED);
        assertThat(rows)
                .hasSize(2)
                .allSatisfy(row ->
                        assertThat(psnr(row, Evaluation.FITTED)).isGreaterThan(psnr(row, Evaluation.TRILINEAR) + 0.5));
        assertThatThrownBy(() -> evaluation.run(clips.subList(0, 1), new Silent()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void weightsOfAnotherKindAreRefused() throws Exception {
        Tensor rgb = Tensor.zeros(3, 3, 1, 4, 4);
        ConvTransposeWeights weights = new ConvTransposeWeights(rgb, Optional.empty());
        assertThatThrownBy(() -> Contender.of("rgb", weights, ConvTransposeGeometry.enlarging(rgb, 1, 2, 2), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rgb: expected weights of 1 input");
        Path clip = SyntheticClip.write(folder.resolve("a.mkv"), 64, 64, 4, 2);
        Contender three = bilinear(new TimeScale(3, TemporalGrid.SOURCE));
        assertThatThrownBy(() -> evaluate(TimeScale.NONE, List.of(three), clip))
                .hasMessageContaining("bilinear: expected 1 frames of 64x64")
                .hasMessageContaining("found 3.0 of 64x64");
    }

    /** Nothing that has unit gain in every phase makes a picture brighter. */
    @Test
    void whatComesWithKinoliftIsMeasuredToo() throws Exception {
        Path clip = SyntheticClip.write(folder.resolve("a.mkv"), 96, 80, 9, 1);
        for (TimeScale time : List.of(
                TimeScale.NONE, new TimeScale(2, TemporalGrid.SOURCE), new TimeScale(2, TemporalGrid.HALF_PIXEL))) {
            Evaluation.Row row = evaluate(time, List.of(), clip);
            int shipped = columns.indexOf(Evaluation.SHIPPED);
            assertThat(row.quality().get(shipped).psnr()).isGreaterThan(psnr(row, Evaluation.TRILINEAR));
            assertThat(row.brightness().get(shipped)).isLessThan(0.3);
            assertThat(row.sample().crops()).hasSize(columns.size() + 1);
        }
    }

    private Evaluation.Row evaluate(TimeScale time, List<Contender> given, Path clip) throws Exception {
        FitSettings settings = new FitSettings(AREA, new PhaseGrid(2, 8), time, 1, 1);
        Evaluation evaluation = new Evaluation(settings, given, false, false);
        columns = evaluation.columns();
        return evaluation.run(List.of(clip), new Silent()).getFirst();
    }

    private double psnr(Evaluation.Row row, String column) {
        return row.quality().get(columns.indexOf(column)).psnr();
    }

    private static Contender bilinear(TimeScale time) {
        PhaseGrid grid = new PhaseGrid(2, 8);
        FitSettings settings = new FitSettings(AREA, grid, time, 1, 1);
        FittedWeights weights = new FittedWeights(
                settings,
                new SpatialFit(grid, SpatialFit.bilinear(grid), 0),
                Collections.nCopies(time.factor(), SpatialFit.bilinear(grid)).toArray(double[][]::new),
                List.of());
        Checkerboard board = Checkerboard.of(weights.weights(), weights.geometry());
        assertThat(board.space()).isLessThan(1e-6);
        assertThat(board.time()).isLessThan(1e-6);
        return Contender.of("bilinear", weights.weights(), weights.geometry(), weights.metadata());
    }

    private static final class Silent implements Progress {
        @Override
        public void clip(String pass, int clip, int clips, Path file, long expectedFrames) {}

        @Override
        public void frames(long frames) {}
    }
}
