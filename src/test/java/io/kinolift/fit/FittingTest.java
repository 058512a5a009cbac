package io.kinolift.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.ffmpeg.Rescaler;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Sha256;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.weights.Checkerboard;
import io.kinolift.weights.ConvTransposeGeometry;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    static Stream<Named<Function<Duration, ClipPass>>> passes() {
        return Stream.of(
                Named.of("one kernel", snapshots -> FramePass.forOneKernel(settings(2, AREA), snapshots)),
                Named.of(
                        "every other frame",
                        snapshots ->
                                FramePass.forOneKernel(new FitSettings(AREA, GRID, TimeScale.NONE, 2, 3), snapshots)),
                Named.of("classes", snapshots -> FramePass.forClasses(adaptive(), snapshots)),
                Named.of("between", snapshots -> new BetweenPass(between(2, TemporalGrid.SOURCE), snapshots)),
                Named.of(
                        "between, two phases",
                        snapshots -> new BetweenPass(between(4, TemporalGrid.SOURCE), snapshots)),
                Named.of(
                        "between, half-pixel",
                        snapshots -> new BetweenPass(between(2, TemporalGrid.HALF_PIXEL), snapshots)));
    }

    @ParameterizedTest
    @MethodSource("passes")
    void anInterruptedPassGoesOnToTheSameSums(Function<Duration, ClipPass> passes) throws Exception {
        Path clip = SyntheticClip.write(folder.resolve("a.mkv"), 96, 80, 23, 3);
        ClipSums start = ClipSums.none("hash");
        byte[] whole = bytes(passes.apply(Duration.ofDays(1)).read(clip, start, _ -> {}, _ -> {}));
        ClipPass pass = passes.apply(Duration.ZERO);
        for (int stop : new int[] {1, 4, 9}) {
            List<ClipSums> saved = new ArrayList<>();
            assertThatThrownBy(() -> pass.read(
                            clip,
                            start,
                            soFar -> {
                                saved.add(soFar);
                                if (saved.size() == stop) {
                                    throw new IOException("stopped");
                                }
                            },
                            _ -> {}))
                    .hasMessage("stopped");
            ClipSums known = saved.getLast();
            assertThat(known.complete()).isFalse();
            List<Long> later = new ArrayList<>();
            assertThat(bytes(pass.read(clip, known, soFar -> later.add(soFar.position()), _ -> {})))
                    .isEqualTo(whole);
            assertThat(later).isNotEmpty().allMatch(position -> position > known.position());
        }
    }

    static Stream<FitSettings> interrupted() {
        return Stream.of(
                settings(2, AREA), between(2, TemporalGrid.SOURCE), between(2, TemporalGrid.HALF_PIXEL), adaptive());
    }

    /** In the midst of the second clip, in the last pass. */
    @ParameterizedTest
    @MethodSource("interrupted")
    void anInterruptedFitReadsOnlyTheClipsThatAreNotDone(FitSettings settings) throws Exception {
        List<Path> clips = List.of(
                SyntheticClip.write(folder.resolve("a.mkv"), 96, 80, 9, 1),
                SyntheticClip.write(folder.resolve("b.mkv"), 96, 80, 9, 2),
                SyntheticClip.write(folder.resolve("c.mkv"), 96, 80, 9, 3));
        Counter all = new Counter();
        byte[] whole = fit(settings, all, false, clips);
        List<String> ofTheLastPass = all.passes.subList(all.passes.size() - 3, all.passes.size());
        assertThat(ofTheLastPass)
                .extracting(read -> read.substring(read.length() - 5))
                .containsExactly("a.mkv", "b.mkv", "c.mkv");
        Files.delete(partial());

        Counter stopping = new Counter() {
            @Override
            public void frames(long frames) {
                if (frames >= 4 && passes.getLast().equals(ofTheLastPass.get(1))) {
                    throw new IllegalStateException("stopped");
                }
            }
        };
        assertThatThrownBy(() -> fit(settings, stopping, false, clips)).hasMessage("stopped");
        Counter resumed = new Counter();
        assertThat(fit(settings, resumed, true, clips)).isEqualTo(whole);
        assertThat(resumed.passes).isEqualTo(ofTheLastPass.subList(1, 3));
    }

    @Test
    void statisticsOfAnotherFitAreRefused() throws Exception {
        List<Path> a = List.of(SyntheticClip.write(folder.resolve("a.mkv"), 96, 80, 9, 1));
        List<Path> b = List.of(SyntheticClip.write(folder.resolve("b.mkv"), 96, 80, 9, 2));
        fit(between(2, TemporalGrid.SOURCE), new Counter(), false, a);
        assertRefused(
                between(2, TemporalGrid.HALF_PIXEL),
                a,
                "\", found \"area down by 2, kernel 8, every frame of 1, " + "2 times the frames on the source grid\"");
        assertRefused(between(4, TemporalGrid.SOURCE), a, "expected statistics of");
        assertRefused(adaptive(), a, "classes gradient-145\", found");
        assertRefused(between(2, TemporalGrid.SOURCE), b, Sha256.of(a.getFirst()));
        byte[] whole = Files.readAllBytes(partial());
        Files.write(partial(), Arrays.copyOf(whole, whole.length / 2));
        assertRefused(between(2, TemporalGrid.SOURCE), a, "found the end of the file");
    }

    private void assertRefused(FitSettings settings, List<Path> clips, String message) {
        assertThatThrownBy(() -> fit(settings, new Counter(), true, clips))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(partial() + ": expected")
                .hasMessageContaining(message);
    }

    /** What cannot be read to its end is left out of the next try, which goes on all the same. */
    @Test
    void aPartOfAClipThatIsLeftOutIsDropped() throws Exception {
        List<Path> clips = List.of(
                SyntheticClip.write(folder.resolve("a.mkv"), 96, 80, 9, 1),
                SyntheticClip.write(folder.resolve("b.mkv"), 96, 80, 9, 2));
        List<Footage> footage = Footage.of(clips);
        FitSettings settings = settings(2, AREA);
        FramePass pass = FramePass.forOneKernel(settings, Duration.ZERO);
        StatisticsFile file = StatisticsFile.empty(partial(), settings.partialKey(false));
        file.put(
                pass.title(),
                pass.read(clips.getFirst(), ClipSums.none(footage.getFirst().hash()), _ -> {}, _ -> {}));
        file.put(pass.title(), new ClipSums(footage.getLast().hash(), 3, false, new Statistics[0]));
        Counter resumed = new Counter();
        fit(settings, resumed, true, clips.subList(0, 1));
        assertThat(resumed.passes).isEmpty();
        StatisticsFile left = StatisticsFile.resume(partial(), settings.partialKey(false), GRID, footage.subList(0, 1));
        assertThat(left.get(pass.title(), footage.getLast().hash()).position()).isZero();
    }

    @Test
    void threadsAreAsManyAsTheHeapHasRoomFor() {
        FitSettings settings = new FitSettings(AREA, GRID, TimeScale.NONE, 1, Integer.MAX_VALUE);
        long half = Runtime.getRuntime().maxMemory() / 2;
        int large = settings.threadsFor(4096, 2048, 2);
        assertThat(large).isGreaterThan(1);
        assertThat((long) large * (8 << 23)).isLessThan(half).isGreaterThan(half * 3 / 4);
        assertThat(settings.threadsFor(16, 16, 290) * 290L * Statistics.bytes(GRID))
                .isLessThan(half);
        assertThat(settings.threadsFor(1 << 20, 1 << 20, 2)).isOne();
        assertThat(settings(3, AREA).threadsFor(16, 16, 2)).isEqualTo(3);
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
        assertThat(counter.passes).containsExactly("frames: b.mkv");
        assertThat(fit(2, true, a, b)).isEqualTo(both);
        FitSettings other = settings(2, new Degradation(Rescaler.Filter.BICUBIC, 2, 0));
        assertThatThrownBy(() -> new Fitting(other, counter).run(List.of(a), partial(), true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bicubic");
        Files.writeString(partial(), "something else");
        assertThatThrownBy(() -> new Fitting(settings(2, AREA), counter).run(List.of(a), partial(), true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("something else");
    }

    @Test
    void fittedWeightsAreFlatAndBetterThanBilinear() throws Exception {
        Path clip = SyntheticClip.write(folder.resolve("a.mkv"), 160, 120, 10, 4);
        for (Degradation degradation : List.of(
                AREA, new Degradation(Rescaler.Filter.BICUBIC, 2, 0), new Degradation(Rescaler.Filter.AREA, 2, 3))) {
            FittedWeights fitted = new Fitting(settings(2, degradation), new Counter())
                    .run(List.of(clip), folder.resolve("partial"), false);
            assertThat(fitted.heldOutPsnr()).isGreaterThan(fitted.bilinearPsnr() + 0.5);
            Checkerboard board = Checkerboard.of(
                    fitted.weights(),
                    ConvTransposeGeometry.enlarging(fitted.weights().weight(), 1, 2, 2));
            assertThat(board.space()).isLessThan(1e-6);
            assertThat(fitted.metadata())
                    .containsEntry("stride", "1,2,2")
                    .containsEntry("footage_sha256", Sha256.of(clip))
                    .containsEntry("footage_frames", "10")
                    .containsEntry("degradation", degradation + ", kernel 8, every frame of 1");
        }
    }

    @Test
    void aClipThatIsTooSmallIsNamed() throws Exception {
        Path clip = SyntheticClip.write(folder.resolve("tiny.mkv"), 16, 16, 2, 5);
        assertThatThrownBy(() -> fit(1, false, clip))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("tiny.mkv");
    }

    private byte[] fit(int threads, boolean resume, Path... clips) throws Exception {
        return fit(settings(threads, AREA), new Counter(), resume, List.of(clips));
    }

    private byte[] fit(FitSettings settings, Progress progress, boolean resume, List<Path> clips) throws Exception {
        Path file = folder.resolve("weights.safetensors");
        Fitting fitting = new Fitting(settings, progress);
        if (settings.equals(adaptive())) {
            fitting.runAdaptive(clips, partial(), resume).weights().save(file);
        } else {
            FittedWeights fitted = fitting.run(clips, partial(), resume);
            fitted.weights().save(file, "", fitted.metadata());
        }
        return Files.readAllBytes(file);
    }

    private Path partial() {
        return folder.resolve("weights.partial");
    }

    private static FitSettings settings(int threads, Degradation degradation) {
        return new FitSettings(degradation, GRID, TimeScale.NONE, 1, threads);
    }

    private static FitSettings between(int factor, TemporalGrid grid) {
        return new FitSettings(AREA, GRID, new TimeScale(factor, grid), 1, 2);
    }

    /** Told from the others by the kernel that banks have. */
    private static FitSettings adaptive() {
        return new FitSettings(AREA, PhaseGrid.usual(2), TimeScale.NONE, 1, 2);
    }

    private static byte[] bytes(ClipSums sums) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sums.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** Which clips are read. */
    private static class Counter implements Progress {
        final List<String> passes = new ArrayList<>();

        @Override
        public void clip(String pass, int clip, int clips, Path file, long expectedFrames) {
            passes.add(pass + ": " + file.getFileName());
        }

        @Override
        public void frames(long frames) {}
    }
}
