package io.kinolift.codec;

import static io.kinolift.frame.PixelFormat.BGR24;
import static io.kinolift.frame.PixelFormat.GRAY10;
import static io.kinolift.frame.PixelFormat.GRAY8;
import static io.kinolift.frame.PixelFormat.NV12;
import static io.kinolift.frame.PixelFormat.RGB24;
import static io.kinolift.frame.PixelFormat.YUV420P;
import static io.kinolift.frame.PixelFormat.YUV420P10;
import static io.kinolift.frame.PixelFormat.YUV422P;
import static io.kinolift.frame.PixelFormat.YUV422P10;
import static io.kinolift.frame.PixelFormat.YUV444P;
import static io.kinolift.frame.PixelFormat.YUV444P10;

import io.kinolift.codec.FrameCodecException.Reason;
import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import java.util.EnumSet;
import java.util.Set;

/** Chooses the codec of single frames. */
public final class FrameCodecs {
    private FrameCodecs() {}

    /** A decoder of one codec's frames, of any format and size within the limits. */
    public static FrameDecoder decoder(Codec codec, DecoderLimits limits) {
        return codec == Codec.RAW ? new RawDecoder(limits) : new AvFrameDecoder(codec, limits);
    }

    /**
     * An encoder of pictures of one format and size.
     *
     * @throws FrameCodecException if the codec cannot carry that format, or that size
     */
    public static FrameEncoder encoder(FrameFormat output, EncoderSettings settings) throws FrameCodecException {
        requireSupported(output.codec(), output.pixelFormat());
        return output.codec() == Codec.RAW ? new RawEncoder(output) : new AvFrameEncoder(output, settings);
    }

    /** The pixel formats that a codec preserves. */
    public static Set<PixelFormat> supported(Codec codec) {
        return switch (codec) {
            case RAW -> EnumSet.allOf(PixelFormat.class);
            case PNG -> EnumSet.of(GRAY8, RGB24, BGR24);
            case JPEG -> EnumSet.of(GRAY8, YUV420P, YUV422P, YUV444P, NV12);
            case FFV1 -> EnumSet.of(GRAY8, YUV420P, YUV422P, YUV444P, NV12, GRAY10, YUV420P10, YUV422P10, YUV444P10);
        };
    }

    /**
     * Checks that a codec can carry pictures of a format.
     *
     * @throws FrameCodecException if the codec cannot carry the format; the message names those that it can
     */
    public static void requireSupported(Codec codec, PixelFormat format) throws FrameCodecException {
        Set<PixelFormat> possible = supported(codec);
        if (!possible.contains(format)) {
            String hint = supported(Codec.FFV1).contains(format) && format.bitDepth() > Byte.SIZE
                    ? " (--frame-codec ffv1, or kinolift.frame.codec=ffv1, holds it)"
                    : "";
            throw new FrameCodecException(
                    Reason.UNSUPPORTED, "expected one of " + possible + " for " + codec + ", found " + format + hint);
        }
    }

    /** The format that the codec itself works in: the same samples, perhaps in another order. */
    static PixelFormat inside(Codec codec, PixelFormat format) {
        return switch (format) {
            case NV12 -> YUV420P;
            case BGR24 -> RGB24;
            // FFmpeg's JPEG encoder has no grey.
            case GRAY8 -> codec == Codec.JPEG ? YUV420P : GRAY8;
            default -> format;
        };
    }

    static void requireAffordable(FrameFormat expected, DecoderLimits limits) throws FrameCodecException {
        requireAffordable(expected.width(), expected.height(), limits);
    }

    static void requireAffordable(long width, long height, DecoderLimits limits) throws FrameCodecException {
        if (width < 1 || height < 1) {
            throw new FrameCodecException(
                    Reason.WRONG_FORMAT, "expected a picture of at least 1x1, found " + width + "x" + height);
        }
        if (width * height > limits.maxPixels()) {
            throw new FrameCodecException(
                    Reason.TOO_LARGE,
                    "expected at most " + limits.maxPixels() + " pixels, found " + width + "x" + height);
        }
    }
}
