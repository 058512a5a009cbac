package io.kinolift.video;

import io.kinolift.frame.FrameFormat;
import java.nio.ByteBuffer;

/**
 * A picture that is not decoded.
 *
 * @param payload as frames of the format's codec have it
 * @param lead pts minus dts, in the source's time base; negative if its dts is not known
 */
public record CodedPicture(FrameFormat format, ByteBuffer payload, long lead) {
    /** Its dts is not known. */
    static final long NO_LEAD = -1;

    /** Whether it is known when it is to be decoded. */
    public boolean hasDts() {
        return lead >= 0;
    }

    CodedPicture leading(long other) {
        return new CodedPicture(format, payload, other);
    }
}
