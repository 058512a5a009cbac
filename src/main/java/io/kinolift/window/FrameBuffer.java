package io.kinolift.window;

import io.kinolift.frame.EncodedFrame;

/** Holds the waiting frames of one stream. A frame that was put stays until it is deleted, even after a crash. */
public interface FrameBuffer {
    void put(SourceFrame frame);

    /** The frame that was put, or null. */
    SourceFrame find(long session, long sequence);

    /** The frame that was put; never null. */
    default SourceFrame get(long session, long sequence) {
        SourceFrame found = find(session, sequence);
        if (found == null) {
            throw new IllegalStateException("expected the frame " + session + "/" + sequence + ", found none");
        }
        return found;
    }

    void delete(long session, long sequence);

    /** The bytes of a waiting frame, as the reorder bound counts them. */
    static long bytes(EncodedFrame frame) {
        return frame.payload().remaining();
    }
}
