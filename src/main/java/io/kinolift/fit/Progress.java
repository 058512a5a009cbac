package io.kinolift.fit;

import java.nio.file.Path;

/** Is told about the progress of passes over clips. */
public interface Progress {
    /**
     * A pass begins to read a clip.
     *
     * @param pass the name of the pass
     * @param clip from 1
     */
    void clip(String pass, int clip, int clips, Path file, long expectedFrames);

    /** How many frames of the clip have been read. */
    void frames(long frames);
}
