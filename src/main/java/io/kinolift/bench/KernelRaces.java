package io.kinolift.bench;

import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.vector.VectorModule;
import io.kinolift.settings.OperatorKinds;
import io.kinolift.settings.OperatorSettings;
import io.kinolift.settings.Presets;
import io.kinolift.upscale.convolve.Border;
import io.kinolift.upscale.convolve.Channels;
import io.kinolift.upscale.convolve.ConvWeights;
import io.kinolift.upscale.convolve.TransposedConvolution;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Races the operators, on one thread and on two, against their peers and their limits. */
public final class KernelRaces {
    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;

    private final Race race;
    private final Iterable<Peer> peers;

    /** @param peers besides FFmpeg */
    public KernelRaces(Race race, Iterable<Peer> peers) {
        this.race = race;
        this.peers = peers;
    }

    /** The usual cases: common ones and hard ones. Names are unique. */
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
                convolving("conv-transpose3d k12 s2 luma, space", PixelFormat.GRAY8, Channels.LUMA, 1, 1, 1, 12),
                sharpening("fitted 1,2,2 yuv420p 540p", Map.of(OperatorKinds.OPERATOR.name(), "conv-transpose3d")),
                sharpening("adaptive 1,2,2 yuv420p 540p", Map.of(Presets.PRESET.name(), "sharp")),
                new Workload(
                        "motion 2,1,1 yuv420p 720p", PixelFormat.YUV420P, 1280, 720, new Workload.FollowingMotion()),
                new Workload(
                        "motion 2,1,1 yuv420p 1080p",
                        PixelFormat.YUV420P,
                        WIDTH,
                        HEIGHT,
                        new Workload.FollowingMotion()));
    }

    /**
     * Measures a workload with all kernels.
     *
     * @param progress is told what runs
     */
    public BenchReport.Entry run(Workload workload, Consumer<String> progress) {
        List<Racer> contenders = new ArrayList<>();
        List<BenchReport.Wrong> wrong = new ArrayList<>();
        try {
            Racer ours = new OurKernel(workload);
            contenders.add(ours);
            ours.round();
            if (Runtime.getRuntime().availableProcessors() > 1) {
                contenders.add(new OurKernel(workload, 2));
            }
            contenders.add(new CopyLimit(workload));
            contenders.addAll(FfmpegFilters.enter(workload));
            boolean alike = workload.task().isExact();
            Agreement agreement = new Agreement(workload, ours);
            for (Peer peer : peers) {
                if (alike) {
                    enter(peer.enter(workload), agreement, contenders, wrong);
                } else {
                    // Each one makes other pictures.
                    peer.enter(workload).stream().map(Supplier::get).forEach(contenders::add);
                }
            }
            String name = workload.name() + ", " + workload.width() + "x" + workload.height();
            return new BenchReport.Entry(
                    name,
                    multiplyAdds(workload),
                    race.run(contenders, text -> progress.accept(workload.name() + ": " + text)),
                    wrong,
                    workload.task() instanceof Workload.FollowingMotion ? MotionStages.seconds(workload) : Map.of());
        } finally {
            contenders.forEach(Racer::close);
        }
    }

    /** Only the first way that makes the same pictures is timed. */
    private static void enter(
            List<Supplier<Racer>> ways, Agreement agreement, List<Racer> contenders, List<BenchReport.Wrong> wrong) {
        for (Supplier<Racer> way : ways) {
            Racer contender = way.get();
            contenders.add(contender);
            Optional<String> difference = agreement.difference(contender);
            if (difference.isEmpty()) {
                return;
            }
            wrong.add(new BenchReport.Wrong(contender.name(), difference.get()));
            contenders.remove(contender);
            contender.close();
        }
    }

    /** Multiply-adds per second that one core reaches at most. */
    public static double peak() {
        if (!VectorModule.isLoaded()) {
            throw new IllegalStateException("expected the module of vectors, found java started without its option");
        }
        return FmaPeak.perSecond();
    }

    private static double multiplyAdds(Workload workload) {
        if (!(workload.task() instanceof Workload.Convolving(var settings))) {
            return 0;
        }
        // Every input sample is multiplied by every weight of its channel once, for as many outputs as time's stride.
        return (double) settings.weights().values().length
                * workload.width()
                * workload.height()
                / settings.stride()[0];
    }

    private static Workload sharpening(String name, Map<String, String> weights) {
        Map<String, String> settings = new HashMap<>(weights);
        settings.put(OperatorSettings.SCALE_FACTOR.name(), "1,2,2");
        return new Workload(
                name, PixelFormat.YUV420P, WIDTH / 2, HEIGHT / 2, new Workload.Sharpening(Map.copyOf(settings), 2));
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
