package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.FfmpegLog;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;

/**
 * One stream of a file that is being written. Packets come in order of time, so they are written at once: FFmpeg's own
 * queue would wait for the next packet of every stream, and subtitles may have none for an hour.
 */
final class PacketSink {
    private final AVFormatContext output;
    private final AVStream stream;
    /** MXF and GXF can only be written through the queue. */
    private final boolean queued;

    private long last = PictureClock.UNKNOWN;

    PacketSink(AVFormatContext output, AVStream stream) {
        this.output = output;
        this.stream = stream;
        String container = output.oformat().name().getString();
        queued = container.startsWith("mxf") || container.equals("gxf");
    }

    AVStream stream() {
        return stream;
    }

    /** @param packet is empty afterwards */
    void write(AVPacket packet, Rational unit) throws VideoException {
        try (AVRational from = new AVRational()) {
            Ffmpeg.set(from, unit, Integer.MAX_VALUE);
            avcodec.av_packet_rescale_ts(packet, from, stream.time_base());
        }
        keepOrder(packet);
        writeAsTimed(packet);
    }

    /** @param packet in the stream's unit; is empty afterwards */
    void writeAsTimed(AVPacket packet) throws VideoException {
        packet.stream_index(stream.index()).pos(-1);
        FfmpegLog.forget();
        int code =
                queued ? avformat.av_interleaved_write_frame(output, packet) : avformat.av_write_frame(output, packet);
        avcodec.av_packet_unref(packet);
        if (code < 0) {
            throw new VideoException(
                    "expected to write a packet of stream " + stream.index() + ", found " + FfmpegLog.reason(code));
        }
    }

    /** Containers refuse times that do not grow, which files that were joined or cut may have. */
    private void keepOrder(AVPacket packet) {
        if (packet.dts() == PictureClock.UNKNOWN) {
            return;
        }
        long least = last == PictureClock.UNKNOWN ? packet.dts() : last + 1;
        if (packet.dts() < least) {
            packet.pts(Math.max(packet.pts(), least)).dts(least);
        }
        last = packet.dts();
    }
}
