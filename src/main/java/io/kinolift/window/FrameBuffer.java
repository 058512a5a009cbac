package io.kinolift.window;

import io.kinolift.frame.EncodedFrame;

/** Where the frames of one stream wait. A frame that was put is there until it is deleted, through any crash. */
public interface FrameBuffer {
    void put(SourceFrame frame);

    /** The frame that was put; never null. */
    SourceFrame get(long session, long sequence);

    void delete(long session, long sequence);

    /** What waiting costs, as the reorder bound counts it. */
    static long bytes(EncodedFrame frame) {
        return frame.payload().remaining();
    }
}
