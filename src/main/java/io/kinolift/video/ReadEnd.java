package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * How the reading of a container ended. FFmpeg takes a connection that was closed for the end of what was sent over it; so a
 * recording in the network that ends long before the time that it has itself named was cut off.
 */
final class ReadEnd {
    /** Lengths are stated by the tracks that are longest, and rounded. */
    private static final long TOLERANCE_MICROS = 2_000_000;

    private final long statedMicros;
    private long reachedMicros;
    private String breakage;

    /** @param inNetwork whether a connection may be lost; a file that is shorter than it says ends all the same */
    ReadEnd(AVFormatContext context, boolean inNetwork) {
        boolean isStated = inNetwork
                && context.duration() > 0
                && context.duration_estimation_method() != avformat.AVFMT_DURATION_FROM_BITRATE;
        statedMicros = isStated ? context.duration() : 0;
    }

    /** A packet was read, with its time on the clock that begins with 0. */
    void reach(AVPacket packet, AVRational timeBase) {
        long time = packet.dts() == PictureClock.UNKNOWN ? packet.pts() : packet.dts();
        if (statedMicros > 0 && time != PictureClock.UNKNOWN) {
            reachedMicros = Math.max(reachedMicros, Ffmpeg.micros(time, timeBase));
        }
    }

    /** FFmpeg gives nothing more. */
    void end(int code, AVFormatContext context) {
        int below = context.pb() == null ? 0 : context.pb().error();
        if (code != avutil.AVERROR_EOF()) {
            breakage = "reading failed: " + Ffmpeg.error(code);
        } else if (below < 0 && below != avutil.AVERROR_EOF()) {
            breakage = "reading failed: " + Ffmpeg.error(below);
        } else if (reachedMicros < statedMicros - TOLERANCE_MICROS) {
            breakage = String.format(
                    Locale.ROOT, "it ended after %.0f of %.0f s", reachedMicros / 1e6, statedMicros / 1e6);
        }
    }

    /** Why there was nothing more before the end; null otherwise. */
    String breakage() {
        return breakage;
    }
}
