package io.kinolift.codec.image;

import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;

/** The header of a WebP of one picture: VP8 (BT.601, limited range), lossless VP8L, or either of them in VP8X. */
final class WebpHeader {
    private static final int BT601 = 6;
    private static final Colour VP8 = new Colour(
            Colour.Range.LIMITED,
            BT601,
            Colour.UNSPECIFIED_CODE,
            Colour.UNSPECIFIED_CODE,
            Colour.ChromaLocation.UNSPECIFIED);
    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int ANIMATED = 0x02;
    private static final int ALPHA = 0x10;
    private static final int VP8_SIZE = 6;
    private static final int VP8L_SIGNATURE = 0x2F;

    private WebpHeader() {}

    static FrameFormat read(Bytes all) throws ImageHeaderException {
        Bytes bytes = all.littleEndian();
        boolean alpha = false;
        long at = FIRST_CHUNK;
        while (true) {
            long content = at + CHUNK_HEADER;
            switch (name(bytes, at)) {
                case "VP8X" -> {
                    if ((bytes.u8(content) & ANIMATED) != 0) {
                        throw ImageHeaderException.unsupported("expected a WebP of one picture, found an animation");
                    }
                    alpha = (bytes.u8(content) & ALPHA) != 0;
                }
                case "VP8 " -> {
                    return lossy(bytes, content + VP8_SIZE, alpha);
                }
                case "VP8L" -> {
                    return lossless(bytes, content);
                }
                default -> {}
            }
            long length = bytes.u32(at + 4);
            at = content + length + (length & 1);
        }
    }

    private static String name(Bytes bytes, long at) throws ImageHeaderException {
        StringBuilder name = new StringBuilder(4);
        for (int i = 0; i < 4; i++) {
            name.append((char) bytes.u8(at + i));
        }
        return name.toString();
    }

    private static FrameFormat lossy(Bytes bytes, long at, boolean alpha) throws ImageHeaderException {
        int width = bytes.u16(at) & 0x3FFF;
        int height = bytes.u16(at + 2) & 0x3FFF;
        // No image format that is written holds YUV with alpha.
        return alpha
                ? ImageHeader.format(Codec.WEBP, PixelFormat.RGBA, width, height)
                : ImageHeader.format(Codec.WEBP, PixelFormat.YUV420P, width, height, VP8);
    }

    /** 14 bits of width less 1, 14 of height less 1, and whether alpha is used. */
    private static FrameFormat lossless(Bytes bytes, long at) throws ImageHeaderException {
        if (bytes.u8(at) != VP8L_SIGNATURE) {
            throw ImageHeaderException.noImage(
                    "expected a lossless WebP to begin with 2f, found " + Integer.toHexString(bytes.u8(at)));
        }
        long bits = bytes.u32(at + 1);
        PixelFormat format = (bits >> 28 & 1) == 1 ? PixelFormat.RGBA : PixelFormat.RGB24;
        return ImageHeader.format(Codec.WEBP, format, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    }
}
