package io.kinolift.transfer;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import java.util.List;

/** The pictures of a file that is being written. */
interface VideoTrack extends AutoCloseable {
    /**
     * Writes the next one.
     *
     * @param picture stays the caller's; null if frames are written as they are
     */
    void write(EncodedFrame frame, Picture picture) throws VideoException, TransferException;

    /** Completes the file. */
    void finish() throws VideoException;

    /** What becomes of the pictures besides their encoding, one line each. */
    List<String> remarks();

    @Override
    void close();
}
