package io.kinolift.upscale.interpolate;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.interpolate.ScalarInterpolation;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Pictures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The chosen kernel against the scalar one, in cases where lanes, layouts or threads could make a difference. */
class KernelParityTest {
    @ParameterizedTest
    @EnumSource
    void smallWidths(PixelFormat format) {
        for (int width = 1; width <= 9; width++) {
            for (Mode mode : Mode.values()) {
                for (String factor : List.of("2", "3", "5/2", "8")) {
                    assertParity(format, mode, factor, width, width);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NV12", "RGB24", "BGR24"})
    void interleavedComponentsAtFactorTwo(PixelFormat format) {
        for (int width : new int[] {31, 32, 33, 64, 67, 1021, 1920}) {
            for (Mode mode : Mode.values()) {
                assertParity(format, mode, "2", width, 6);
            }
        }
    }

    /** Threads share one bound operator, on bands of one output and on different outputs. */
    @Test
    void threadsGiveTheBytesOfOneThread() throws Exception {
        List<Picture> frames = Pictures.noise(PixelFormat.YUV420P, 203, 61, 3, 6);
        for (Mode mode : Mode.values()) {
            Interpolation settings = settings(mode, "2", "2");
            List<Picture> expected = Pictures.upscale(settings, Kernels.interpolation(), frames);
            BoundOperator bound = Pictures.bind(settings, Kernels.interpolation(), frames.getFirst());
            for (int round = 0; round < 20; round++) {
                assertThat(Pictures.hash(inParallel(bound, frames, expected.size())))
                        .as("%s, round %d", mode, round)
                        .isEqualTo(Pictures.hash(expected));
            }
        }
    }

    private static List<Picture> inParallel(BoundOperator bound, List<Picture> frames, int outputs) throws Exception {
        int bands = 2;
        CountDownLatch start = new CountDownLatch(outputs * bands);
        List<Picture> found = new ArrayList<>();
        List<Callable<Void>> calls = new ArrayList<>();
        for (int o = 0; o < outputs; o++) {
            Picture out = Pictures.empty(bound.outputFormat(), bound.outputWidth(), bound.outputHeight());
            found.add(out);
            for (int band = 0; band < bands; band++) {
                int output = o;
                int mine = band;
                calls.add(() -> {
                    start.countDown();
                    start.await();
                    bound.upscale(output, Pictures.inputs(frames), out, work -> work.run(mine, bands));
                    return null;
                });
            }
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
            for (Future<Void> done : threads.invokeAll(calls)) {
                done.get();
            }
        }
        return found;
    }

    private static void assertParity(PixelFormat format, Mode mode, String factor, int width, int height) {
        List<Picture> frames = Pictures.noise(format, width, height, 2, width);
        for (String temporal : List.of("1", "2")) {
            Interpolation settings = settings(mode, temporal, factor);
            assertThat(Pictures.hash(Pictures.upscale(settings, Kernels.interpolation(), frames)))
                    .as("%s %s %dx%d by %s, time by %s", format, mode, width, height, factor, temporal)
                    .isEqualTo(Pictures.hash(Pictures.upscale(settings, new ScalarInterpolation(), frames)));
        }
    }

    private static Interpolation settings(Mode mode, String temporal, String spatial) {
        Rational factor = Rational.parse(spatial);
        return new Interpolation(
                mode,
                Rational.parse(temporal),
                new SpatialTarget.Factors(factor, factor),
                false,
                TemporalGrid.HALF_PIXEL);
    }
}
