package io.kinolift.fit;

import io.kinolift.codec.VideoException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * One way to look at footage: what is added up of a clip, frames in parallel. Memory does not depend on the clip's
 * length, nor the result on the number of threads or on where it was interrupted.
 */
interface ClipPass {
    /** What it is called while it runs, and in a file of statistics. */
    String title();

    /** How many sums it keeps apart. */
    int parts();

    /**
     * @param start what an interrupted pass had
     * @param frames is told how many frames of the clip have been read
     * @throws VideoException if the clip cannot be read or is too small for the kernel
     */
    ClipSums read(Path clip, ClipSums start, Snapshot snapshot, LongConsumer frames)
            throws VideoException, IOException, InterruptedException;

    /** Takes what there is so far. */
    interface Snapshot {
        void take(ClipSums soFar) throws IOException;
    }
}
