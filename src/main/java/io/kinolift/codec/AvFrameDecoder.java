package io.kinolift.codec;

import io.kinolift.codec.FrameCodecException.Reason;
import io.kinolift.codec.image.ImageHeader;
import io.kinolift.codec.image.ImageHeaderException;
import io.kinolift.codec.image.ImageSize;
import io.kinolift.codec.image.TiffTags;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.Interleaving;
import io.kinolift.ffmpeg.SampleRange;
import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * All codecs but raw samples. FFmpeg's decoders keep Huffman tables, palettes and probability states from one frame to the
 * next, and flushing does not clear them. A damaged frame could therefore change the next one. To prevent this, each
 * frame gets a context of its own.
 */
final class AvFrameDecoder implements FrameDecoder {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final AvPictures pictures = new AvPictures();
    private final Codec codec;
    private final DecoderLimits limits;
    private final AVCodec decoder;
    private AVPacket packet;

    AvFrameDecoder(Codec codec, DecoderLimits limits) {
        this.codec = codec;
        this.limits = limits;
        this.decoder = avcodec.avcodec_find_decoder(Ffmpeg.codecNumber(codec));
        this.packet = avcodec.av_packet_alloc();
    }

    @Override
    public Picture decode(FrameFormat expected, ByteBuffer payload) throws FrameCodecException {
        FrameCodecs.requireDecodable(codec, expected.pixelFormat());
        FrameCodecs.requireAffordable(expected, limits);
        if (!payload.hasRemaining()) {
            throw new FrameCodecException(Reason.UNDECODABLE, "expected " + expected + ", found an empty payload");
        }
        Ffv1Payload ffv1 = codec == Codec.FFV1 ? Ffv1Payload.parse(payload) : null;
        requireSize(expected, statedSize(payload, ffv1));
        ByteBuffer bytes = switch (codec) {
            case FFV1 -> ffv1.frame();
            case TIFF -> TiffTags.withoutOthers(payload);
            default -> payload;
        };
        AVFrame frame = decodeAlone(expected, bytes, ffv1 == null ? NONE : ffv1.configuration());
        return toPicture(expected, frame);
    }

    private ImageSize statedSize(ByteBuffer payload, Ffv1Payload ffv1) throws FrameCodecException {
        ImageSize size = switch (codec) {
            case JPEG -> ImageSize.ofJpeg(payload);
            case PNG -> ImageSize.ofPng(payload);
            case FFV1 -> new ImageSize(ffv1.width(), ffv1.height());
            case WEBP, BMP, TIFF -> imageSize(payload);
            case RAW, H264, HEVC, VP9, AV1 ->
                throw new IllegalStateException("expected a codec whose frames decode alone, found " + codec);
        };
        if (size == null) {
            throw new FrameCodecException(
                    Reason.UNDECODABLE,
                    "expected " + codec + ", found " + payload.remaining() + " bytes without its header");
        }
        return size;
    }

    private ImageSize imageSize(ByteBuffer payload) throws FrameCodecException {
        try {
            FrameFormat stated = ImageHeader.read(payload);
            if (stated.codec() != codec) {
                throw new FrameCodecException(Reason.UNDECODABLE, "expected " + codec + ", found " + stated.codec());
            }
            return new ImageSize(stated.width(), stated.height());
        } catch (ImageHeaderException e) {
            throw new FrameCodecException(Reason.UNDECODABLE, e.getMessage());
        }
    }

    private void requireSize(FrameFormat expected, ImageSize found) throws FrameCodecException {
        FrameCodecs.requireAffordable(found.width(), found.height(), limits);
        if (found.width() != expected.width() || found.height() != expected.height()) {
            throw new FrameCodecException(
                    Reason.WRONG_FORMAT, "expected " + expected + ", found " + found.width() + "x" + found.height());
        }
    }

    private AVFrame decodeAlone(FrameFormat expected, ByteBuffer bytes, ByteBuffer configuration)
            throws FrameCodecException {
        AVCodecContext context = avcodec.avcodec_alloc_context3(decoder);
        AVFrame frame = AvPictures.newFrame();
        boolean decoded = false;
        try {
            open(context, expected, configuration);
            check(expected, avcodec.av_new_packet(packet, bytes.remaining()));
            MemorySegment.ofAddress(packet.data().address())
                    .reinterpret(bytes.remaining())
                    .copyFrom(MemorySegment.ofBuffer(bytes));
            check(expected, avcodec.avcodec_send_packet(context, packet));
            // Nothing follows, so a decoder that waits for more has no picture.
            avcodec.avcodec_send_packet(context, null);
            check(expected, avcodec.avcodec_receive_frame(context, frame));
            if (frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
                throw new FrameCodecException(Reason.UNDECODABLE, "expected " + expected + ", found a damaged frame");
            }
            decoded = true;
            return frame;
        } finally {
            avcodec.av_packet_unref(packet);
            avcodec.avcodec_free_context(context);
            if (!decoded) {
                avutil.av_frame_free(frame);
            }
        }
    }

    private void open(AVCodecContext context, FrameFormat expected, ByteBuffer configuration)
            throws FrameCodecException {
        context.thread_count(1);
        context.err_recognition(
                avcodec.AV_EF_CRCCHECK | avcodec.AV_EF_BITSTREAM | avcodec.AV_EF_BUFFER | avcodec.AV_EF_EXPLODE);
        // FFmpeg compares after rounding sizes up to its own alignment.
        context.max_pixels((expected.width() + 127L) * (expected.height() + 127L));
        if (codec == Codec.FFV1) {
            context.width(expected.width()).height(expected.height());
            Ffmpeg.setExtradata(context, configuration);
        }
        check(expected, avcodec.avcodec_open2(context, decoder, (AVDictionary) null));
    }

    private static void check(FrameFormat expected, int code) throws FrameCodecException {
        if (code < 0) {
            throw new FrameCodecException(
                    Reason.UNDECODABLE,
                    "expected " + expected + ", found bytes that do not decode (" + Ffmpeg.error(code) + ")");
        }
    }

    private Picture toPicture(FrameFormat expected, AVFrame frame) throws FrameCodecException {
        String foundName = Ffmpeg.pixelFormatName(frame.format()) + " " + frame.width() + "x" + frame.height();
        Picture result = null;
        if (frame.width() == expected.width() && frame.height() == expected.height()) {
            result = picture(expected.pixelFormat(), frame);
        } else {
            avutil.av_frame_free(frame);
        }
        if (result == null) {
            throw new FrameCodecException(Reason.WRONG_FORMAT, "expected " + expected + ", found " + foundName);
        }
        return requireInRange(expected, result);
    }

    /** Takes over the frame; null if it is no picture of the wanted format. */
    private Picture picture(PixelFormat wanted, AVFrame frame) throws FrameCodecException {
        PixelFormat own = Ffmpeg.pixelFormat(frame.format());
        boolean swapped = own == null;
        PixelFormat found = swapped ? Ffmpeg.pixelFormat(Ffmpeg.swapped(frame.format())) : own;
        if (found != null && (found.hasSamplesOf(wanted) || wanted == PixelFormat.GRAY8)) {
            Picture picture = swapped ? swap(frame, found) : AvPictures.wrap(frame, found);
            Picture result = inOrder(wanted, picture);
            if (result != picture) {
                picture.close();
            }
            return result;
        }
        try {
            return ImageLayouts.picture(frame, wanted);
        } finally {
            avutil.av_frame_free(frame);
        }
    }

    private static Picture swap(AVFrame frame, PixelFormat format) {
        if (avutil.av_frame_make_writable(frame) < 0) {
            avutil.av_frame_free(frame);
            throw new OutOfMemoryError("no native memory for a picture");
        }
        Picture picture = AvPictures.wrap(frame, format);
        Interleaving.swapBytes(picture);
        return picture;
    }

    /** From damaged bytes, FFV1 makes samples of red, green and blue that have more bits than they should. */
    private static Picture requireInRange(FrameFormat expected, Picture picture) throws FrameCodecException {
        if (!SampleRange.holds(picture)) {
            picture.close();
            throw new FrameCodecException(
                    Reason.UNDECODABLE,
                    "expected samples up to " + expected.pixelFormat().maxSample() + " in " + expected
                            + ", found larger ones");
        }
        return picture;
    }

    /** The picture itself, a new one with the same samples in the wanted order, or null if there is no such order. */
    private Picture inOrder(PixelFormat wanted, Picture picture) {
        if (picture.format() == wanted) {
            return picture;
        }
        boolean grey = wanted == PixelFormat.GRAY8 && codec == Codec.JPEG && Interleaving.isGrey(picture);
        if (!grey && !wanted.hasSamplesOf(picture.format())) {
            return null;
        }
        Picture result = pictures.allocate(wanted, picture.width(), picture.height());
        if (grey) {
            AvPictures.copy(picture.plane(0), result.plane(0));
        } else {
            Interleaving.move(picture, result);
        }
        return result;
    }

    @Override
    public void close() {
        if (packet != null) {
            avcodec.av_packet_free(packet);
            packet = null;
        }
    }
}
