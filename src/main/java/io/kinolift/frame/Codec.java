package io.kinolift.frame;

import java.util.Arrays;
import java.util.List;

/** The encoding of a frame's picture. All these codecs are intra-only: each frame can be decoded alone. */
public enum Codec {
    JPEG(false, true),
    PNG(true, true),
    /** The planes one after the other, rows without padding. */
    RAW(true, true),
    FFV1(true, true),
    /** Of one picture, with loss or without. */
    WEBP(false, false),
    BMP(true, false),
    /** The first page. */
    TIFF(true, false);

    private final boolean lossless;
    private final boolean written;

    Codec(boolean lossless, boolean written) {
        this.lossless = lossless;
        this.written = written;
    }

    public boolean isLossless() {
        return lossless;
    }

    /** Whether output frames can have it; the others are only read. */
    public boolean isWritten() {
        return written;
    }

    /** Those that output frames can have. */
    public static List<Codec> written() {
        return Arrays.stream(values()).filter(Codec::isWritten).toList();
    }
}
