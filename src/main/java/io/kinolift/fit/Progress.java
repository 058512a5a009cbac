package io.kinolift.fit;

import java.nio.file.Path;

/** Is told how a pass over clips goes on. */
public interface Progress {
    /** @param clip from 1 */
    void clip(int clip, int clips, Path file, long expectedFrames);

    /** How many frames of the clip have been read. */
    void frames(long frames);
}
