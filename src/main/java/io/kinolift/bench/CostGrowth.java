package io.kinolift.bench;

import io.kinolift.frame.PixelFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** How the time per output pixel changes with the size of pictures and with the length of a clip. */
public final class CostGrowth {
    private static final int[] HEIGHTS = {270, 540, 1080, 2160};
    private static final int[] LENGTHS = {10, 100, 1_000, 10_000};
    private static final int CLIP_HEIGHT = 270;
    /** More than the caches of a processor hold, because in a stream every output is another piece of memory. */
    private static final long MEMORY = 128 << 20;
    /** Warm-up before clips are timed, because loops may be compiled again for another width. */
    private static final WarmUp WARM_UP = WarmUp.seconds(1);

    private final Race race;

    public CostGrowth(Race race) {
        this.race = race;
    }

    /**
     * One point of a line.
     *
     * @param nanosPerPixel per output pixel of luma, median
     */
    public record Point(long x, double nanosPerPixel) {}

    /** One line of a plot. */
    public record Line(String name, List<Point> points) {}

    /** By height of the input, at 16:9. */
    public List<Line> bySize(Consumer<String> progress) {
        return chosen().map(usual -> {
                    List<Point> points = new ArrayList<>();
                    for (int height : HEIGHTS) {
                        Workload sized = resized(usual, height);
                        progress.accept(usual.name() + " at " + height);
                        try (Racer ours = new OurKernel(sized, 1, MEMORY)) {
                            Race.Standing standing =
                                    race.run(List.of(ours), _ -> {}).getFirst();
                            points.add(new Point(height, standing.seconds() * 1e9 / outputPixels(sized)));
                        }
                    }
                    return new Line(usual.name(), points);
                })
                .toList();
    }

    /**
     * By number of input frames. The pictures fit into caches; clips go through the same operator one after another.
     */
    public List<Line> byLength(Consumer<String> progress) {
        return chosen().map(usual -> {
                    List<Point> points = new ArrayList<>();
                    Workload small = resized(usual, CLIP_HEIGHT);
                    for (int frames : LENGTHS) {
                        progress.accept(usual.name() + ", " + frames + " frames");
                        try (OurKernel ours = new OurKernel(small)) {
                            long rounds = Math.ceilDiv(
                                    small.task().operator().timeGrid().outputCount(frames), ours.outputs());
                            double[] seconds = new double[3];
                            WARM_UP.run(ours);
                            for (int clip = 0; clip < seconds.length; clip++) {
                                long start = System.nanoTime();
                                for (long round = 0; round < rounds; round++) {
                                    ours.round();
                                }
                                seconds[clip] = (System.nanoTime() - start) / 1e9;
                            }
                            double pixels = (double) outputPixels(small) * ours.outputs() * rounds;
                            points.add(new Point(frames, Race.median(seconds) * 1e9 / pixels));
                        }
                    }
                    return new Line(usual.name(), points);
                })
                .toList();
    }

    private static Stream<Workload> chosen() {
        return KernelRaces.usual().stream()
                .filter(usual -> usual.task().isExact())
                .filter(usual -> usual.format() == PixelFormat.YUV420P
                        || (usual.format() == PixelFormat.GRAY8 && usual.task() instanceof Workload.Convolving));
    }

    private static Workload resized(Workload usual, int height) {
        return new Workload(usual.name(), usual.format(), height * 16 / 9, height, usual.task());
    }

    private static long outputPixels(Workload workload) {
        return workload.task().operator().outputPixels(workload.width(), workload.height());
    }
}
