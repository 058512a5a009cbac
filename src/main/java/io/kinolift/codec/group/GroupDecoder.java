package io.kinolift.codec.group;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecException.Reason;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Ffmpeg;
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
 * Decodes inter-coded frames, from a key frame on, in the order in which they were encoded. Pictures come in the order in
 * which they are shown, some frames later. They are a function of the frames alone. After an exception nothing more is
 * to be sent. One instance is for one thread at a time; pictures outlive the decoder.
 */
public final class GroupDecoder implements AutoCloseable {
    /** The most frames that H.264 may hold back. */
    public static final int MOST_DELAYED = 16;

    /** Pictures that VP9 and AV1 may refer to. */
    private static final int SLOTS = 8;

    private final FrameFormat format;
    private AVCodecContext context;
    private AVPacket packet;

    /**
     * What became of a frame.
     *
     * @param number as it was sent
     * @param picture null if it is damaged
     * @param damage null if it is not
     */
    public record Decoded(long number, Picture picture, FrameCodecException damage) {}

    /**
     * Opens a decoder.
     *
     * @param format that all pictures must have
     * @param delay how many frames of H.264 are held back at least, up to {@link #MOST_DELAYED}. FFmpeg learns from the
     *     frames how many must be, and loses a picture where it learns too late
     * @throws FrameCodecException if the pictures would be too large
     */
    public GroupDecoder(FrameFormat format, DecoderLimits limits, int delay) throws FrameCodecException {
        long pixels = (long) format.width() * format.height();
        if (pixels > limits.maxPixels()) {
            throw new FrameCodecException(
                    Reason.TOO_LARGE, "expected at most " + limits.maxPixels() + " pixels, found " + format);
        }
        this.format = format;
        Ffmpeg.quiet();
        AVCodec codec = avcodec.avcodec_find_decoder(Ffmpeg.codecNumber(format.codec()));
        context = avcodec.avcodec_alloc_context3(codec);
        packet = avcodec.av_packet_alloc();
        // More threads would hold back more frames.
        context.thread_count(1);
        context.has_b_frames(delay);
        // Where decoding begins with a recovery point, H.264 names pictures that came before it, to forget them. FFmpeg
        // would take that for damage; it tells of real damage with the picture.
        context.err_recognition(avcodec.AV_EF_CRCCHECK
                | avcodec.AV_EF_BITSTREAM
                | avcodec.AV_EF_BUFFER
                | (format.codec() == Codec.H264 ? 0 : avcodec.AV_EF_EXPLODE));
        // FFmpeg compares after rounding sizes up to its own alignment.
        context.max_pixels((format.width() + 127L) * (format.height() + 127L));
        int code = avcodec.avcodec_open2(context, codec, (AVDictionary) null);
        if (code < 0) {
            close();
            throw new FrameCodecException(
                    Reason.UNDECODABLE, "expected a decoder of " + format.codec() + ", found " + Ffmpeg.error(code));
        }
    }

    /**
     * Sends the next frame. All pictures must have been taken with {@link #receive}.
     *
     * @param number comes back with its picture
     */
    public void send(long number, ByteBuffer payload) throws FrameCodecException {
        try {
            check(avcodec.av_new_packet(packet, payload.remaining()));
            MemorySegment.ofAddress(packet.data().address())
                    .reinterpret(payload.remaining())
                    .copyFrom(MemorySegment.ofBuffer(payload));
            packet.pts(number).dts(number);
            check(avcodec.avcodec_send_packet(context, packet));
        } finally {
            avcodec.av_packet_unref(packet);
        }
    }

    /** Says that no more frames follow: all that are held back can be received. */
    public void end() {
        avcodec.avcodec_send_packet(context, null);
    }

    /**
     * The next picture, or null if none is ready.
     *
     * @throws FrameCodecException if the frame that was sent last does not decode
     */
    public Decoded receive() throws FrameCodecException {
        AVFrame frame = AvPictures.newFrame();
        int code = avcodec.avcodec_receive_frame(context, frame);
        if (code < 0) {
            avutil.av_frame_free(frame);
            if (code != avutil.AVERROR_EAGAIN() && code != avutil.AVERROR_EOF()) {
                check(code);
            }
            return null;
        }
        long number = frame.pts();
        try {
            return new Decoded(number, picture(frame), null);
        } catch (FrameCodecException e) {
            return new Decoded(number, null, e);
        }
    }

    private Picture picture(AVFrame frame) throws FrameCodecException {
        PixelFormat found = Ffmpeg.pixelFormat(frame.format());
        boolean fits =
                found == format.pixelFormat() && frame.width() == format.width() && frame.height() == format.height();
        boolean damaged = frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0;
        if (!fits || damaged) {
            String name = Ffmpeg.pixelFormatName(frame.format()) + " " + frame.width() + "x" + frame.height();
            avutil.av_frame_free(frame);
            throw new FrameCodecException(
                    fits ? Reason.UNDECODABLE : Reason.WRONG_FORMAT,
                    "expected " + format + ", found " + (fits ? "a damaged picture" : name));
        }
        Picture picture = AvPictures.wrap(frame, found);
        if (!SampleRange.holds(picture)) {
            picture.close();
            throw new FrameCodecException(
                    Reason.UNDECODABLE,
                    "expected samples up to " + format.pixelFormat().maxSample() + " in " + format
                            + ", found larger ones");
        }
        return picture;
    }

    /** From now on holds back so many frames of H.264 at least: before the first one is sent that may be shown late. */
    void holdBack(int frames) {
        context.has_b_frames(Math.max(frames, context.has_b_frames()));
    }

    /** How many frames it holds back, as far as it has learnt. */
    public int delay() {
        return context.has_b_frames();
    }

    /** Pictures that the decoder itself may hold: one in work, those to refer to, those held back. */
    public int heldPictures() {
        int references = switch (format.codec()) {
            case H264 -> Math.max(1, context.refs());
            case HEVC -> MOST_DELAYED;
            default -> SLOTS;
        };
        return 1 + references + context.has_b_frames();
    }

    private void check(int code) throws FrameCodecException {
        if (code == avutil.AVERROR_ENOMEM()) {
            throw new OutOfMemoryError("no native memory for a picture of " + format);
        }
        if (code < 0) {
            throw new FrameCodecException(
                    Reason.UNDECODABLE,
                    "expected " + format + ", found bytes that do not decode (" + Ffmpeg.error(code) + ")");
        }
    }

    @Override
    public void close() {
        if (context != null) {
            avcodec.avcodec_free_context(context);
            avcodec.av_packet_free(packet);
            context = null;
        }
    }
}
