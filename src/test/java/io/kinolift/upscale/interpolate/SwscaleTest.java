package io.kinolift.upscale.interpolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BITEXACT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.Kernels;
import io.kinolift.upscale.Pictures;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares with another implementation of the same rounding: FFmpeg's scaler at factor 2, all planes, every byte. */
class SwscaleTest {
    private static final int WIDTH = 176;
    private static final int HEIGHT = 144;

    @ParameterizedTest
    @EnumSource(names = {"YUV420P", "YUV420P10"})
    void bilinearAtFactorTwoIsSwscale(PixelFormat pixels) {
        Picture source = Pictures.noise(pixels, WIDTH, HEIGHT, 1, 10).getFirst();
        Interpolation settings = new Interpolation(
                Mode.TRILINEAR,
                Rational.ONE,
                new SpatialTarget.Factors(Rational.of(2), Rational.of(2)),
                false,
                TemporalGrid.HALF_PIXEL);
        Picture found = Pictures.upscale(settings, Kernels.interpolation(), List.of(source))
                .getFirst();
        Picture expected = scaled(source);
        for (int p = 0; p < 3; p++) {
            assertThat(found.plane(p).data().mismatch(expected.plane(p).data()))
                    .as("plane %d", p)
                    .isEqualTo(-1);
        }
    }

    private static Picture scaled(Picture source) {
        int format = source.format().bitDepth() > Byte.SIZE ? AV_PIX_FMT_YUV420P10LE : AV_PIX_FMT_YUV420P;
        AVFrame in = frame(format, WIDTH, HEIGHT);
        AVFrame out = frame(format, 2 * WIDTH, 2 * HEIGHT);
        SwsContext context = sws_getContext(
                WIDTH,
                HEIGHT,
                format,
                2 * WIDTH,
                2 * HEIGHT,
                format,
                SWS_BILINEAR | SWS_ACCURATE_RND | SWS_BITEXACT,
                null,
                null,
                (DoublePointer) null);
        try {
            for (int p = 0; p < 3; p++) {
                Plane plane = source.plane(p);
                Plane theirs = plane(in, p, plane);
                for (int y = 0; y < plane.height(); y++) {
                    for (int x = 0; x < plane.width(); x++) {
                        theirs.set(x, y, plane.sample(x, y));
                    }
                }
            }
            int rows = sws_scale(context, in.data(), in.linesize(), 0, HEIGHT, out.data(), out.linesize());
            assertThat(rows).isEqualTo(2 * HEIGHT);
            Picture scaled = Pictures.empty(source.format(), 2 * WIDTH, 2 * HEIGHT);
            return Pictures.of(
                    source.format(),
                    2 * WIDTH,
                    2 * HEIGHT,
                    (p, y, x, c) -> plane(out, p, scaled.plane(p)).sample(x, y));
        } finally {
            sws_freeContext(context);
            av_frame_free(in);
            av_frame_free(out);
        }
    }

    /** A plane of the frame, with the shape of another plane. */
    private static Plane plane(AVFrame frame, int number, Plane like) {
        long stride = frame.linesize(number);
        MemorySegment data =
                MemorySegment.ofAddress(frame.data(number).address()).reinterpret(stride * like.height());
        return new Plane(like.format(), like.index(), data, like.width(), like.height(), stride);
    }

    private static AVFrame frame(int format, int width, int height) {
        AVFrame frame = av_frame_alloc();
        frame.format(format).width(width).height(height);
        assertThat(av_frame_get_buffer(frame, 0)).isZero();
        return frame;
    }
}
