package io.kinolift.frame;

/**
 * How the samples of a picture are laid out in planes. Names are FFmpeg's. Samples of 8 bits are bytes. High-depth
 * samples have 10 bits, in little-endian shorts, and steps a quarter as large.
 */
public enum PixelFormat {
    GRAY8(8, 0, 0, 1),
    YUV420P(8, 1, 1, 1, 1, 1),
    YUV422P(8, 1, 0, 1, 1, 1),
    YUV444P(8, 0, 0, 1, 1, 1),
    /** Luma, then one plane of interleaved Cb and Cr. */
    NV12(8, 1, 1, 1, 2),
    RGB24(8, 0, 0, 3),
    BGR24(8, 0, 0, 3),
    GRAY10(10, 0, 0, 1),
    YUV420P10(10, 1, 1, 1, 1, 1),
    YUV422P10(10, 1, 0, 1, 1, 1),
    YUV444P10(10, 0, 0, 1, 1, 1);

    private final int bitDepth;
    private final int chromaShiftX;
    private final int chromaShiftY;
    private final int[] components;

    PixelFormat(int bitDepth, int chromaShiftX, int chromaShiftY, int... components) {
        this.bitDepth = bitDepth;
        this.chromaShiftX = chromaShiftX;
        this.chromaShiftY = chromaShiftY;
        this.components = components;
    }

    /** Significant bits of a sample: 8 or 10. */
    public int bitDepth() {
        return bitDepth;
    }

    /** Whether samples are of more than 8 bits, two bytes each. */
    public boolean isHighDepth() {
        return bitDepth > Byte.SIZE;
    }

    public int sampleBytes() {
        return isHighDepth() ? Short.BYTES : Byte.BYTES;
    }

    /** 255 or 1023. */
    public int maxSample() {
        return (1 << bitDepth) - 1;
    }

    /** Factor from an 8-bit sample to one of this format: 1 or 4. */
    public int scaleFrom8Bit() {
        return 1 << (bitDepth - Byte.SIZE);
    }

    /** The same layout with samples of 8 bits. */
    public PixelFormat to8Bit() {
        return switch (this) {
            case GRAY10 -> GRAY8;
            case YUV420P10 -> YUV420P;
            case YUV422P10 -> YUV422P;
            case YUV444P10 -> YUV444P;
            case GRAY8, YUV420P, YUV422P, YUV444P, NV12, RGB24, BGR24 -> this;
        };
    }

    public int planeCount() {
        return components.length;
    }

    /** Interleaved components per position of a plane: 3 for RGB, 2 for the second plane of NV12, else 1. */
    public int components(int plane) {
        return components[plane];
    }

    /** Positions per row of a plane; chroma rounds up. */
    public int planeWidth(int plane, int width) {
        return plane == 0 ? width : Math.ceilDiv(width, 1 << chromaShiftX);
    }

    /** Rows of a plane; chroma rounds up. */
    public int planeHeight(int plane, int height) {
        return plane == 0 ? height : Math.ceilDiv(height, 1 << chromaShiftY);
    }

    /** Samples of one row of a plane, of all its components. */
    public int rowSamples(int plane, int width) {
        return planeWidth(plane, width) * components[plane];
    }

    /** Bytes of one row of a plane, without padding. */
    public int rowBytes(int plane, int width) {
        return rowSamples(plane, width) * sampleBytes();
    }

    /** Bytes of all planes, rows without padding. */
    public long pictureBytes(int width, int height) {
        long bytes = 0;
        for (int plane = 0; plane < planeCount(); plane++) {
            bytes += (long) rowBytes(plane, width) * planeHeight(plane, height);
        }
        return bytes;
    }
}
