package io.kinolift.video;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
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
 * Pictures that FFmpeg's filters make, such as its test patterns; with {@code realtime} at the end, as fast as a camera
 * would. FFmpeg's lavfi device does the same, but libavdevice wants libraries that servers do not have.
 */
final class FilterSource implements PictureSource {
    private static final PixelFormat FORMAT = PixelFormat.YUV420P;

    private final AVFilterGraph graph = avfilter.avfilter_graph_alloc();
    private final AVFilterContext sink = new AVFilterContext(null);

    private FilterSource() {}

    static FilterSource open(String filters) throws VideoException {
        Ffmpeg.quiet();
        FilterSource opened = new FilterSource();
        try {
            opened.connect(filters);
            return opened;
        } catch (VideoException e) {
            opened.close();
            throw e;
        }
    }

    private void connect(String filters) throws VideoException {
        check(
                filters,
                avfilter.avfilter_graph_create_filter(
                        sink, avfilter.avfilter_get_by_name("buffersink"), "sink", null, null, graph));
        AVFilterInOut inputs = avfilter.avfilter_inout_alloc()
                .name(avutil.av_strdup(new BytePointer("out")))
                .filter_ctx(sink)
                .pad_idx(0)
                .next(null);
        AVFilterInOut outputs = new AVFilterInOut(null);
        try {
            check(
                    filters,
                    avfilter.avfilter_graph_parse_ptr(
                            graph,
                            filters + ",format=" + Ffmpeg.pixelFormatName(Ffmpeg.number(FORMAT)),
                            inputs,
                            outputs,
                            (Pointer) null));
            check(filters, avfilter.avfilter_graph_config(graph, null));
        } finally {
            avfilter.avfilter_inout_free(inputs);
            avfilter.avfilter_inout_free(outputs);
        }
    }

    @Override
    public TimedPicture next() throws VideoException {
        AVFrame frame = AvPictures.newFrame();
        int code = avfilter.av_buffersink_get_frame(sink, frame);
        if (code < 0) {
            avutil.av_frame_free(frame);
            if (code == avutil.AVERROR_EOF()) {
                return null;
            }
            check("a picture", code);
        }
        long pts = frame.pts();
        long duration = frame.duration();
        Rational aspect = Ffmpeg.rational(frame.sample_aspect_ratio());
        var colour = Ffmpeg.colour(frame);
        return new TimedPicture(AvPictures.wrap(frame, FORMAT), pts, duration, true, aspect, colour);
    }

    @Override
    public Rational timeBase() {
        return Ffmpeg.rational(avfilter.av_buffersink_get_time_base(sink));
    }

    @Override
    public long promisedFrames() {
        return 0;
    }

    private static void check(String what, int code) throws VideoException {
        if (code < 0) {
            throw new VideoException("FFmpeg's filters, " + what + ": " + Ffmpeg.error(code));
        }
    }

    @Override
    public void close() {
        // The sink is the graph's.
        avfilter.avfilter_graph_free(graph);
    }
}
