package io.kinolift.codec;

import io.kinolift.codec.FrameCodecException.Reason;
import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Chooses the codec of single frames. */
public final class FrameCodecs {
    private FrameCodecs() {}

    /**
     * A decoder of one codec's frames, of any format and size within the limits.
     *
     * @throws IllegalArgumentException for a codec whose frames refer to others; see {@link
     *     io.kinolift.codec.group.GroupDecoder}
     */
    public static FrameDecoder decoder(Codec codec, DecoderLimits limits) {
        if (codec.isInterCoded()) {
            throw new IllegalArgumentException("expected a codec whose frames decode alone, found " + codec);
        }
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
        return codec == Codec.RAW ? EnumSet.allOf(PixelFormat.class) : Inside.formats(codec);
    }

    /**
     * The pixel formats that a codec's frames are decoded to. FFmpeg decodes images of more formats than it writes with
     * the same codec.
     */
    public static Set<PixelFormat> decodable(Codec codec) {
        if (!codec.isWritten()) {
            return EnumSet.allOf(PixelFormat.class);
        }
        Set<PixelFormat> formats = EnumSet.copyOf(supported(codec));
        switch (codec) {
            case JPEG -> formats.add(PixelFormat.GBRP);
            case PNG -> formats.addAll(EnumSet.of(PixelFormat.RGBA, PixelFormat.GBRAP16));
            default -> {}
        }
        return formats;
    }

    /** The usual codec of pictures of a format: the first that preserves it of JPEG, FFV1, PNG and raw samples. */
    public static Codec usual(PixelFormat format) {
        return Stream.of(Codec.JPEG, Codec.FFV1, Codec.PNG)
                .filter(codec -> supported(codec).contains(format))
                .findFirst()
                .orElse(Codec.RAW);
    }

    /**
     * Checks that frames of a codec can be decoded to pictures of a format.
     *
     * @throws FrameCodecException if they cannot; the message names the formats that they can have
     */
    public static void requireDecodable(Codec codec, PixelFormat format) throws FrameCodecException {
        requireOneOf(decodable(codec), codec, format);
    }

    /**
     * Checks that output frames of a codec can hold pictures of a format.
     *
     * @throws FrameCodecException if the codec cannot carry the format; the message names those that it can
     */
    public static void requireSupported(Codec codec, PixelFormat format) throws FrameCodecException {
        requireOneOf(supported(codec), codec, format);
    }

    private static void requireOneOf(Set<PixelFormat> possible, Codec codec, PixelFormat format)
            throws FrameCodecException {
        if (!possible.contains(format)) {
            String usual = usual(format).name().toLowerCase(Locale.ROOT);
            String hint = " (--frame-codec " + usual + " holds it; kinolift.frame.codec=auto chooses for each stream)";
            throw new FrameCodecException(
                    Reason.UNSUPPORTED, "expected one of " + possible + " for " + codec + ", found " + format + hint);
        }
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
