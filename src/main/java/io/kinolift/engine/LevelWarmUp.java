package io.kinolift.engine;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.Operator;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Makes pictures at the levels of a plan before streams come. Until Java has compiled what makes them, the first window of
 * a level takes about a second; a stream that climbs to a level for the first time would be late there, and leave it.
 */
public final class LevelWarmUp {
    private static final PixelFormat FORMAT = PixelFormat.YUV420P;
    /** No multiple of a vector's length: the ends of rows are compiled apart. */
    private static final int WIDTH = 270;

    private static final int HEIGHT = 150;
    private static final int INPUTS = 6;
    /** Compiling is done beside, and now and then makes nothing faster for a few rounds. */
    private static final int LEAST_ROUNDS = 20;

    private static final int ROUNDS_WITHOUT_GAIN = 10;
    private static final double GAIN = 0.9;

    private final PictureAllocator pictures = new AvPictures();
    private final BooleanSupplier isOver;

    private LevelWarmUp(BooleanSupplier isOver) {
        this.isOver = isOver;
    }

    /**
     * Makes pictures until that takes no less time any more, from the lowest level, which is the last resort, up.
     *
     * @param most how long at most; a picture that is being made is finished
     * @param isStopped whether to end at once
     * @return the levels that there was not enough time for
     */
    public static Set<Integer> run(StreamPlan plan, Duration most, BooleanSupplier isStopped) {
        long start = System.nanoTime();
        LevelWarmUp warmUp =
                new LevelWarmUp(() -> isStopped.getAsBoolean() || System.nanoTime() - start > most.toNanos());
        Set<Integer> cold = new TreeSet<>(plan.levels().numbers());
        for (int level : plan.levels().numbers().descendingSet()) {
            if (warmUp.warm(plan.at(level).operator())) {
                cold.remove(level);
            }
        }
        return cold;
    }

    /** Whether nothing more can be gained. Formats that an operator refuses are none of its windows. */
    private boolean warm(Operator operator) {
        if (operator.refusal(FORMAT, WIDTH, HEIGHT, Colour.UNSPECIFIED).isPresent()) {
            return true;
        }
        BoundOperator bound = operator.bind(FORMAT, WIDTH, HEIGHT);
        long outputs = operator.timeGrid().outputCount(INPUTS);
        long best = Long.MAX_VALUE;
        int since = 0;
        for (int round = 0; round < LEAST_ROUNDS || since < ROUNDS_WITHOUT_GAIN; round++, since++) {
            long begun = System.nanoTime();
            if (!make(bound, outputs)) {
                return false;
            }
            long took = System.nanoTime() - begun;
            since = took < GAIN * best ? 0 : since;
            best = Math.min(best, took);
        }
        return true;
    }

    /** Whether there was time for all outputs of a few inputs; of new ones, as what is known of pictures is not made again. */
    private boolean make(BoundOperator operator, long outputs) {
        Inputs inputs = new Inputs(IntStream.range(0, INPUTS)
                .mapToObj(index -> draw(pictures.allocate(FORMAT, WIDTH, HEIGHT), index))
                .toList());
        try (Picture out =
                pictures.allocate(operator.outputFormat(), operator.outputWidth(), operator.outputHeight())) {
            for (long output = 0; output < outputs; output++) {
                if (isOver.getAsBoolean()) {
                    return false;
                }
                operator.upscale(output, inputs, out, Bands.ONE);
            }
            return true;
        } finally {
            inputs.pictures().forEach(Picture::close);
        }
    }

    /** A texture that moves by a sample per time, over one that stands still. */
    private static Picture draw(Picture picture, int time) {
        for (Plane plane : picture.planes()) {
            for (int y = 0; y < plane.height(); y++) {
                int moved = y < plane.height() / 2 ? time : 0;
                for (int x = 0; x < plane.width(); x++) {
                    plane.set(x, y, sample(x + moved, y));
                }
            }
        }
        return picture;
    }

    private static int sample(int x, int y) {
        int wave = Math.abs((3 * x + y) % 128 - 64) + Math.abs((x - 5 * y) % 64 - 32);
        return 64 + wave + (x * x * 31 + y * 17 & 15);
    }

    /** All of a segment. */
    private record Inputs(List<Picture> pictures) implements InputFrames {
        @Override
        public long first() {
            return 0;
        }

        @Override
        public long last() {
            return pictures.size() - 1L;
        }

        @Override
        public Picture at(long index) {
            return pictures.get((int) index);
        }
    }
}
