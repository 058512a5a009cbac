package io.kinolift.video;

import io.kinolift.ffmpeg.VideoException;
import java.util.List;

/** Sound for a file that is being written, from somewhere that is no file. Asked on the thread that writes pictures. */
public interface SoundSupply {
    /** A track, and its first packet's time in the track's time base; null if there is no packet yet. */
    record Start(SoundTrack track, Long first) {}

    /**
     * Begins where the pictures do, at time 0.
     *
     * @param leadMicros how long before that packets may begin: decoders want some, and containers can hide them
     * @return the tracks that there are
     */
    List<Start> begin(long leadMicros) throws VideoException;

    /**
     * The next packet.
     *
     * @param untilMicros the latest time at which it may begin
     * @return null if there is none up to then that has arrived
     */
    SoundPacket next(long untilMicros) throws VideoException;

    /** There will be no more pictures, and their end is known: what has been sent up to then is waited for. */
    void last(long untilMicros) throws VideoException;

    /** What is left out, one line each. */
    List<String> remarks();
}
