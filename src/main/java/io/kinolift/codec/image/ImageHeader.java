package io.kinolift.codec.image;

import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The format of an image, from its own header: what a {@code VideoFrame} would say of it. No sample is decoded. The
 * pixel format is the one that the image is decoded to: samples of less than 8 bits become 8, palettes become RGB, and
 * grey with alpha becomes RGB with alpha.
 */
public final class ImageHeader {
    /** The first bytes that people are shown of something else. */
    private static final int SHOWN_BYTES = 8;

    private ImageHeader() {}

    /**
     * Reads the header of a JPEG, PNG, WebP, BMP or TIFF, told by its first bytes.
     *
     * @param image all that remains; its position stays
     * @throws ImageHeaderException for anything else, for a header that is cut off, and for kinds that are not read
     */
    public static FrameFormat read(ByteBuffer image) throws ImageHeaderException {
        Bytes bytes = new Bytes(image);
        if (bytes.startsWith(0, 0xFF, 0xD8, 0xFF)) {
            return JpegHeader.read(bytes);
        } else if (bytes.startsWith(0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return PngHeader.read(bytes);
        } else if (bytes.startsWith(0, 'R', 'I', 'F', 'F') && bytes.startsWith(8, 'W', 'E', 'B', 'P')) {
            return WebpHeader.read(bytes);
        } else if (bytes.startsWith(0, 'B', 'M')) {
            return BmpHeader.read(bytes);
        } else if (TiffHeader.begins(bytes)) {
            return TiffHeader.read(bytes);
        }
        throw ImageHeaderException.noImage("expected a JPEG, PNG, WebP, BMP or TIFF image, found " + shown(image));
    }

    /** The beginning of some bytes, for people. */
    private static String shown(ByteBuffer image) {
        int length = image.remaining();
        byte[] beginning = new byte[Math.min(SHOWN_BYTES, length)];
        image.duplicate().get(beginning);
        return length == 0
                ? "no bytes"
                : length + " bytes that begin with "
                        + HexFormat.ofDelimiter(" ").formatHex(beginning);
    }

    /** RGB and grey of the whole range of samples, without a matrix. */
    static FrameFormat format(Codec codec, PixelFormat format, long width, long height) throws ImageHeaderException {
        Colour colour = new Colour(
                Colour.Range.FULL,
                Colour.UNSPECIFIED_CODE,
                Colour.UNSPECIFIED_CODE,
                Colour.UNSPECIFIED_CODE,
                Colour.ChromaLocation.UNSPECIFIED);
        return format(codec, format, width, height, colour);
    }

    static FrameFormat format(Codec codec, PixelFormat format, long width, long height, Colour colour)
            throws ImageHeaderException {
        if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw ImageHeaderException.noImage(
                    "expected a " + codec + " of at least 1x1 pixels, found " + width + "x" + height);
        }
        return new FrameFormat(codec, format, (int) width, (int) height, Rational.ZERO, colour);
    }
}
