package io.kinolift.codec;

import io.kinolift.codec.FrameCodecException.Reason;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.Interleaving;
import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** JPEG, PNG and FFV1. One context serves all frames: with one thread and intra frames it carries nothing over. */
final class AvFrameEncoder implements FrameEncoder {
    private final FrameFormat format;
    private final EncoderSettings settings;
    private final Inside inside;
    /** Holds the samples in the codec's order if the pictures have another one, or lie where it cannot read them. */
    private Picture scratch;

    private AVCodecContext context;
    private AVPacket packet;
    /** FFmpeg wants times that grow; they are not in the bytes. */
    private long count;

    AvFrameEncoder(FrameFormat format, EncoderSettings settings) throws FrameCodecException {
        this.format = format;
        this.settings = settings;
        this.inside = Inside.of(format.codec(), format.pixelFormat()).orElseThrow();
        AVCodec codec = avcodec.avcodec_find_encoder(Ffmpeg.codecNumber(format.codec()));
        context = avcodec.avcodec_alloc_context3(codec);
        packet = avcodec.av_packet_alloc();
        configure();
        AVDictionary options = options();
        int code = avcodec.avcodec_open2(context, codec, options);
        avutil.av_dict_free(options);
        if (code < 0) {
            close();
            throw failed(code);
        }
    }

    private void configure() {
        context.thread_count(1);
        context.width(format.width()).height(format.height()).pix_fmt(inside.number());
        context.time_base().num(1).den(25);
        context.gop_size(1);
        // By its standard, JPEG is full range. Limited range travels unchanged, with a mark that FFmpeg understands.
        context.strict_std_compliance(avcodec.FF_COMPLIANCE_UNOFFICIAL);
        Ffmpeg.setColour(context, format.colour());
        if (format.codec() == Codec.JPEG) {
            context.flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE);
            context.global_quality(settings.quality() * avutil.FF_QP2LAMBDA);
            context.qmin(1);
        }
    }

    private AVDictionary options() {
        AVDictionary options = new AVDictionary(null);
        switch (format.codec()) {
            case JPEG -> {
                if (settings.reproducible()) {
                    avutil.av_dict_set(options, "dct", "int", 0);
                }
            }
            case PNG -> avutil.av_dict_set(options, "pred", "paeth", 0);
            case FFV1 -> {
                avutil.av_dict_set(options, "level", "3", 0);
                // Slices bound the damage, but a slice needs a few samples of every plane.
                boolean tiny = Math.min(format.width(), format.height()) < 16;
                avutil.av_dict_set(options, "slices", tiny ? "1" : "4", 0);
                avutil.av_dict_set(options, "slicecrc", "1", 0);
            }
            case RAW, WEBP, BMP, TIFF, H264, HEVC, VP9, AV1 ->
                throw new IllegalStateException("expected a codec with an encoder of FFmpeg");
        }
        return options;
    }

    @Override
    public ByteBuffer encode(Picture picture, PayloadBuffer target) throws FrameCodecException {
        requireFormat(format, picture);
        AVFrame frame = AvPictures.borrow(readable(picture));
        try {
            frame.format(inside.number());
            Ffmpeg.setColour(frame, format.colour());
            frame.pts(count++);
            frame.pict_type(avutil.AV_PICTURE_TYPE_I);
            frame.quality(context.global_quality());
            check(avcodec.avcodec_send_frame(context, frame));
            check(avcodec.avcodec_receive_packet(context, packet));
            return payload(target);
        } finally {
            avcodec.av_packet_unref(packet);
            avutil.av_frame_free(frame);
        }
    }

    private Picture readable(Picture picture) {
        if (picture.format() == inside.format() && !inside.swapped() && AvPictures.isAligned(picture)) {
            return picture;
        }
        if (scratch == null) {
            scratch = new AvPictures().allocate(inside.format(), format.width(), format.height());
        }
        Interleaving.move(picture, scratch);
        if (inside.swapped()) {
            Interleaving.swapBytes(scratch);
        }
        return scratch;
    }

    private ByteBuffer payload(PayloadBuffer target) {
        ByteBuffer frame = bytes(packet.data().address(), packet.size());
        if (format.codec() != Codec.FFV1) {
            return target.room(frame.remaining()).put(frame).flip();
        }
        ByteBuffer configuration = bytes(context.extradata().address(), context.extradata_size());
        Ffv1Payload payload = new Ffv1Payload(format.width(), format.height(), configuration, frame);
        return payload.write(target.room(payload.bytes())).flip();
    }

    private static ByteBuffer bytes(long address, int size) {
        return MemorySegment.ofAddress(address).reinterpret(size).asByteBuffer();
    }

    private void check(int code) throws FrameCodecException {
        if (code < 0) {
            throw failed(code);
        }
    }

    private FrameCodecException failed(int code) {
        return new FrameCodecException(
                Reason.ENCODER_FAILED, "expected to encode " + format + ", found " + Ffmpeg.error(code));
    }

    static void requireFormat(FrameFormat expected, Picture picture) throws FrameCodecException {
        if (picture.format() != expected.pixelFormat()
                || picture.width() != expected.width()
                || picture.height() != expected.height()) {
            throw new FrameCodecException(
                    Reason.WRONG_FORMAT,
                    "expected a picture of " + expected + ", found " + picture.format() + " " + picture.width() + "x"
                            + picture.height());
        }
    }

    @Override
    public void close() {
        if (context != null) {
            avcodec.avcodec_free_context(context);
            avcodec.av_packet_free(packet);
            context = null;
        }
        if (scratch != null) {
            scratch.close();
            scratch = null;
        }
    }
}
