package io.kinolift.codec.group;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecException.Reason;
import java.nio.ByteBuffer;

/** The first bits of a VP9 frame (VP9 bitstream specification, 6.2). */
final class Vp9Header {
    private Vp9Header() {}

    static AccessUnit accessUnit(ByteBuffer bytes) throws FrameCodecException {
        int first = bytes.hasRemaining() ? bytes.get(0) & 0xFF : 0;
        if (first >> 6 != 2) {
            throw new FrameCodecException(
                    Reason.UNDECODABLE, "expected a frame of VP9, which begins with the bits 10, found other bytes");
        }
        // Profile 3 has one more bit.
        int shift = (first >> 4 & 3) == 3 ? 1 : 2;
        boolean shownBefore = (first >> (shift + 1) & 1) == 1;
        boolean key = !shownBefore && (first >> shift & 1) == 0;
        return new AccessUnit(1, true, key);
    }
}
