package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.FfmpegLog;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVSubtitle;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Text subtitles in another codec, at their own times. */
final class SubtitleConversion implements PacketRoute {
    private static final int MAX_BYTES = 1 << 20;

    private final Rational unit;
    private final AVCodecContext decoder;
    private final AVCodecContext encoder;
    private final BytePointer buffer = new BytePointer(MAX_BYTES);
    private final AVSubtitle subtitle = new AVSubtitle();
    private final AVPacket encoded = avcodec.av_packet_alloc();
    private PacketSink sink;

    /** @throws VideoException if one of the codecs does not take such text */
    SubtitleConversion(AVStream from, String codec) throws VideoException {
        unit = Ffmpeg.rational(from.time_base());
        AVCodec reader = avcodec.avcodec_find_decoder(from.codecpar().codec_id());
        AVCodec writer = avcodec.avcodec_find_encoder_by_name(codec);
        decoder = avcodec.avcodec_alloc_context3(reader);
        encoder = avcodec.avcodec_alloc_context3(writer);
        boolean opened = false;
        try {
            avcodec.avcodec_parameters_to_context(decoder, from.codecpar());
            decoder.pkt_timebase(from.time_base());
            FfmpegLog.forget();
            check("subtitles that FFmpeg decodes", avcodec.avcodec_open2(decoder, reader, (AVDictionary) null));
            encoder.time_base().num(1).den(1000);
            copyHeader();
            check("subtitles that " + codec + " encodes", avcodec.avcodec_open2(encoder, writer, (AVDictionary) null));
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    /** Styles, which each context frees for itself. */
    private void copyHeader() {
        int size = decoder.subtitle_header_size();
        if (size > 0) {
            Pointer copy = avutil.av_mallocz(size + 1L);
            Pointer.memcpy(copy, decoder.subtitle_header(), size);
            encoder.subtitle_header(new BytePointer(copy)).subtitle_header_size(size);
        }
    }

    AVCodecContext encoder() {
        return encoder;
    }

    void writeTo(PacketSink target) {
        sink = target;
    }

    @Override
    public void write(AVPacket packet) throws VideoException {
        int[] found = {0};
        int code = avcodec.avcodec_decode_subtitle2(decoder, subtitle, found, packet);
        if (code < 0 || found[0] == 0) {
            return; // a damaged text, or a pause
        }
        try {
            if (subtitle.num_rects() > 0 && packet.pts() != PictureClock.UNKNOWN) {
                encode(packet);
            }
        } finally {
            avcodec.avsubtitle_free(subtitle);
        }
    }

    private void encode(AVPacket packet) throws VideoException {
        long start = Math.max(0, packet.pts());
        long duration = packet.pts() + packet.duration() - start;
        if (duration <= 0 && packet.pts() < 0) {
            return;
        }
        subtitle.start_display_time(0);
        FfmpegLog.forget();
        int size = avcodec.avcodec_encode_subtitle(encoder, buffer, MAX_BYTES, subtitle);
        check("a subtitle that can be encoded", size);
        if (size == 0) {
            return;
        }
        check("memory for a subtitle", avcodec.av_new_packet(encoded, size));
        Pointer.memcpy(encoded.data(), buffer, size);
        encoded.pts(start).dts(start).duration(Math.max(0, duration));
        encoded.flags(encoded.flags() | avcodec.AV_PKT_FLAG_KEY);
        sink.write(encoded, unit);
    }

    private static void check(String expected, int code) throws VideoException {
        if (code < 0) {
            throw new VideoException("expected " + expected + ", found " + FfmpegLog.reason(code));
        }
    }

    @Override
    public void close() {
        avcodec.av_packet_free(encoded);
        avcodec.avcodec_free_context(decoder);
        avcodec.avcodec_free_context(encoder);
        subtitle.close();
        buffer.close();
    }
}
