package io.kinolift.codec.image;

import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;

/** The header of a PNG. Of an animated one, the still picture is read. */
final class PngHeader {
    private static final int TYPE = 25;
    private static final int DEPTH = 24;
    private static final int FIRST_CHUNK = 8;
    private static final int CHUNK_OVERHEAD = 12;
    private static final int TRNS = 0x74524E53;
    private static final int IDAT = 0x49444154;

    private PngHeader() {}

    static FrameFormat read(Bytes bytes) throws ImageHeaderException {
        boolean deep = bytes.u8(DEPTH) > Byte.SIZE;
        PixelFormat format = switch (bytes.u8(TYPE)) {
            case 0 -> isTransparent(bytes) ? rgba(deep) : deep ? PixelFormat.GRAY16 : PixelFormat.GRAY8;
            case 2 -> isTransparent(bytes) ? rgba(deep) : deep ? PixelFormat.RGB48 : PixelFormat.RGB24;
            case 3 -> isTransparent(bytes) ? PixelFormat.RGBA : PixelFormat.RGB24;
            case 4, 6 -> rgba(deep);
            default ->
                throw ImageHeaderException.unsupported(
                        "expected a PNG of colour type 0, 2, 3, 4 or 6, found " + bytes.u8(TYPE));
        };
        return ImageHeader.format(Codec.PNG, format, bytes.u32(16), bytes.u32(20));
    }

    private static PixelFormat rgba(boolean deep) {
        return deep ? PixelFormat.GBRAP16 : PixelFormat.RGBA;
    }

    /** Whether a colour, or colours of the palette, are transparent: there is a tRNS chunk before the samples. */
    private static boolean isTransparent(Bytes bytes) throws ImageHeaderException {
        long at = FIRST_CHUNK;
        while (at + CHUNK_OVERHEAD <= bytes.length()) {
            int type = bytes.s32(at + 4);
            if (type == TRNS || type == IDAT) {
                return type == TRNS;
            }
            at += CHUNK_OVERHEAD + bytes.u32(at);
        }
        return false;
    }
}
