package io.kinolift.frame;

/** The encoding of a frame's picture. All these codecs are intra-only: each frame can be decoded alone. */
public enum Codec {
    JPEG(false),
    PNG(true),
    /** The planes one after the other, rows without padding. */
    RAW(true),
    FFV1(true);

    private final boolean lossless;

    Codec(boolean lossless) {
        this.lossless = lossless;
    }

    public boolean isLossless() {
        return lossless;
    }
}
