package io.kinolift.ffmpeg;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A chain of FFmpeg's filters in this process, in the syntax of its {@code -vf}. It is the alternative that Kinolift is
 * compared with. Pictures go in and come out without a copy. One thread at a time.
 */
public final class FilterGraph implements AutoCloseable {
    private final AVFilterGraph graph = avfilter.avfilter_graph_alloc();
    private final AVFilterContext source = new AVFilterContext(null);
    private final AVFilterContext sink = new AVFilterContext(null);
    private final AVFrame received = AvPictures.newFrame();
    private boolean closed;

    /**
     * A picture that came out.
     *
     * @param picture the taker closes it
     * @param pts in units of one over the frame rate of the pictures that come out
     */
    public record Filtered(Picture picture, long pts) {}

    private FilterGraph() {}

    /**
     * Opens a graph of one input and one output.
     *
     * @param filters as for {@code -vf}: {@code framerate=fps=60,scale=iw*2:ih*2:flags=bilinear}
     * @param format of the pictures to send, and of those received
     * @param frameRate of the pictures to send
     * @param threads that filters may use
     * @throws VideoException if FFmpeg does not take the chain
     */
    public static FilterGraph open(
            String filters, PixelFormat format, int width, int height, Rational frameRate, int threads)
            throws VideoException {
        Ffmpeg.quiet();
        FilterGraph opened = new FilterGraph();
        try {
            String name = Ffmpeg.pixelFormatName(Ffmpeg.number(format));
            opened.graph.nb_threads(threads);
            opened.create(
                    opened.source,
                    "buffer",
                    String.format(
                            "video_size=%dx%d:pix_fmt=%s:time_base=%s:frame_rate=%s:pixel_aspect=1/1",
                            width, height, name, frameRate.inverse(), frameRate));
            opened.create(opened.sink, "buffersink", null);
            opened.connect(filters + ",format=" + name);
            return opened;
        } catch (VideoException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Opens a graph for frames of a decoder; the frames that come out have the same layout.
     *
     * @param like a frame with the layout, size, shape and colour of those to send
     * @param timeBase seconds per unit of their times
     * @param threads that filters may use; 0 leaves the number to FFmpeg
     */
    public static FilterGraph open(String filters, AVFrame like, Rational timeBase, int threads) throws VideoException {
        return open(filters, like, timeBase, threads, Ffmpeg.pixelFormatName(like.format()));
    }

    /**
     * As above, with another layout at the end.
     *
     * @param layout FFmpeg's name of that of the frames that come out
     */
    public static FilterGraph open(String filters, AVFrame like, Rational timeBase, int threads, String layout)
            throws VideoException {
        Ffmpeg.quiet();
        FilterGraph opened = new FilterGraph();
        try {
            Rational aspect = Ffmpeg.rational(like.sample_aspect_ratio());
            opened.graph.nb_threads(threads);
            opened.create(
                    opened.source,
                    "buffer",
                    String.format(
                            "video_size=%dx%d:pix_fmt=%d:time_base=%s:pixel_aspect=%s:colorspace=%d:range=%d",
                            like.width(),
                            like.height(),
                            like.format(),
                            ratio(timeBase),
                            ratio(aspect),
                            like.colorspace(),
                            like.color_range()));
            opened.create(opened.sink, "buffersink", null);
            opened.connect(filters + ",format=" + layout);
            return opened;
        } catch (VideoException e) {
            opened.close();
            throw e;
        }
    }

    private static String ratio(Rational value) {
        return value.numerator() + "/" + value.denominator();
    }

    private void create(AVFilterContext context, String filter, String arguments) throws VideoException {
        check(
                filter,
                avfilter.avfilter_graph_create_filter(
                        context, avfilter.avfilter_get_by_name(filter), filter, arguments, null, graph));
    }

    private void connect(String filters) throws VideoException {
        AVFilterInOut outputs = end("in", source);
        AVFilterInOut inputs = end("out", sink);
        try {
            check(filters, avfilter.avfilter_graph_parse_ptr(graph, filters, inputs, outputs, (Pointer) null));
            check(filters, avfilter.avfilter_graph_config(graph, null));
        } finally {
            avfilter.avfilter_inout_free(inputs);
            avfilter.avfilter_inout_free(outputs);
        }
    }

    private static AVFilterInOut end(String name, AVFilterContext context) {
        AVFilterInOut end = avfilter.avfilter_inout_alloc();
        return end.name(avutil.av_strdup(new BytePointer(name)))
                .filter_ctx(context)
                .pad_idx(0)
                .next(null);
    }

    /**
     * Puts a picture into the graph.
     *
     * @param picture stays the caller's; open until the graph is closed
     * @param pts in units of one over the frame rate
     */
    public void send(Picture picture, long pts) throws VideoException {
        AVFrame frame = AvPictures.borrow(picture);
        try {
            frame.pts(pts).duration(1);
            check("a picture", avfilter.av_buffersrc_add_frame_flags(source, frame, 0));
        } finally {
            avutil.av_frame_free(frame);
        }
    }

    /**
     * Puts a copy of a picture into the graph.
     *
     * @param picture stays the caller's, and may be closed at once
     * @param pts in units of one over the frame rate
     */
    public void sendCopy(Picture picture, long pts) throws VideoException {
        AVFrame frame = AvPictures.allocateFrame(Ffmpeg.number(picture.format()), picture.width(), picture.height());
        try (Picture copy = AvPictures.wrap(frame, picture.format())) {
            AvPictures.copy(picture, copy);
            frame.pts(pts).duration(1);
            send(frame);
        }
    }

    /**
     * Takes the next picture out of the graph; null if there is none yet.
     *
     * @param format that the graph was opened for
     */
    public Filtered receive(PixelFormat format) throws VideoException {
        AVFrame frame = receiveFrame();
        return frame == null ? null : new Filtered(AvPictures.wrap(frame, format), frame.pts());
    }

    /**
     * Takes the next picture out of the graph.
     *
     * @return whether there was a picture; it is gone with the next call
     */
    public boolean receive() throws VideoException {
        avutil.av_frame_unref(received);
        int code = avfilter.av_buffersink_get_frame(sink, received);
        if (code == avutil.AVERROR_EAGAIN() || code == avutil.AVERROR_EOF()) {
            return false;
        }
        check("a filtered picture", code);
        return true;
    }

    /**
     * Puts a decoder's frame into the graph.
     *
     * @param frame stays the caller's; null after the last
     */
    public void send(AVFrame frame) throws VideoException {
        check("a frame", avfilter.av_buffersrc_add_frame_flags(source, frame, avfilter.AV_BUFFERSRC_FLAG_KEEP_REF));
    }

    /** The next frame, the caller's; null if there is none yet. */
    public AVFrame receiveFrame() throws VideoException {
        if (!receive()) {
            return null;
        }
        AVFrame frame = AvPictures.newFrame();
        avutil.av_frame_move_ref(frame, received);
        return frame;
    }

    /** Seconds per unit of the times of frames that come out. */
    public Rational timeBase() {
        return Ffmpeg.rational(avfilter.av_buffersink_get_time_base(sink));
    }

    private static void check(String what, int code) throws VideoException {
        if (code < 0) {
            throw new VideoException("FFmpeg's filters, " + what + ": " + Ffmpeg.error(code));
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            avutil.av_frame_free(received);
            avfilter.avfilter_graph_free(graph);
        }
    }
}
