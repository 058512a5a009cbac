package io.kinolift.fit;

import io.kinolift.codec.Rescaler;
import io.kinolift.codec.VideoException;
import io.kinolift.weights.Checkerboard;
import io.kinolift.weights.ConvTransposeGeometry;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FittingTest {
    private static final PhaseGrid GRID = new PhaseGrid(2, 8);
    private static final Degradation AREA = new Degradation(Rescaler.Filter.AREA, 2, 0);

    @TempDir
    Path folder;

    @Test
    void bytesDoNotDependOnThreadsOrTheOrderOfClips() throws Exception {
        Path a = SyntheticClip.write(folder.resolve("a.mkv"), 96, 80, 12, 1);
        Path b = SyntheticClip.write(folder.resolve("b.mkv"), 81, 67, 7, 2);
        byte[] one = fit(1, false, a, b);
        assertThat(fit(3, false, b, a)).isEqualTo(one);
        assertThat(fit(2, false, a)).isNotEqualTo(one);
    }

    @Test
    void anInterruptedPassGoesOnToTheSameSums() throws Exception {
        Path clip = SyntheticClip.write(folder.resolve("a.mkv"), 96, 80, 23, 3);
        ClipPass pass = new ClipPass(AREA, GRID, 2, 2, Duration.ofDays(1));
        ClipStatistics start = ClipStatistics.none("hash", GRID);
        byte[] whole = bytes(pass.read(clip, start, _ -> { }, _ -> { }));
        for (int stop : new int[] {1, 7, 22}) {
            AtomicReference<ClipStatistics> saved = new AtomicReference<>();
            assertThatThrownBy(() -> new ClipPass(AREA, GRID, 2, 2, Duration.ZERO).read(clip, start, soFar -> {
                saved.set(soFar);
                if (soFar.framesRead() == stop) {
                    throw new IOException("stopped");
                }
            }, _ -> { })).hasMessage("stopped");
            assertThat(saved.get().complete()).isFalse();
            assertThat(bytes(pass.read(clip, saved.get(), _ -> { }, _ -> { }))).isEqualTo(whole);
        }
    }

    @Test
    void resumingReadsNoClipTwice() throws Exception {
        Path a = SyntheticClip.write(folder.resolve("a.mkv"), 96, 80, 6, 1);
        Path b = SyntheticClip.write(folder.resolve("b.mkv"), 96, 80, 6, 2);
        byte[] both = fit(2, false, a, b);
        Files.delete(partial());
        fit(2, false, a);
        Counter counter = new Counter();
        new Fitting(settings(2, AREA), counter).run(List.of(a, b), partial(), true);
        assertThat(counter.clips).containsExactly(b);
        assertThat(fit(2, true, a, b)).isEqualTo(both);
        FitSettings other = settings(2, new Degradation(Rescaler.Filter.BICUBIC, 2, 0));
        assertThatThrownBy(() -> new Fitting(other, counter).run(List.of(a), partial(), true))
                .isInstanceOf(IOException.class).hasMessageContaining("bicubic");
        Files.writeString(partial(), "something else");
        assertThatThrownBy(() -> new Fitting(settings(2, AREA), counter).run(List.of(a), partial(), true))
                .isInstanceOf(IOException.class).hasMessageContaining("something else");
    }

    @Test
    void fittedWeightsAreFlatAndBetterThanBilinear() throws Exception {
        Path clip = SyntheticClip.write(folder.resolve("a.mkv"), 160, 120, 10, 4);
        for (Degradation degradation : List.of(AREA, new Degradation(Rescaler.Filter.BICUBIC, 2, 0),
                new Degradation(Rescaler.Filter.AREA, 2, 3))) {
            FittedWeights fitted = new Fitting(settings(2, degradation), new Counter())
                    .run(List.of(clip), folder.resolve("partial"), false);
            assertThat(fitted.heldOutPsnr()).isGreaterThan(fitted.bilinearPsnr() + 0.5);
            Checkerboard board = Checkerboard.of(fitted.weights(),
                    ConvTransposeGeometry.enlarging(fitted.weights().weight(), 1, 2, 2));
            assertThat(board.space()).isLessThan(1e-6);
            assertThat(fitted.metadata()).containsEntry("stride", "1,2,2")
                    .containsEntry("footage_sha256", FileHash.of(clip)).containsEntry("footage_frames", "10")
                    .containsEntry("degradation", degradation + ", kernel 8, every frame of 1");
        }
    }

    @Test
    void aClipThatIsTooSmallIsNamed() throws Exception {
        Path clip = SyntheticClip.write(folder.resolve("tiny.mkv"), 16, 16, 2, 5);
        assertThatThrownBy(() -> fit(1, false, clip)).isInstanceOf(VideoException.class)
                .hasMessageContaining("tiny.mkv");
    }

    private byte[] fit(int threads, boolean resume, Path... clips) throws Exception {
        FittedWeights fitted = new Fitting(settings(threads, AREA), new Counter())
                .run(List.of(clips), partial(), resume);
        Path file = folder.resolve("weights.safetensors");
        fitted.weights().save(file, "", fitted.metadata());
        return Files.readAllBytes(file);
    }

    private Path partial() {
        return folder.resolve("weights.partial");
    }

    private static FitSettings settings(int threads, Degradation degradation) {
        return new FitSettings(degradation, GRID, TimeScale.NONE, 1, threads);
    }

    private static byte[] bytes(ClipStatistics statistics) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        statistics.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static final class Counter implements Progress {
        private final List<Path> clips = new ArrayList<>();

        @Override
        public void clip(int clip, int count, Path file, long expectedFrames) {
            clips.add(file);
        }

        @Override
        public void frames(long frames) {}
    }
}
