package io.kinolift.bench;

import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.upscale.convolve.Border;
import io.kinolift.upscale.convolve.Channels;
import io.kinolift.upscale.convolve.ConvWeights;
import io.kinolift.upscale.convolve.TransposedConvolution;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The operators on one thread, and on two as well, each against its peers and its limit. */
public final class KernelRaces {
    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;

    private final Race race;

    public KernelRaces(Race race) {
        this.race = race;
    }

    /** The usual cases: what users do, and what is hard. */
    public static List<Workload> usual() {
        return List.of(
                interpolating("trilinear 2,2,2 yuv420p", Mode.TRILINEAR, PixelFormat.YUV420P, "2", "2"),
                interpolating("trilinear 2,2,2 yuv420p10", Mode.TRILINEAR, PixelFormat.YUV420P10, "2", "2"),
                interpolating("trilinear 1,1.5,1.5 luma", Mode.TRILINEAR, PixelFormat.GRAY8, "1", "3/2"),
                interpolating("trilinear 2.5,3,3 luma", Mode.TRILINEAR, PixelFormat.GRAY8, "5/2", "3"),
                interpolating("bicubic 1,2,2 luma", Mode.BICUBIC, PixelFormat.GRAY8, "1", "2"),
                interpolating("bicubic 2,2,2 yuv420p", Mode.BICUBIC, PixelFormat.YUV420P, "2", "2"),
                convolving("conv-transpose3d k4 s2 luma", PixelFormat.GRAY8, Channels.LUMA, 1, 2, 4, 4),
                convolving("conv-transpose3d k4 s2 rgb", PixelFormat.RGB24, Channels.RGB, 3, 2, 4, 4),
                convolving("conv-transpose3d k4 s2 rgb of yuv420p", PixelFormat.YUV420P, Channels.RGB, 3, 2, 4, 4),
                convolving("conv-transpose3d k12 s2 luma, space", PixelFormat.GRAY8, Channels.LUMA, 1, 1, 1, 12));
    }

    /** @param progress hears what runs */
    public BenchReport.Entry run(Workload workload, Consumer<String> progress) {
        List<Racer> contenders = new ArrayList<>();
        try {
            contenders.add(new OurKernel(workload));
            if (Runtime.getRuntime().availableProcessors() > 1) {
                contenders.add(new OurKernel(workload, 2));
            }
            contenders.add(new CopyLimit(workload));
            contenders.addAll(FfmpegFilters.enter(workload));
            for (Peer peer : ServiceLoader.load(Peer.class)) {
                peer.enter(workload).ifPresent(contenders::add);
            }
            String name = workload.name() + ", " + workload.width() + "x" + workload.height();
            return new BenchReport.Entry(
                    name,
                    multiplyAdds(workload),
                    race.run(contenders, text -> progress.accept(workload.name() + ": " + text)),
                    Map.of());
        } finally {
            contenders.forEach(Racer::close);
        }
    }

    /** Multiply-adds per second that one core reaches at most. */
    public static double peak() {
        return FmaPeak.perSecond();
    }

    private static double multiplyAdds(Workload workload) {
        if (!(workload.task() instanceof Workload.Convolving(var settings))) {
            return 0;
        }
        // Every input sample meets every weight of its channel once, and makes as many outputs as time's stride.
        return (double) settings.weights().values().length
                * workload.width()
                * workload.height()
                / settings.stride()[0];
    }

    private static Workload interpolating(String name, Mode mode, PixelFormat format, String time, String space) {
        Rational factor = Rational.parse(space);
        return new Workload(
                name,
                format,
                WIDTH,
                HEIGHT,
                new Workload.Interpolating(new Interpolation(
                        mode,
                        Rational.parse(time),
                        new SpatialTarget.Factors(factor, factor),
                        false,
                        TemporalGrid.HALF_PIXEL)));
    }

    /** Stride 2 in space; padding that keeps the output at stride times the input. */
    private static Workload convolving(
            String name, PixelFormat format, Channels channels, int count, int timeStride, int timeKernel, int kernel) {
        int taps = timeKernel * kernel * kernel;
        float[] values = new SplittableRandom(1)
                .doubles((long) count * count * taps)
                .collect(() -> new FloatList(count * count * taps), FloatList::add, (_, _) -> {})
                .values;
        int[] stride = {timeStride, 2, 2};
        int[] size = {timeKernel, kernel, kernel};
        int[] padding = {(timeKernel - timeStride) / 2, (kernel - 2) / 2, (kernel - 2) / 2};
        return new Workload(
                name,
                format,
                WIDTH,
                HEIGHT,
                new Workload.Convolving(new TransposedConvolution(
                        new ConvWeights(values, count, count, size, new float[0]),
                        stride,
                        padding,
                        new int[3],
                        new int[] {1, 1, 1},
                        1,
                        Border.EDGE,
                        channels)));
    }

    private static final class FloatList {
        final float[] values;
        private int count;

        FloatList(int size) {
            values = new float[size];
        }

        void add(double value) {
            values[count++] = (float) (value / values.length);
        }
    }
}
