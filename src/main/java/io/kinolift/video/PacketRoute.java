package io.kinolift.video;

import io.kinolift.ffmpeg.VideoException;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Where the packets of one input stream go. For one thread at a time. */
interface PacketRoute extends AutoCloseable {
    /**
     * Takes one packet.
     *
     * @param packet in the input stream's unit; stays the caller's, but may be changed
     */
    void write(AVPacket packet) throws VideoException;

    /** Writes what is left after the last packet. */
    default void end() throws VideoException {}

    @Override
    default void close() {}
}
