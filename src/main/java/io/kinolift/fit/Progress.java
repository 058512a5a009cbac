package io.kinolift.fit;

import java.nio.file.Path;

/** Is told how passes over clips go on. */
public interface Progress {
    /**
     * @param pass what the pass is called
     * @param clip from 1
     */
    void clip(String pass, int clip, int clips, Path file, long expectedFrames);

    /** How many frames of the clip have been read. */
    void frames(long frames);
}
