package io.kinolift.video;

import io.kinolift.ffmpeg.FilterGraph;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** Pictures in 256 colours, which FFmpeg chooses anew for each of them. */
final class GifPalette {
    static final int LAYOUT = avutil.AV_PIX_FMT_PAL8;

    private static final String FILTERS =
            "split[a][b];[a]palettegen=stats_mode=single[p];[b][p]paletteuse=dither=bayer:bayer_scale=3";

    /**
     * Converts a frame. One graph for each: a graph for all would hold a picture back until it has seen the next.
     *
     * @param frame is freed
     * @return the caller's to free
     */
    AVFrame convert(AVFrame frame) throws VideoException {
        try (FilterGraph graph = FilterGraph.open(FILTERS, frame, Rational.of(1, 1000), 1, "pal8")) {
            graph.send(frame);
            graph.send((AVFrame) null);
            AVFrame converted = graph.receiveFrame();
            if (converted == null) {
                throw new VideoException("expected a picture in 256 colours, found none");
            }
            converted.pts(frame.pts()).duration(frame.duration());
            return converted;
        } finally {
            avutil.av_frame_free(frame);
        }
    }
}
