package io.kinolift.fit;

import io.kinolift.ffmpeg.FilterGraph;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.upscale.InputFrames;

/** FFmpeg's motion compensation; pictures keep their size. */
final class MinterpolateEnlarger implements Enlarger {
    /** Any will do. */
    private static final Rational RATE = Rational.of(25);

    private final String filter;
    private final ThinnedClip.Reach reach;
    private final int width;
    private final int height;
    /** Null before the first output. */
    private FilterGraph graph;

    private long nextInput;

    /**
     * @param options of the filter besides the rate
     * @param time on the source grid
     */
    MinterpolateEnlarger(String options, TimeScale time, int width, int height) {
        filter = "minterpolate=fps=" + RATE.multiply(Rational.of(time.factor())) + ":" + options;
        reach = reach(time);
        this.width = width;
        this.height = height;
    }

    /** The two inputs that an output lies between, and the one on either side of them. */
    static ThinnedClip.Reach reach(TimeScale time) {
        return new ThinnedClip.Reach() {
            @Override
            public long first(long output) {
                return time.first(output) - 1;
            }

            @Override
            public long last(long output) {
                return time.first(output) + 2;
            }
        };
    }

    @Override
    public long first(long output) {
        return reach.first(output);
    }

    @Override
    public long last(long output) {
        return reach.last(output);
    }

    @Override
    public Picture enlarge(long output, InputFrames inputs) {
        try {
            if (graph == null || first(output) > nextInput) {
                // Outputs were left out: the filter starts again, since it takes neighbours as such.
                close();
                graph = FilterGraph.open(filter, PixelFormat.GRAY8, width, height, RATE, 1);
                nextInput = first(output);
            }
            while (nextInput <= last(output) + 1) {
                for (FilterGraph.Filtered made = graph.receive(PixelFormat.GRAY8);
                        made != null;
                        made = graph.receive(PixelFormat.GRAY8)) {
                    if (made.pts() == output) {
                        return made.picture();
                    }
                    made.picture().close();
                }
                graph.sendCopy(inputs.at(nextInput), nextInput);
                nextInput++;
            }
            throw new IllegalStateException(filter + ": expected output " + output + ", found none");
        } catch (VideoException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (graph != null) {
            graph.close();
        }
    }
}
