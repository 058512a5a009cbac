package io.kinolift.fit;

import io.kinolift.ffmpeg.VideoException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * One pass over a clip, which adds up sums of its frames in parallel. The memory does not depend on the clip's length.
 * The result does not depend on the number of threads, or on where the pass was interrupted.
 */
interface ClipPass {
    /** Its name, for progress and in a file of statistics. */
    String title();

    /** How many sums it keeps apart. */
    int parts();

    /**
     * Reads a clip and adds up its sums.
     *
     * @param start the sums of an interrupted pass
     * @param frames is told how many frames of the clip have been read
     * @throws VideoException if the clip cannot be read or is too small for the kernel
     */
    ClipSums read(Path clip, ClipSums start, Snapshot snapshot, LongConsumer frames)
            throws VideoException, IOException, InterruptedException;

    /** Takes the sums so far. */
    interface Snapshot {
        void take(ClipSums soFar) throws IOException;
    }
}
