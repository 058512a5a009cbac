package io.kinolift.video;

import io.kinolift.ffmpeg.FilterGraph;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Makes progressive frames of interlaced ones by FFmpeg's bwdif, which looks at the frames before and after. What need not
 * be changed passes without a copy. A frame's picture is shown when the frame was; the pictures of its fields follow at half
 * the distance to the next frame. For one thread at a time.
 */
final class Deinterlacer implements AutoCloseable {
    private final Source source;
    private final Deinterlace mode;
    private final Rational unit;
    private final int threads;
    private final Deque<AVFrame> ready = new ArrayDeque<>();
    private FilterGraph graph;
    private Shape shape;
    private long last = PictureClock.UNKNOWN;
    private long frames;
    private long marked;

    /** What a graph is made for. */
    private record Shape(int format, int width, int height, int range, int matrix) {
        static Shape of(AVFrame frame) {
            return new Shape(frame.format(), frame.width(), frame.height(), frame.color_range(), frame.colorspace());
        }
    }

    /** @param unit seconds per unit of the times of frames to come */
    Deinterlacer(Source source, Rational unit, int threads) {
        this.source = source;
        this.mode = source.deinterlace();
        this.unit = unit;
        this.threads = threads;
    }

    /** Seconds per unit of the times of the results: half as many if fields become pictures. */
    static Rational unit(Deinterlace mode, Rational unit) {
        return mode == Deinterlace.FIELD ? unit.divide(Rational.of(2)) : unit;
    }

    /**
     * Takes the next decoded frame.
     *
     * @param frame is ours from now on; its pts grow
     */
    void send(AVFrame frame) throws VideoException {
        boolean interlaced = (frame.flags() & AVFrame.AV_FRAME_FLAG_INTERLACED) != 0;
        frames++;
        marked += interlaced ? 1 : 0;
        if (mode == Deinterlace.REFUSE && interlaced) {
            avutil.av_frame_free(frame);
            throw new VideoException(
                    source + ": expected progressive video, found interlaced frames (upscale and ingest"
                            + " have --deinterlace frame|field for it, and off for wrong marks)");
        }
        if (!isFiltered(interlaced)) {
            ready.add(frame);
            return;
        }
        try {
            if (!Shape.of(frame).equals(shape)) {
                end();
                shape = Shape.of(frame);
                graph = FilterGraph.open(filter(), frame, unit, threads);
            }
            graph.send(frame);
        } finally {
            avutil.av_frame_free(frame);
        }
        drain();
    }

    /** Once there is a graph all frames go through it, because it needs the neighbours of interlaced ones. */
    private boolean isFiltered(boolean interlaced) {
        return switch (mode) {
            case OFF, REFUSE -> false;
            case AUTO -> interlaced || graph != null;
            case FRAME, FIELD -> true;
        };
    }

    private String filter() {
        return "bwdif=mode=" + (mode == Deinterlace.FIELD ? "send_field" : "send_frame") + ":parity=auto:deint="
                + (mode == Deinterlace.AUTO ? "interlaced" : "all");
    }

    /** There are no more frames, or none that go together with those before. */
    void end() throws VideoException {
        if (graph != null) {
            graph.send((AVFrame) null);
            drain();
            graph.close();
            graph = null;
            shape = null;
        }
    }

    private void drain() throws VideoException {
        Rational target = unit(mode, unit);
        for (AVFrame frame = graph.receiveFrame(); frame != null; frame = graph.receiveFrame()) {
            long pts = Ticks.nearest(frame.pts(), graph.timeBase(), target);
            // A single frame has no distance to a next.
            last = last == PictureClock.UNKNOWN ? pts : Math.max(pts, last + 1);
            frame.duration(Ticks.nearest(frame.duration(), graph.timeBase(), target))
                    .pts(last);
            ready.add(frame);
        }
    }

    /** The next progressive frame, the caller's; null if more have to be sent first. */
    AVFrame poll() {
        return ready.poll();
    }

    /** What was done without being asked for; null if nothing. */
    String remark() {
        return mode == Deinterlace.AUTO && marked > 0
                ? marked + " of " + frames + " frames are marked as interlaced; one picture was made of each"
                        + " (--deinterlace field makes one of each field, off none)"
                : null;
    }

    @Override
    public void close() {
        ready.forEach(avutil::av_frame_free);
        ready.clear();
        if (graph != null) {
            graph.close();
            graph = null;
        }
    }
}
