package io.kinolift.codec.image;

import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;

/** The first page of a TIFF: grey, RGB and palettes of 8 and 16 bits, with and without alpha. */
final class TiffHeader {
    private static final int MOST_ENTRIES = 1000;
    private static final int ENTRY_BYTES = 12;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int PHOTOMETRIC = 262;
    private static final int SAMPLES = 277;
    private static final int PALETTE = 3;
    private static final int RGB = 2;
    /** The type of a number of 16 bits; others have 32. */
    private static final int SHORT = 3;

    private final Bytes bytes;
    private final long directory;
    private final int entries;

    private TiffHeader(Bytes bytes) throws ImageHeaderException {
        this.bytes = bytes;
        directory = bytes.u32(4);
        entries = Math.min(MOST_ENTRIES, bytes.u16(directory));
    }

    static boolean begins(Bytes bytes) {
        return bytes.startsWith(0, 'I', 'I', 42, 0) || bytes.startsWith(0, 'M', 'M', 0, 42);
    }

    static FrameFormat read(Bytes all) throws ImageHeaderException {
        TiffHeader header = new TiffHeader(all.startsWith(0, 'I') ? all.littleEndian() : all);
        return ImageHeader.format(Codec.TIFF, header.format(), header.number(WIDTH, 0), header.number(HEIGHT, 0));
    }

    private PixelFormat format() throws ImageHeaderException {
        long photometric = number(PHOTOMETRIC, 0);
        long samples = number(SAMPLES, 1);
        long bits = number(BITS, 1);
        boolean deep = bits > Byte.SIZE;
        if (photometric == PALETTE && samples == 1) {
            return PixelFormat.RGB24;
        } else if (photometric < RGB && samples == 1 && bits <= Short.SIZE) {
            return deep ? PixelFormat.GRAY16 : PixelFormat.GRAY8;
        } else if (photometric < RGB && samples == 2 && (bits == Byte.SIZE || bits == Short.SIZE)) {
            return deep ? PixelFormat.GBRAP16 : PixelFormat.RGBA;
        } else if (photometric == RGB && samples == 3 && (bits == Byte.SIZE || bits == Short.SIZE)) {
            return deep ? PixelFormat.RGB48 : PixelFormat.RGB24;
        } else if (photometric == RGB && samples == 4 && (bits == Byte.SIZE || bits == Short.SIZE)) {
            return deep ? PixelFormat.GBRAP16 : PixelFormat.RGBA;
        }
        throw ImageHeaderException.unsupported("expected a TIFF of grey, RGB or a palette, of 8 or 16 bits, found "
                + samples + " samples of " + bits + " bits, photometric interpretation " + photometric);
    }

    /** The first number of a field. */
    private long number(int tag, long usual) throws ImageHeaderException {
        for (int i = 0; i < entries; i++) {
            long at = directory + 2 + (long) i * ENTRY_BYTES;
            if (bytes.u16(at) == tag) {
                boolean isShort = bytes.u16(at + 2) == SHORT;
                boolean inPlace = bytes.u32(at + 4) * (isShort ? Short.BYTES : Integer.BYTES) <= Integer.BYTES;
                long place = inPlace ? at + 8 : bytes.u32(at + 8);
                return isShort ? bytes.u16(place) : bytes.u32(place);
            }
        }
        return usual;
    }
}
