package io.kinolift.bench;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.frame.Plane;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.Operator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** The operator as the topology calls it for a window: native pictures in and out, outputs divided among threads. */
final class OurKernel implements Racer {
    /** Least outputs per round and thread. With a single one, the start of the threads would be measured. */
    private static final int OUTPUTS = 8;

    private final List<Picture> inputs;
    private final List<Picture> out;
    private final BoundOperator bound;
    /**
     * Whether each output is made from pictures that nobody has seen: what follows motion keeps what it has found between
     * two pictures as long as these are open.
     */
    private final boolean takesNewPictures;
    /** Equally many of every phase in time. */
    private final long[] made;

    private final int threads;
    /** Pictures that a thread writes to, in turn. */
    private final int picturesPerThread;
    /** Null for the calling thread alone. */
    private final ExecutorService pool;

    OurKernel(Workload workload) {
        this(workload, 1);
    }

    OurKernel(Workload workload, int threads) {
        this(workload, threads, 0);
    }

    /** @param memory least bytes of output pictures; if they exceed the caches, small pictures have no advantage */
    OurKernel(Workload workload, int threads, long memory) {
        this.threads = threads;
        pool = threads == 1
                ? null
                : Executors.newFixedThreadPool(
                        threads,
                        Thread.ofPlatform().daemon().name("kinolift-bench-", 0).factory());
        PictureAllocator allocator = new AvPictures();
        Operator operator = workload.task().operator();
        inputs = TestInputs.of(workload, allocator);
        bound = operator.bind(workload.format(), workload.width(), workload.height());
        takesNewPictures = workload.task() instanceof Workload.FollowingMotion;
        made = workload.outputs().toArray();
        long pictures = Math.ceilDiv(
                memory, bound.outputFormat().pictureBytes(bound.outputWidth(), bound.outputHeight()) * threads);
        picturesPerThread = Math.toIntExact(Math.ceilDiv(Math.max(1, pictures), made.length) * made.length);
        out = IntStream.range(0, picturesPerThread * threads)
                .mapToObj(_ -> allocator.allocate(bound.outputFormat(), bound.outputWidth(), bound.outputHeight()))
                .toList();
    }

    @Override
    public String name() {
        return pool == null ? "Kinolift" : "Kinolift, " + threads + " threads";
    }

    @Override
    public int outputs() {
        return Math.ceilDiv(Math.max(OUTPUTS, picturesPerThread), made.length) * made.length * threads;
    }

    @Override
    public void round() {
        if (pool == null) {
            make(0);
            return;
        }
        List<Future<?>> shares = IntStream.range(0, threads)
                .<Future<?>>mapToObj(thread -> pool.submit(() -> make(thread)))
                .toList();
        try {
            for (Future<?> one : shares) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The share of a thread, in pictures of its own. */
    private void make(int thread) {
        for (int i = 0; i < outputs() / threads; i++) {
            Picture target = out.get(thread * picturesPerThread + i % picturesPerThread);
            try (Loop loop = new Loop()) {
                bound.upscale(made[i % made.length], loop, target, Bands.ONE);
            }
        }
    }

    @Override
    public boolean makes(long output) {
        return Arrays.binarySearch(made, output) >= 0;
    }

    @Override
    public double sample(long output, int plane, int row, int column, int component) {
        Plane picture = out.get(Arrays.binarySearch(made, output)).plane(plane);
        return picture.sample(column * picture.components() + component, row);
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
        inputs.forEach(Picture::close);
        out.forEach(Picture::close);
    }

    /** Repeats the available pictures without end, for one output. */
    private final class Loop implements InputFrames, AutoCloseable {
        private final Map<Long, Picture> views = new HashMap<>();

        @Override
        public long first() {
            return 0;
        }

        @Override
        public long last() {
            return Integer.MAX_VALUE;
        }

        @Override
        public Picture at(long index) {
            Picture picture = inputs.get((int) (index % inputs.size()));
            return takesNewPictures ? views.computeIfAbsent(index, _ -> view(picture)) : picture;
        }

        /** The same samples as another picture. */
        private static Picture view(Picture picture) {
            return new Picture(picture.format(), picture.width(), picture.height(), picture.planes(), () -> {});
        }

        @Override
        public void close() {
            views.values().forEach(Picture::close);
        }
    }
}
