package io.kinolift.window;

/** Is called for the fate of each frame of a stream, in order. */
public interface WindowListener {
    void window(FrameWindow window);

    void dropped(SourceFrame frame, DropPolicy policy);

    /**
     * A frame that cannot take its place; it is counted as received and nothing else.
     *
     * @param detail expected and found
     */
    void refused(SourceFrame frame, Refusal refusal, String detail);

    /** Why a frame in order cannot take its place. */
    enum Refusal {
        /** It is not later than the one before it. */
        TIME_NOT_AFTER,
        /** It is too far ahead of the one before it. */
        TIME_JUMP,
        /** It is decoded no later than the one before it. */
        DTS_NOT_AFTER,
        /** It has another format than the key frame of its group. */
        FORMAT_WITHIN_GROUP,
        /** Its group has too many frames or bytes. */
        GROUP_TOO_LONG
    }

    /** The state has counted it. */
    void noted(Incident incident);

    /**
     * All windows of the session have been handed over and no frame is held.
     *
     * @param outputs the output sequence that would come next
     */
    void ended(long session, long outputs);
}
