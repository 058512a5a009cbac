package io.kinolift.codec.group;

import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Options that make an encoder return the packet of each picture at once, depend on the pictures alone, and keep a
 * quality. Each encoder has its own words for that.
 *
 * @param quality FFmpeg's qscale, 1 (best) to 31
 */
record GroupTuning(GroupEncoding encoding, int quality) {
    /** A group ends before the encoder would begin another one by itself. */
    private static final int ENDLESS = 1 << 20;

    /** Most of the bits of openh264 for a constant quality, where rate control has nothing left to control. */
    private static final long MOST_BITS = 240_000_000;

    private static final int MOST_H264 = 51;
    private static final int MOST_VP9 = 63;

    /** Sets what an encoder is told by numbers of the context. */
    void configure(AVCodecContext context) {
        // More threads would part pictures by how long they take, or hold some back.
        context.thread_count(1);
        context.slices(1);
        context.max_b_frames(0);
        context.gop_size(ENDLESS);
        if (encoding.bitrate() > 0) {
            context.bit_rate(encoding.bitrate());
            // Without pictures to look ahead at, SVT-AV1 knows a constant bitrate only, which FFmpeg takes this for.
            context.rc_max_rate(encoding.bitrate());
        } else if (encoding.encoder().equals("libopenh264")) {
            context.qmin(h264()).qmax(h264()).bit_rate(MOST_BITS);
        }
        if (isHardware()) {
            context.global_quality(h264() * avutil.FF_QP2LAMBDA);
        }
    }

    /** Options of the encoder; the caller frees them. */
    AVDictionary options() {
        Map<String, String> options = new TreeMap<>();
        boolean constant = encoding.bitrate() == 0;
        switch (encoding.encoder()) {
            case "libopenh264" -> {
                options.put("rc_mode", "bitrate");
                options.put("allow_skip_frames", "0");
            }
            case "libx264" -> {
                options.put("preset", "superfast");
                options.put("tune", "zerolatency");
                quality(options, constant, h264());
            }
            case "libx265" -> {
                options.put("preset", "superfast");
                options.put("tune", "zerolatency");
                options.put("x265-params", "log-level=error:pools=none:frame-threads=1");
                quality(options, constant, h264());
            }
            case "libvpx-vp9" -> {
                options.put("deadline", "realtime");
                options.put("cpu-used", "8");
                options.put("lag-in-frames", "0");
                options.put("auto-alt-ref", "0");
                quality(options, constant, vp9());
            }
            case "libaom-av1" -> {
                options.put("usage", "realtime");
                options.put("cpu-used", "8");
                options.put("lag-in-frames", "0");
                quality(options, constant, vp9());
            }
            case "libsvtav1" -> {
                options.put("preset", "10");
                options.put("svtav1-params", "pred-struct=1:lookahead=0:lp=1:scd=0");
                quality(options, constant, vp9());
            }
            default -> atOnce(options);
        }
        AVDictionary dictionary = new AVDictionary(null);
        options.forEach((name, value) -> avutil.av_dict_set(dictionary, name, value, 0));
        return dictionary;
    }

    /** What encoders in hardware call a packet for each picture at once. */
    private void atOnce(Map<String, String> options) {
        if (encoding.encoder().endsWith("_nvenc")) {
            options.putAll(Map.of("delay", "0", "zerolatency", "1", "forced-idr", "1"));
        } else if (encoding.encoder().endsWith("_qsv")) {
            options.put("async_depth", "1");
        }
    }

    private boolean isHardware() {
        return encoding.encoder().matches(".*_(nvenc|qsv|amf|v4l2m2m|videotoolbox|mf)");
    }

    private static void quality(Map<String, String> options, boolean constant, int value) {
        if (constant) {
            options.put("crf", Integer.toString(value));
        }
    }

    /** H.264's quantiser of the step size that MPEG's qscale has: it doubles every 6. */
    private int h264() {
        return (int) Math.clamp(Math.round(6 * Math.log(2 * quality / 0.625) / Math.log(2)) + 2, 0, MOST_H264);
    }

    /** The same on the scale of VP9 and AV1. */
    private int vp9() {
        return h264() * MOST_VP9 / MOST_H264;
    }
}
