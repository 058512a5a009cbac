package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.Kernels;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BITEXACT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

/** Another implementation with the same rounding: FFmpeg's scaler at factor 2, all planes, every byte. */
class SwscaleTest {
    private static final int WIDTH = 176;
    private static final int HEIGHT = 144;

    @Test
    void bilinearAtFactorTwoIsSwscale() {
        Picture source = Pictures.noise(PixelFormat.YUV420P, WIDTH, HEIGHT, 1, 10).getFirst();
        Interpolation settings = new Interpolation(
                Mode.TRILINEAR,
                Rational.ONE,
                new SpatialTarget.Factors(Rational.of(2), Rational.of(2)),
                false,
                TemporalGrid.HALF_PIXEL);
        Picture found = Pictures.upscale(settings, Kernels.interpolation(), List.of(source)).getFirst();
        Picture expected = scaled(source);
        for (int p = 0; p < 3; p++) {
            assertThat(found.plane(p).data().mismatch(expected.plane(p).data())).as("plane %d", p).isEqualTo(-1);
        }
    }

    private static Picture scaled(Picture source) {
        AVFrame in = frame(WIDTH, HEIGHT);
        AVFrame out = frame(2 * WIDTH, 2 * HEIGHT);
        SwsContext context = sws_getContext(
                WIDTH, HEIGHT, AV_PIX_FMT_YUV420P, 2 * WIDTH, 2 * HEIGHT, AV_PIX_FMT_YUV420P,
                SWS_BILINEAR | SWS_ACCURATE_RND | SWS_BITEXACT, null, null, (DoublePointer) null);
        try {
            for (int p = 0; p < 3; p++) {
                BytePointer data = in.data(p);
                for (int y = 0; y < source.plane(p).height(); y++) {
                    for (int x = 0; x < source.plane(p).width(); x++) {
                        data.put((long) y * in.linesize(p) + x, (byte) Pictures.sample(source, p, y, x, 0));
                    }
                }
            }
            int rows = sws_scale(context, in.data(), in.linesize(), 0, HEIGHT, out.data(), out.linesize());
            assertThat(rows).isEqualTo(2 * HEIGHT);
            return Pictures.of(PixelFormat.YUV420P, 2 * WIDTH, 2 * HEIGHT, (p, y, x, c) ->
                    out.data(p).get((long) y * out.linesize(p) + x));
        } finally {
            sws_freeContext(context);
            av_frame_free(in);
            av_frame_free(out);
        }
    }

    private static AVFrame frame(int width, int height) {
        AVFrame frame = av_frame_alloc();
        frame.format(AV_PIX_FMT_YUV420P).width(width).height(height);
        assertThat(av_frame_get_buffer(frame, 0)).isZero();
        return frame;
    }
}
