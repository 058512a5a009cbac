package io.kinolift.video;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** How fast and how well an encoder works: our quality in each encoder's own terms. */
final class EncoderTuning {
    private final AVCodec codec;
    private final VideoSettings settings;
    private final AVCodecContext context;
    private final boolean alpha;

    /** @param context with the size of the pictures */
    EncoderTuning(AVCodec codec, VideoSettings settings, AVCodecContext context, boolean alpha) {
        this.codec = codec;
        this.settings = settings;
        this.context = context;
        this.alpha = alpha;
    }

    /** Sets what is said by numbers of the context. */
    void configure() {
        if (settings.encoder().bitrate() == 0) {
            context.flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE);
            context.global_quality(globalQuality() * avutil.FF_QP2LAMBDA);
        }
    }

    /** Options of the encoder; some go into the context too. The caller frees them. */
    AVDictionary options() {
        AVDictionary options = new AVDictionary(null);
        long bitrate = settings.encoder().bitrate();
        if (bitrate > 0) {
            context.bit_rate(bitrate);
        }
        switch (codec.name().getString()) {
            case "libopenh264" -> {
                if (bitrate == 0) {
                    // The only way to a constant quality here: rate control with nothing left to control.
                    context.qmin(quantiser()).qmax(quantiser()).bit_rate(bitsPerSecond());
                }
                // With as many threads as slices it moves their borders by the time they took, so every file would
                // differ.
                context.slices(settings.threads() == 1 ? 1 : 2 * settings.threads());
                context.gop_size(250);
                avutil.av_dict_set(options, "rc_mode", "bitrate", 0);
            }
            case "libvpx", "libvpx-vp9" -> {
                avutil.av_dict_set(options, "deadline", "realtime", 0);
                avutil.av_dict_set(options, "cpu-used", "8", 0);
                avutil.av_dict_set(options, "row-mt", "1", 0);
                if (alpha) {
                    avutil.av_dict_set(options, "auto-alt-ref", "0", 0);
                }
                setCrf(options);
            }
            case "libaom-av1" -> {
                avutil.av_dict_set(options, "usage", "realtime", 0);
                avutil.av_dict_set(options, "cpu-used", "8", 0);
                setCrf(options);
            }
            case "ffv1" -> {
                avutil.av_dict_set(options, "level", "3", 0);
                context.gop_size(1);
            }
            default -> {}
        }
        return options;
    }

    /** Constant quality, where no bitrate was asked for. */
    private void setCrf(AVDictionary options) {
        if (settings.encoder().bitrate() == 0) {
            avutil.av_dict_set(options, "crf", Integer.toString(Math.min(63, 14 + 2 * settings.quality())), 0);
        }
    }

    /** H.264's quantiser of the step size that MPEG's qscale has: it doubles every 6. */
    private int quantiser() {
        return (int) Math.round(6 * Math.log(2 * settings.quality() / 0.625) / Math.log(2)) + 2;
    }

    private long bitsPerSecond() {
        double pixels = (double) context.width()
                * context.height()
                * settings.frameRate().toDouble();
        return (long) Math.clamp(pixels, 100_000, 240_000_000);
    }

    /** FFmpeg's qscale; WebP counts upward to 100, and encoders in hardware take H.264's quantiser. */
    private int globalQuality() {
        String name = codec.name().getString();
        if (name.startsWith("libwebp")) {
            return Math.max(1, 103 - 3 * settings.quality());
        }
        return name.matches("(h264|hevc)_.*") ? quantiser() : settings.quality();
    }
}
