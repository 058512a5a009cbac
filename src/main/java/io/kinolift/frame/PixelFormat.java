package io.kinolift.frame;

/** How the samples of a picture are laid out in planes. All of these have 8-bit samples. Names are FFmpeg's. */
public enum PixelFormat {
    GRAY8(0, 0, 1),
    YUV420P(1, 1, 1, 1, 1),
    YUV422P(1, 0, 1, 1, 1),
    YUV444P(0, 0, 1, 1, 1),
    /** Luma, then one plane of interleaved Cb and Cr. */
    NV12(1, 1, 1, 2),
    RGB24(0, 0, 3),
    BGR24(0, 0, 3);

    private final int chromaShiftX;
    private final int chromaShiftY;
    private final int[] components;

    PixelFormat(int chromaShiftX, int chromaShiftY, int... components) {
        this.chromaShiftX = chromaShiftX;
        this.chromaShiftY = chromaShiftY;
        this.components = components;
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

    /** Bytes of one row of a plane, without padding. */
    public int rowBytes(int plane, int width) {
        return planeWidth(plane, width) * components[plane];
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
