package io.kinolift.window;

/** Is told what became of the frames of a stream, in order. */
public interface WindowListener {
    void window(FrameWindow window);

    void dropped(SourceFrame frame, DropPolicy policy);

    /**
     * A frame that cannot take its place; it is counted as received and nothing else.
     *
     * @param detail what was expected and what was found
     */
    void refused(SourceFrame frame, String detail);

    /** The state has counted it. */
    void noted(Incident incident);

    /** All windows of the session have been handed over and no frame is held. */
    void ended(long session, long sequence);
}
