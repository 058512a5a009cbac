package io.kinolift.codec.group;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecException.Reason;
import io.kinolift.frame.Codec;
import java.nio.ByteBuffer;

/**
 * What the bytes of an inter-coded frame say about it before anything is decoded.
 *
 * @param pictures how many begin in it; always 1 where the codec does not show it
 * @param configured whether it has the parameter sets, or the sequence header, that decoding begins with
 * @param random whether decoding can begin with it, if it is configured
 */
public record AccessUnit(int pictures, boolean configured, boolean random) {
    /**
     * Looks at a frame.
     *
     * @param payload all that remains; its position is not moved
     * @throws FrameCodecException if the bytes have not the codec's outer form
     */
    public static AccessUnit of(Codec codec, ByteBuffer payload) throws FrameCodecException {
        ByteBuffer bytes = payload.slice();
        return switch (codec) {
            case H264, HEVC -> NalUnits.accessUnit(codec, bytes);
            case VP9 -> Vp9Header.accessUnit(bytes);
            case AV1 -> ObuUnits.accessUnit(bytes);
            case JPEG, PNG, RAW, FFV1, WEBP, BMP, TIFF ->
                throw new IllegalArgumentException("expected an inter-coded codec, found " + codec);
        };
    }

    /** Whether decoding can begin here. */
    public boolean isKey() {
        return configured && random;
    }

    /**
     * Checks a frame whose header says whether it is a key frame.
     *
     * @throws FrameCodecException if it holds no picture or several, or if decoding cannot begin with a key frame
     */
    public static void require(Codec codec, ByteBuffer payload, boolean keyFrame) throws FrameCodecException {
        AccessUnit unit = of(codec, payload);
        if (unit.pictures != 1) {
            throw new FrameCodecException(
                    Reason.UNDECODABLE, "expected one picture of " + codec + " in a frame, found " + unit.pictures);
        }
        if (keyFrame && !unit.random) {
            throw new FrameCodecException(
                    Reason.UNDECODABLE,
                    "expected a picture of " + codec + " that decoding can begin with in a key frame, found another");
        }
        if (keyFrame && !unit.configured) {
            throw new FrameCodecException(
                    Reason.UNDECODABLE,
                    "expected " + (codec == Codec.AV1 ? "the sequence header" : "parameter sets") + " of " + codec
                            + " in a key frame, found none");
        }
    }
}
