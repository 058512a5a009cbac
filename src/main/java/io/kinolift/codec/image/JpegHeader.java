package io.kinolift.codec.image;

import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;

/**
 * The header of a JPEG: ITU-T T.81, with JFIF's colours (BT.601, the whole range, chroma in the middle) and Adobe's
 * marker of RGB.
 */
final class JpegHeader {
    /** H.273's number of BT.601 with 625 lines, which FFmpeg gives to JPEG. */
    private static final int BT601 = 5;

    private static final Colour JFIF = new Colour(
            Colour.Range.FULL, BT601, Colour.UNSPECIFIED_CODE, Colour.UNSPECIFIED_CODE, Colour.ChromaLocation.CENTER);
    private static final int ADOBE = 0xEE;
    private static final int ADOBE_TRANSFORM = 11;
    private static final int START_OF_SCAN = 0xDA;

    private JpegHeader() {}

    static FrameFormat read(Bytes bytes) throws ImageHeaderException {
        boolean adobeRgb = false;
        long at = 2;
        while (true) {
            if (bytes.u8(at) != 0xFF) {
                throw ImageHeaderException.noImage(
                        "expected a JPEG with markers at its beginning, found none at " + at);
            }
            int marker = bytes.u8(at + 1);
            if (marker == 0xFF) {
                at++;
            } else if (isStartOfFrame(marker)) {
                return frame(bytes, marker, at + 4, adobeRgb);
            } else if (marker == START_OF_SCAN) {
                throw ImageHeaderException.noImage("expected a JPEG with a size before its samples, found none");
            } else {
                adobeRgb |= marker == ADOBE
                        && bytes.startsWith((int) at + 4, 'A', 'd', 'o', 'b', 'e')
                        && bytes.u8(at + 4 + ADOBE_TRANSFORM) == 0;
                at += 2 + Math.max(2, bytes.u16(at + 2));
            }
        }
    }

    /** C0 to CF, but for the tables C4, C8 and CC that share the row. */
    static boolean isStartOfFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static FrameFormat frame(Bytes bytes, int marker, long at, boolean adobeRgb) throws ImageHeaderException {
        if (marker > 0xC2) {
            throw ImageHeaderException.unsupported(
                    "expected a baseline or progressive JPEG (SOF0 to SOF2), found SOF" + (marker - 0xC0));
        }
        if (bytes.u8(at) != Byte.SIZE) {
            throw ImageHeaderException.unsupported("expected a JPEG of 8 bits, found " + bytes.u8(at));
        }
        long height = bytes.u16(at + 1);
        long width = bytes.u16(at + 3);
        int components = bytes.u8(at + 5);
        if (components == 1) {
            return ImageHeader.format(Codec.JPEG, PixelFormat.GRAY8, width, height);
        }
        if (components != 3) {
            throw ImageHeaderException.unsupported("expected a JPEG of 1 or 3 components, found " + components
                    + (components == 4 ? ", as in CMYK for printing" : ""));
        }
        boolean rgb = adobeRgb || (bytes.u8(at + 6) == 'R' && bytes.u8(at + 9) == 'G' && bytes.u8(at + 12) == 'B');
        return rgb
                ? ImageHeader.format(Codec.JPEG, PixelFormat.GBRP, width, height)
                : ImageHeader.format(Codec.JPEG, chroma(bytes, at), width, height, JFIF);
    }

    /** By how much luma is finer than chroma; other ratios are decoded to the next finer format. */
    private static PixelFormat chroma(Bytes bytes, long at) throws ImageHeaderException {
        int luma = bytes.u8(at + 7);
        int chroma = bytes.u8(at + 10);
        if (chroma != bytes.u8(at + 13) || (chroma & 0x0F) == 0 || chroma >> 4 == 0) {
            throw ImageHeaderException.unsupported("expected a JPEG with equal sizes of both chroma components");
        }
        int columns = (luma >> 4) / (chroma >> 4);
        int rows = (luma & 0x0F) / (chroma & 0x0F);
        if (columns == 1) {
            return PixelFormat.YUV444P;
        }
        return rows == 1 ? PixelFormat.YUV422P : PixelFormat.YUV420P;
    }
}
