package io.kinolift.video.fragment;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.FfmpegLog;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * H.264 for watching: constrained baseline, which every browser plays, of constant quality, a packet for each picture at
 * once, and key frames only where they are asked for.
 */
final class H264Encoder implements AutoCloseable {
    private static final int CONSTRAINED_BASELINE = 66 | 1 << 9;
    private static final int QUANTISER = 26;
    private static final int NEVER = 1 << 20;

    private final AVCodecContext context;
    private long count;

    /** @throws VideoException if FFmpeg has no encoder, or it refuses the size */
    H264Encoder(int width, int height, Rational sampleAspectRatio, Colour colour, Rational rate) throws VideoException {
        Ffmpeg.quiet();
        AVCodec codec = avcodec.avcodec_find_encoder_by_name("libopenh264");
        if (codec == null) {
            codec = avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_H264);
        }
        if (codec == null) {
            throw new VideoException("expected an FFmpeg with an encoder of H.264, found none");
        }
        context = avcodec.avcodec_alloc_context3(codec);
        context.width(width).height(height).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        Ffmpeg.set(context.framerate(), rate, 65_535);
        context.time_base().num(context.framerate().den());
        context.time_base().den(context.framerate().num());
        Ffmpeg.set(context.sample_aspect_ratio(), sampleAspectRatio, 65_535);
        Ffmpeg.setColour(context, colour);
        context.profile(CONSTRAINED_BASELINE);
        context.max_b_frames(0).gop_size(NEVER).thread_count(1).slices(1);
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        // Rate control with nothing left to control: constant quality. The bitrate also decides the level.
        context.qmin(QUANTISER).qmax(QUANTISER).bit_rate(Math.max(100_000L, (long) width * height * 4));
        AVDictionary options = new AVDictionary(null);
        avutil.av_dict_set(options, "rc_mode", "bitrate", 0);
        FfmpegLog.forget();
        int code = avcodec.avcodec_open2(context, codec, options);
        avutil.av_dict_free(options);
        if (code < 0) {
            close();
            throw new VideoException(
                    "expected H.264 for " + width + "x" + height + ", found " + FfmpegLog.reason(code));
        }
    }

    AVCodecContext context() {
        return context;
    }

    /**
     * Encodes a picture.
     *
     * @param picture YUV420P of the encoder's size; may be closed at once
     * @param keyFrame whether it must be one
     * @param packet takes the result
     */
    void encode(Picture picture, boolean keyFrame, AVPacket packet) throws VideoException {
        if (picture.format() != PixelFormat.YUV420P
                || picture.width() != context.width()
                || picture.height() != context.height()
                || !AvPictures.isAligned(picture)) {
            throw new VideoException("expected an aligned YUV420P picture of " + context.width() + "x"
                    + context.height() + ", found " + picture.format() + " " + picture.width() + "x"
                    + picture.height());
        }
        AVFrame frame = AvPictures.borrow(picture);
        try {
            frame.pts(count++).duration(1);
            frame.pict_type(keyFrame ? avutil.AV_PICTURE_TYPE_I : avutil.AV_PICTURE_TYPE_NONE);
            FfmpegLog.forget();
            check(avcodec.avcodec_send_frame(context, frame));
            check(avcodec.avcodec_receive_packet(context, packet));
        } finally {
            avutil.av_frame_free(frame);
        }
    }

    private void check(int code) throws VideoException {
        if (code < 0) {
            throw new VideoException(
                    "expected a packet of H.264 for picture " + (count - 1) + ", found " + FfmpegLog.reason(code));
        }
    }

    @Override
    public void close() {
        avcodec.avcodec_free_context(context);
    }
}
