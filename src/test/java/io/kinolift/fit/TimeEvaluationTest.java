package io.kinolift.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.quality.FrameQuality;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.Pictures;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.upscale.motion.Scenes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeEvaluationTest {
    @TempDir
    Path folder;

    @Test
    void everyWayThatFollowsTheMotionBeatsTheBlend() throws Exception {
        Path clip = SyntheticClip.write(
                folder.resolve("a.mkv"), 128, 96, 15, (x, y, frame) -> Scenes.texture(x + 3 * frame, y - 2 * frame));
        TimeEvaluation evaluation = new TimeEvaluation(2, Long.MAX_VALUE, true, 1, 1);
        Evaluation.Row row = evaluation.run(List.of(clip)).getFirst();
        // Frames 3, 5, ... 11.
        assertThat(row.frames()).isEqualTo(5);
        assertThat(row.sample().crops()).hasSize(5);
        double blend = psnr(evaluation, row, TimeEvaluation.BLEND);
        for (String way : List.of(TimeEvaluation.MCI, TimeEvaluation.BEST_MCI, TimeEvaluation.MOTION)) {
            assertThat(psnr(evaluation, row, way)).as(way).isGreaterThan(blend + 1);
        }
    }

    @Test
    void onlyMadeFramesThatEveryWayMakesAreMeasured() throws Exception {
        Path clip = SyntheticClip.write(folder.resolve("a.mkv"), 64, 48, 20, 1);
        // Of thirds: 4, 5, 7, 8, ... 13, 14; then up to frame 8; then behind kept frames 2 and 4 alone.
        assertThat(frames(new TimeEvaluation(3, Long.MAX_VALUE, false, 1, 1), clip))
                .isEqualTo(8);
        assertThat(frames(new TimeEvaluation(3, 8, true, 1, 1), clip)).isEqualTo(3);
        assertThat(frames(new TimeEvaluation(3, Long.MAX_VALUE, true, 2, 1), clip))
                .isEqualTo(4);
    }

    @Test
    void aClipThatIsTooShortIsRefused() throws Exception {
        Path clip = SyntheticClip.write(folder.resolve("short.mkv"), 64, 48, 6, 1);
        assertThatThrownBy(() -> frames(new TimeEvaluation(2, Long.MAX_VALUE, true, 1, 1), clip))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("short.mkv: expected at least 7 frames")
                .hasMessageContaining("found 6");
        assertThat(frames(
                        new TimeEvaluation(2, Long.MAX_VALUE, true, 1, 1),
                        SyntheticClip.write(folder.resolve("enough.mkv"), 64, 48, 7, 1)))
                .isEqualTo(1);
    }

    /** The filter passes inputs through: they show which of its pictures is which. Before 27 it has to start again. */
    @Test
    void minterpolatesPicturesAreWhereTheyBelong() {
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int frame = i;
            pictures.add(Pictures.of(
                    PixelFormat.GRAY8, 64, 48, (_, y, x, _) -> (int) Scenes.texture(x + 3 * frame, y)));
        }
        InputFrames inputs = Pictures.inputs(pictures);
        TimeScale time = new TimeScale(3, TemporalGrid.SOURCE);
        try (Enlarger filter = new MinterpolateEnlarger(TimeEvaluation.MCI_OPTIONS, time, 64, 48)) {
            for (long output : new long[] {3, 4, 5, 6, 7, 9, 27}) {
                try (Picture made = filter.enlarge(output, inputs)) {
                    Picture earlier = pictures.get((int) (output / 3));
                    double error = FrameQuality.measure(earlier, made).all().mse();
                    assertThat(error == 0).as("output %d", output).isEqualTo(output % 3 == 0);
                }
            }
        }
    }

    private static long frames(TimeEvaluation evaluation, Path clip) throws Exception {
        return evaluation.run(List.of(clip)).getFirst().frames();
    }

    private static double psnr(TimeEvaluation evaluation, Evaluation.Row row, String way) {
        return row.quality().get(evaluation.columns().indexOf(way)).psnr();
    }
}
