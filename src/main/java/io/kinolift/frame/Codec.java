package io.kinolift.frame;

import java.util.Arrays;
import java.util.List;

/**
 * The encoding of a frame's picture. Frames of intra-only codecs can each be decoded alone. Those of inter-coded ones
 * refer to others: decoding begins at a key frame.
 */
public enum Codec {
    JPEG(Kind.LOSSY, true),
    PNG(Kind.LOSSLESS, true),
    /** The planes one after the other, rows without padding. */
    RAW(Kind.LOSSLESS, true),
    FFV1(Kind.LOSSLESS, true),
    /** Of one picture, with loss or without. */
    WEBP(Kind.LOSSY, false),
    BMP(Kind.LOSSLESS, false),
    /** The first page. */
    TIFF(Kind.LOSSLESS, false),
    /** One access unit as a byte stream (ITU-T H.264 Annex B), with parameter sets at every key frame. */
    H264(Kind.INTER_CODED, false),
    /** One access unit as a byte stream (ITU-T H.265 Annex B), with parameter sets at every key frame. */
    HEVC(Kind.INTER_CODED, false),
    /** One frame or superframe. */
    VP9(Kind.INTER_CODED, false),
    /** One temporal unit of the low-overhead format, with the sequence header at every key frame. */
    AV1(Kind.INTER_CODED, false);

    private enum Kind {
        LOSSLESS,
        LOSSY,
        INTER_CODED
    }

    private final Kind kind;
    private final boolean written;

    Codec(Kind kind, boolean written) {
        this.kind = kind;
        this.written = written;
    }

    public boolean isLossless() {
        return kind == Kind.LOSSLESS;
    }

    /** Whether frames refer to others. */
    public boolean isInterCoded() {
        return kind == Kind.INTER_CODED;
    }

    /** Whether frames that decode alone are written with it. */
    public boolean isWritten() {
        return written;
    }

    /** Those that frames which decode alone can have on output. */
    public static List<Codec> written() {
        return Arrays.stream(values()).filter(Codec::isWritten).toList();
    }

    /** Those whose frames refer to others. */
    public static List<Codec> interCoded() {
        return Arrays.stream(values()).filter(Codec::isInterCoded).toList();
    }
}
