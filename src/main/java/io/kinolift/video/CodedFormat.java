package io.kinolift.video;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVCodecParserContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/** The format of pictures that are not decoded: the container's word at first, then that of FFmpeg's parser. */
final class CodedFormat implements AutoCloseable {
    private final Source source;
    private final AVCodecParserContext parser;
    private final AVCodecContext context = avcodec.avcodec_alloc_context3(null);
    /** FFmpeg's parsers read a little beyond the end, which packets allow. */
    private final AVPacket padded = avcodec.av_packet_alloc();

    private FrameFormat current;

    private CodedFormat(Source source, AVStream stream, FrameFormat stated) {
        this.source = source;
        this.current = stated;
        avcodec.avcodec_parameters_to_context(context, stream.codecpar());
        parser = avcodec.av_parser_init(stream.codecpar().codec_id());
        if (parser != null) {
            parser.flags(parser.flags() | AVCodecParserContext.PARSER_FLAG_COMPLETE_FRAMES);
        }
    }

    /** @throws VideoException if such pictures cannot be passed on */
    static CodedFormat of(Source source, MediaInput input, AVStream stream) throws VideoException {
        AVCodecParameters stated = stream.codecpar();
        Codec codec = codec(stated.codec_id());
        PixelFormat pixels = Ffmpeg.pixelFormat(stated.format());
        if (codec == null) {
            throw refused(
                    source,
                    "H.264, HEVC, VP9 or AV1",
                    avcodec.avcodec_get_name(stated.codec_id()).getString());
        }
        if (input.isWithoutTimes()) {
            throw refused(source, "a container with times", "a raw stream");
        }
        if (pixels == null) {
            throw refused(source, "pictures of a known format", Ffmpeg.pixelFormatName(stated.format()));
        }
        requireProgressive(source, stated.field_order());
        return new CodedFormat(
                source,
                stream,
                new FrameFormat(
                        codec, pixels, stated.width(), stated.height(), aspect(input, stream), colour(stated, pixels)));
    }

    private static Codec codec(int number) {
        return switch (number) {
            case avcodec.AV_CODEC_ID_H264 -> Codec.H264;
            case avcodec.AV_CODEC_ID_HEVC -> Codec.HEVC;
            case avcodec.AV_CODEC_ID_VP9 -> Codec.VP9;
            case avcodec.AV_CODEC_ID_AV1 -> Codec.AV1;
            default -> null;
        };
    }

    private static Rational aspect(MediaInput input, AVStream stream) {
        return Ffmpeg.rational(avformat.av_guess_sample_aspect_ratio(input.context(), stream, null));
    }

    private static Colour colour(AVCodecParameters stated, PixelFormat pixels) {
        AVFrame like = AvPictures.newFrame();
        try {
            like.format(stated.format())
                    .color_range(stated.color_range())
                    .colorspace(stated.color_space())
                    .color_primaries(stated.color_primaries())
                    .color_trc(stated.color_trc())
                    .chroma_location(stated.chroma_location());
            return ChromaDefault.in(Ffmpeg.colour(like), pixels, stated.codec_id());
        } finally {
            avutil.av_frame_free(like);
        }
    }

    Codec codec() {
        return current.codec();
    }

    FrameFormat current() {
        return current;
    }

    /** Looks whether the size has changed. Only a key frame may change it. */
    void see(ByteBuffer payload, boolean key) throws VideoException {
        if (parser == null || !key) {
            return;
        }
        int size = payload.remaining();
        if (avcodec.av_new_packet(padded, size) < 0) {
            throw new OutOfMemoryError("no native memory for a packet of " + size + " bytes");
        }
        try (BytePointer out = new BytePointer((BytePointer) null);
                IntPointer outSize = new IntPointer(1)) {
            MemorySegment.ofAddress(padded.data().address())
                    .reinterpret(size)
                    .copyFrom(MemorySegment.ofBuffer(payload));
            avcodec.av_parser_parse2(
                    parser,
                    context,
                    out,
                    outSize,
                    padded.data(),
                    size,
                    avutil.AV_NOPTS_VALUE,
                    avutil.AV_NOPTS_VALUE,
                    0);
        } finally {
            avcodec.av_packet_unref(padded);
        }
        requireProgressive(source, parser.field_order());
        PixelFormat pixels = parser.format() < 0 ? null : Ffmpeg.pixelFormat(parser.format());
        boolean sized = parser.width() > 0 && parser.height() > 0;
        if (sized
                && pixels != null
                && (parser.width() != current.width()
                        || parser.height() != current.height()
                        || pixels != current.pixelFormat())) {
            current = current.withPicture(pixels, parser.width(), parser.height());
        }
    }

    private static void requireProgressive(Source source, int order) throws VideoException {
        if (order != avcodec.AV_FIELD_UNKNOWN && order != avcodec.AV_FIELD_PROGRESSIVE) {
            throw refused(source, "progressive pictures", "interlaced ones");
        }
    }

    private static VideoException refused(Source source, String expected, String found) {
        return new VideoException(source + ": expected " + expected + " for --frame-codec copy, found " + found);
    }

    @Override
    public void close() {
        if (parser != null) {
            avcodec.av_parser_close(parser);
        }
        avcodec.av_packet_free(padded);
        avcodec.avcodec_free_context(context);
    }
}
