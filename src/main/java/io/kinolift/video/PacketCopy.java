package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.SizeTPointer;

/** Packets that stay as they are. */
final class PacketCopy implements PacketRoute {
    private final Rational unit;
    private final PacketSink sink;
    private final AudioEdges edges;
    private final boolean sparse;

    PacketCopy(AVStream from, AudioEdges edges, PacketSink sink) {
        this.unit = Ffmpeg.rational(from.time_base());
        this.edges = edges;
        this.sink = sink;
        int type = from.codecpar().codec_type();
        sparse = type != avutil.AVMEDIA_TYPE_AUDIO && type != avutil.AVMEDIA_TYPE_VIDEO;
    }

    @Override
    public void write(AVPacket packet) throws VideoException {
        if (sparse ? beginsAtZero(packet) : isHeard(packet)) {
            sink.write(packet, unit);
        }
    }

    /** No container wants subtitles before its beginning. */
    private static boolean beginsAtZero(AVPacket packet) {
        if (packet.pts() != PictureClock.UNKNOWN && packet.pts() < 0) {
            packet.duration(packet.duration() + packet.pts()).pts(0).dts(0);
            return packet.duration() > 0;
        }
        if (packet.dts() == PictureClock.UNKNOWN) {
            packet.dts(packet.pts());
        }
        return true;
    }

    private boolean isHeard(AVPacket packet) {
        long pts = packet.pts();
        if (pts == PictureClock.UNKNOWN || edges.equals(AudioEdges.NONE)) {
            return true;
        }
        if (pts < edges.first() || pts >= edges.end()) {
            return false;
        }
        packet.duration(Math.min(packet.duration(), edges.end() - pts));
        // The new container has its own way to say what is not heard.
        packet.flags(packet.flags() & ~avcodec.AV_PKT_FLAG_DISCARD);
        forgetPriming(packet);
        return true;
    }

    private static void forgetPriming(AVPacket packet) {
        try (SizeTPointer size = new SizeTPointer(1)) {
            BytePointer data = avcodec.av_packet_get_side_data(packet, avcodec.AV_PKT_DATA_SKIP_SAMPLES, size);
            if (data != null && !data.isNull()) {
                new IntPointer(data).put(0, 0);
            }
        }
    }
}
