package io.kinolift.codec.group;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecException.Reason;
import io.kinolift.codec.PayloadBuffer;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Encodes the pictures of one group, in the order in which they are shown: the first becomes a key frame, and each gives
 * its frame at once. The bytes are a function of the pictures and the settings, on processors of one type; where
 * encoders choose their instructions by the processor, they promise no more. One instance is for one thread at a time.
 */
public final class GroupEncoder implements AutoCloseable {
    /** About, as native memory: pictures in work, those to refer to, and its own copies of both. */
    public static final int PICTURES_HELD = 12;

    /** Where nobody knows the rate. */
    private static final Rational USUAL_RATE = Rational.of(25);

    /** What all encoders take, in pictures per second. */
    private static final Rational LEAST_RATE = Rational.ONE;

    private static final Rational MOST_RATE = Rational.of(240);
    /** FFmpeg's encoders count time in fractions of this size. */
    private static final int MOST_TERM = 65_535;

    /** Encoders that take no column or row of luma without chroma of its own. */
    private static final Set<String> WHOLE_CHROMA = Set.of("libopenh264", "libx264", "libx265");

    private final FrameFormat format;
    private final String encoder;
    private AVCodecContext context;
    private AVPacket packet;
    private long count;

    /**
     * An encoded picture.
     *
     * @param payload good until the buffer is used again
     * @param keyFrame whether decoding can begin with it
     */
    public record Coded(ByteBuffer payload, boolean keyFrame) {}

    /**
     * Opens an encoder.
     *
     * @param settings whose quality holds where there is no bitrate
     * @param frameRate in pictures per second, for a bitrate; 0 if unknown
     * @throws FrameCodecException if it does not take such pictures
     */
    public GroupEncoder(FrameFormat format, GroupEncoding encoding, EncoderSettings settings, Rational frameRate)
            throws FrameCodecException {
        this.format = format;
        this.encoder = encoding.encoder();
        GroupEncoders.requireSupported(encoder, format.pixelFormat());
        requireSize();
        AVCodec codec = avcodec.avcodec_find_encoder_by_name(encoder);
        context = avcodec.avcodec_alloc_context3(codec);
        packet = avcodec.av_packet_alloc();
        context.width(format.width()).height(format.height()).pix_fmt(Ffmpeg.number(format.pixelFormat()));
        Ffmpeg.set(context.framerate(), rate(encoding, frameRate), MOST_TERM);
        context.time_base()
                .num(context.framerate().den())
                .den(context.framerate().num());
        Ffmpeg.set(context.sample_aspect_ratio(), format.sampleAspectRatio(), MOST_TERM);
        Ffmpeg.setColour(context, format.colour());
        GroupTuning tuning = new GroupTuning(encoding, settings.quality());
        tuning.configure(context);
        AVDictionary options = tuning.options();
        int code = avcodec.avcodec_open2(context, codec, options);
        avutil.av_dict_free(options);
        if (code < 0) {
            close();
            throw failed(Ffmpeg.error(code));
        }
    }

    /** It matters to a bitrate only. */
    private static Rational rate(GroupEncoding encoding, Rational given) {
        if (encoding.bitrate() == 0 || !given.isPositive()) {
            return USUAL_RATE;
        }
        Rational least = given.compareTo(LEAST_RATE) < 0 ? LEAST_RATE : given;
        return least.compareTo(MOST_RATE) > 0 ? MOST_RATE : least;
    }

    private void requireSize() throws FrameCodecException {
        int columns = format.pixelFormat().columnsPerChroma();
        int rows = format.pixelFormat().rowsPerChroma();
        int least = encoder.equals("libopenh264") ? 16 : 1;
        boolean whole =
                !WHOLE_CHROMA.contains(encoder) || (format.width() % columns == 0 && format.height() % rows == 0);
        if (!whole || Math.min(format.width(), format.height()) < least) {
            throw new FrameCodecException(
                    Reason.UNSUPPORTED,
                    "expected " + (columns == 2 ? "an even width" : "a width") + " and "
                            + (rows == 2 ? "an even height" : "a height") + " of at least " + least + " for " + encoder
                            + ", found " + format.width() + "x" + format.height()
                            + " (kinolift.frame.codec=jpeg takes any size)");
        }
    }

    /**
     * Encodes the next picture into a buffer of the caller.
     *
     * @param picture of the encoder's pixel format and size; stays the caller's, and is not read afterwards
     * @throws FrameCodecException if the picture has another format, or the encoder fails; then nothing more is to be
     *     encoded
     */
    public Coded encode(Picture picture, PayloadBuffer target) throws FrameCodecException {
        requireFormat(picture);
        AVFrame frame = AvPictures.borrow(picture);
        try {
            Ffmpeg.setColour(frame, format.colour());
            frame.pts(count++);
            frame.duration(1);
            frame.pict_type(count == 1 ? avutil.AV_PICTURE_TYPE_I : avutil.AV_PICTURE_TYPE_NONE);
            check(avcodec.avcodec_send_frame(context, frame));
            int code = avcodec.avcodec_receive_packet(context, packet);
            if (code == avutil.AVERROR_EAGAIN()) {
                throw failed("an encoder that keeps pictures back");
            }
            check(code);
            ByteBuffer bytes = MemorySegment.ofAddress(packet.data().address())
                    .reinterpret(packet.size())
                    .asByteBuffer();
            boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
            return new Coded(target.room(bytes.remaining()).put(bytes).flip(), key);
        } finally {
            avcodec.av_packet_unref(packet);
            avutil.av_frame_free(frame);
        }
    }

    private void requireFormat(Picture picture) throws FrameCodecException {
        if (picture.format() != format.pixelFormat()
                || picture.width() != format.width()
                || picture.height() != format.height()) {
            throw new FrameCodecException(
                    Reason.WRONG_FORMAT,
                    "expected a picture of " + format + ", found " + picture.format() + " " + picture.width() + "x"
                            + picture.height());
        }
    }

    private void check(int code) throws FrameCodecException {
        if (code < 0) {
            throw failed(Ffmpeg.error(code));
        }
    }

    private FrameCodecException failed(String found) {
        return new FrameCodecException(
                Reason.ENCODER_FAILED, "expected to encode " + format + " by " + encoder + ", found " + found);
    }

    @Override
    public void close() {
        if (context == null) {
            return;
        }
        if (count > 0) {
            // SVT-AV1 complains about a stream without an end.
            avcodec.avcodec_send_frame(context, null);
            while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
                avcodec.av_packet_unref(packet);
            }
        }
        avcodec.avcodec_free_context(context);
        avcodec.av_packet_free(packet);
        context = null;
    }
}
