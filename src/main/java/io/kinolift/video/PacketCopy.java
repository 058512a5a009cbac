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
    private static final int SKIP_SAMPLES_BYTES = 10;

    private final Rational unit;
    private final PacketSink sink;
    private final AudioEdges edges;
    private final boolean sparse;
    private final boolean statesPadding;
    private final int frameSamples;
    private final int sampleRate;

    PacketCopy(AVStream from, PacketSink sink) {
        this(from, AudioEdges.NONE, false, sink);
    }

    /**
     * For sound.
     *
     * @param statesPadding whether the container has another way than durations to say where the last packet ends
     */
    PacketCopy(AVStream from, AudioEdges edges, boolean statesPadding, PacketSink sink) {
        this.statesPadding = statesPadding;
        frameSamples = from.codecpar().frame_size();
        sampleRate = Math.max(1, from.codecpar().sample_rate());
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
        if (edges.end() != Long.MAX_VALUE) {
            packet.duration(Math.min(packet.duration(), edges.end() - pts));
        }
        // The new container has its own way to say what is not heard.
        packet.flags(packet.flags() & ~avcodec.AV_PKT_FLAG_DISCARD);
        forgetPriming(packet);
        if (statesPadding && pts + packet.duration() >= edges.end()) {
            statePadding(packet);
        }
        return true;
    }

    /** Says how much of the last packet is not heard: Matroska keeps no durations of sound. */
    private void statePadding(AVPacket packet) {
        long padding = frameSamples - Ticks.nearest(packet.duration(), unit, Rational.of(1, sampleRate));
        if (padding > 0) {
            BytePointer data =
                    avcodec.av_packet_new_side_data(packet, avcodec.AV_PKT_DATA_SKIP_SAMPLES, SKIP_SAMPLES_BYTES);
            new IntPointer(data).put(0, 0).put(1, (int) padding);
            data.put(8, (byte) 0).put(9, (byte) 0);
        }
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
