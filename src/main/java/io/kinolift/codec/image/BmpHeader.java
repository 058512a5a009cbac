package io.kinolift.codec.image;

import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;

/** The header of a BMP: palettes, 16, 24 and 32 bits. Rows may be counted from below or from above. */
final class BmpHeader {
    private static final int HEADER = 14;
    private static final int OS2_HEADER_BYTES = 12;
    /** From this version of the header on, 32 bits may have alpha. */
    private static final int ALPHA_HEADER_BYTES = 56;

    private static final int ALPHA_MASK = 66;

    private BmpHeader() {}

    static FrameFormat read(Bytes all) throws ImageHeaderException {
        Bytes bytes = all.littleEndian();
        long headerBytes = bytes.u32(HEADER);
        boolean os2 = headerBytes == OS2_HEADER_BYTES;
        long width = os2 ? bytes.u16(HEADER + 4) : bytes.s32(HEADER + 4);
        long height = os2 ? bytes.u16(HEADER + 6) : Math.abs((long) bytes.s32(HEADER + 8));
        int depth = bytes.u16(HEADER + (os2 ? 10 : 14));
        PixelFormat format = switch (depth) {
            case 1, 4, 8, 16 -> PixelFormat.RGB24;
            case 24 -> PixelFormat.BGR24;
            case 32 ->
                headerBytes >= ALPHA_HEADER_BYTES && bytes.u32(ALPHA_MASK) != 0 ? PixelFormat.BGRA : PixelFormat.BGR24;
            default ->
                throw ImageHeaderException.unsupported("expected a BMP of 1, 4, 8, 16, 24 or 32 bits, found " + depth);
        };
        return ImageHeader.format(Codec.BMP, format, width, height);
    }
}
