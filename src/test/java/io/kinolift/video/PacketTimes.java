package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.frame.Rational;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;

/**
 * The times of a file's first stream as FFmpeg's demuxer gives them, in order of display.
 *
 * @param tick seconds per unit
 * @param lastDuration 0 if the container does not say it
 */
public record PacketTimes(Rational tick, List<Long> pts, long lastDuration) {
    public static PacketTimes of(Path file) {
        Ffmpeg.quiet();
        AVFormatContext context = new AVFormatContext(null);
        // A short file of MPEG-TS is not recognized as one.
        AVInputFormat format = file.toString().endsWith(".ts") ? avformat.av_find_input_format("mpegts") : null;
        if (avformat.avformat_open_input(context, "file:" + file, format, (AVDictionary) null) < 0
                || avformat.avformat_find_stream_info(context, (AVDictionary) null) < 0) {
            throw new AssertionError("expected a video at " + file);
        }
        AVPacket packet = avcodec.av_packet_alloc();
        List<Long> pts = new ArrayList<>();
        long lastDuration = 0;
        while (avformat.av_read_frame(context, packet) >= 0) {
            if (packet.stream_index() == 0) {
                pts.add(packet.pts());
                lastDuration = packet.duration();
            }
            avcodec.av_packet_unref(packet);
        }
        Rational tick = Ffmpeg.rational(context.streams(0).time_base());
        avcodec.av_packet_free(packet);
        avformat.avformat_close_input(context);
        return new PacketTimes(tick, pts, lastDuration);
    }
}
