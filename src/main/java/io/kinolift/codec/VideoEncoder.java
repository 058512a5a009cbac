package io.kinolift.codec;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;

/**
 * The encoder of a video file. It counts frames at the nominal rate, so that no encoder gets a time base that it cannot
 * write, or takes a variable rate for a change of motion. Real times are put on its packets afterwards.
 */
final class VideoEncoder implements AutoCloseable {
    private final VideoSettings settings;
    private final AVCodec codec;
    private final PixelFormat inside;
    private final AVCodecContext context;
    private long count;

    /** @throws VideoException if there is no such encoder, or it cannot take such pictures */
    VideoEncoder(VideoSettings settings, boolean globalHeader) throws VideoException {
        this.settings = settings;
        codec = find(settings.videoCodec());
        requireSize();
        inside = inside();
        context = avcodec.avcodec_alloc_context3(codec);
        configure(globalHeader);
        AVDictionary options = options();
        int code = avcodec.avcodec_open2(context, codec, options);
        avutil.av_dict_free(options);
        if (code < 0) {
            avcodec.avcodec_free_context(context);
            throw new VideoException("expected " + settings.videoCodec() + " to encode " + inside + " "
                    + settings.width() + "x" + settings.height() + ", found " + Ffmpeg.error(code));
        }
    }

    private static AVCodec find(String name) throws VideoException {
        Ffmpeg.quiet();
        AVCodec codec = avcodec.avcodec_find_encoder_by_name(name.equals("h264") ? "libopenh264" : name);
        if (codec == null) {
            var descriptor = avcodec.avcodec_descriptor_get_by_name(name);
            codec = descriptor == null ? null : avcodec.avcodec_find_encoder(descriptor.id());
        }
        if (codec == null || codec.type() != avutil.AVMEDIA_TYPE_VIDEO) {
            throw new VideoException("expected a video encoder of FFmpeg, found \"" + name + "\"");
        }
        return codec;
    }

    private boolean isOpenH264() {
        return codec.name().getString().equals("libopenh264");
    }

    private void requireSize() throws VideoException {
        if (isOpenH264() && (settings.width() % 2 != 0 || settings.height() % 2 != 0)) {
            throw new VideoException("expected an even width and height for h264, found " + settings.width() + "x"
                    + settings.height() + " (--video-codec ffv1 and a name ending in .mkv can hold it)");
        }
    }

    /** The picture's own format if the encoder has it, else one with the same samples in another order. */
    private PixelFormat inside() throws VideoException {
        for (PixelFormat format : new PixelFormat[] {
            settings.pixelFormat(), PixelFormat.YUV420P, PixelFormat.NV12, PixelFormat.RGB24, PixelFormat.BGR24
        }) {
            if (Interleaving.exists(settings.pixelFormat(), format) && takes(format)) {
                return format;
            }
        }
        throw new VideoException("expected a pixel format that " + settings.videoCodec() + " encodes, found "
                + settings.pixelFormat() + " (--video-codec ffv1 and a name ending in .mkv, or av1 and .mp4, holds grey"
                + " and all YUV of 8 and 10 bits)");
    }

    private boolean takes(PixelFormat format) {
        IntPointer formats = codec.pix_fmts();
        for (int i = 0; formats != null && formats.get(i) != avutil.AV_PIX_FMT_NONE; i++) {
            if (formats.get(i) == Ffmpeg.number(format)) {
                return true;
            }
        }
        return formats == null;
    }

    private void configure(boolean globalHeader) {
        context.width(settings.width()).height(settings.height()).pix_fmt(Ffmpeg.number(inside));
        // MPEG-4 counts time in 16 bits.
        Ffmpeg.set(context.framerate(), settings.frameRate(), 65_535);
        context.time_base().num(context.framerate().den());
        context.time_base().den(context.framerate().num());
        Ffmpeg.set(context.sample_aspect_ratio(), settings.sampleAspectRatio(), 65_535);
        Ffmpeg.setColour(context, settings.colour());
        context.max_b_frames(0);
        context.thread_count(settings.threads());
        // Threads that work on several frames would keep pictures longer than the caller allows.
        context.thread_type(AVCodecContext.FF_THREAD_SLICE);
        context.strict_std_compliance(avcodec.FF_COMPLIANCE_UNOFFICIAL);
        if (globalHeader) {
            context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE);
        context.global_quality(settings.quality() * avutil.FF_QP2LAMBDA);
    }

    private AVDictionary options() {
        AVDictionary options = new AVDictionary(null);
        switch (codec.name().getString()) {
            case "libopenh264" -> {
                // The only way to a constant quality here: rate control with nothing left to control.
                context.qmin(quantiser()).qmax(quantiser());
                // With as many threads as slices it moves their borders by the time they took, so every file would
                // differ.
                context.bit_rate(bitsPerSecond()).slices(settings.threads() == 1 ? 1 : 2 * settings.threads());
                context.gop_size(250);
                avutil.av_dict_set(options, "rc_mode", "bitrate", 0);
            }
            case "libvpx", "libvpx-vp9" -> {
                avutil.av_dict_set(options, "deadline", "realtime", 0);
                avutil.av_dict_set(options, "cpu-used", "8", 0);
                avutil.av_dict_set(options, "row-mt", "1", 0);
                avutil.av_dict_set(options, "crf", Integer.toString(Math.min(63, 14 + 2 * settings.quality())), 0);
            }
            case "libaom-av1" -> {
                avutil.av_dict_set(options, "usage", "realtime", 0);
                avutil.av_dict_set(options, "cpu-used", "8", 0);
                avutil.av_dict_set(options, "crf", Integer.toString(Math.min(63, 14 + 2 * settings.quality())), 0);
            }
            case "ffv1" -> {
                avutil.av_dict_set(options, "level", "3", 0);
                context.gop_size(1);
            }
            default -> {}
        }
        return options;
    }

    /** H.264's quantiser of the step size that MPEG's qscale has: it doubles every 6. */
    private int quantiser() {
        return (int) Math.round(6 * Math.log(2 * settings.quality() / 0.625) / Math.log(2)) + 2;
    }

    private long bitsPerSecond() {
        double pixels = (double) settings.width()
                * settings.height()
                * settings.frameRate().toDouble();
        return (long) Math.clamp(pixels, 100_000, 240_000_000);
    }

    AVCodecContext context() {
        return context;
    }

    /** Hands over the next picture; null says that there are no more. */
    void send(Picture picture) throws VideoException {
        AVFrame frame = picture == null ? null : toFrame(picture);
        int code = avcodec.avcodec_send_frame(context, frame);
        if (frame != null) {
            avutil.av_frame_free(frame);
        }
        if (code < 0) {
            throw new VideoException("expected " + settings.videoCodec() + " to encode frame " + (count - 1)
                    + ", found " + Ffmpeg.error(code));
        }
    }

    private AVFrame toFrame(Picture picture) throws VideoException {
        if (picture.format() != settings.pixelFormat()
                || picture.width() != settings.width()
                || picture.height() != settings.height()) {
            throw new VideoException("expected pictures of " + settings.pixelFormat() + " " + settings.width() + "x"
                    + settings.height() + ", found " + picture.format() + " " + picture.width() + "x"
                    + picture.height());
        }
        boolean delays = (codec.capabilities() & avcodec.AV_CODEC_CAP_DELAY) != 0;
        AVFrame frame = picture.format() == inside && AvPictures.isAligned(picture) && !delays
                ? AvPictures.borrow(picture)
                : copy(picture);
        Ffmpeg.setColour(frame, settings.colour());
        frame.pts(count++);
        frame.duration(1);
        frame.quality(context.global_quality());
        return frame;
    }

    private AVFrame copy(Picture picture) {
        AVFrame frame = AvPictures.allocateFrame(Ffmpeg.number(inside), settings.width(), settings.height());
        // The view is never closed: the frame goes on to the encoder.
        Interleaving.move(picture, AvPictures.wrap(frame, inside));
        return frame;
    }

    @Override
    public void close() {
        avcodec.avcodec_free_context(context);
    }
}
