package io.kinolift.video;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import java.util.List;

/** Pictures one after the other, with their times. For one thread at a time. */
public interface PictureSource extends AutoCloseable {
    /** Begins the name of a source that is a chain of FFmpeg's own filters. */
    String FILTERS = "lavfi:";

    /**
     * Opens a file, a device, a network stream or a chain of filters.
     *
     * @param source may also be {@link #FILTERS} and a chain of filters that begins with a source, such as {@code
     *     lavfi:testsrc2=size=640x360:rate=25,realtime}
     * @throws VideoException if there is no video of 8 or 10 bits without alpha in it
     */
    static PictureSource open(Source source, ReaderLimits limits) throws VideoException {
        return source.name().startsWith(FILTERS)
                ? FilterSource.open(source.name().substring(FILTERS.length()))
                : VideoReader.open(source, limits);
    }

    /**
     * As {@link #open}, near a time: a file begins with a picture that need not be decoded from the start, at or before
     * it; all else begins where it does. Times are those of the whole source.
     *
     * @param startMicros after the source's beginning
     * @param sound what is read for {@link #sound()}; filters have none
     */
    static PictureSource openNear(Source source, ReaderLimits limits, long startMicros, SoundChoice sound)
            throws VideoException {
        return source.name().startsWith(FILTERS)
                ? open(source, limits)
                : VideoReader.openNear(source, limits, startMicros, sound);
    }

    /** Whether the name is that of something in the network, which may go away and come back. */
    static boolean isRemote(Source source) {
        try {
            return !source.name().startsWith(FILTERS)
                    && SourceAddress.of(source).kind() == SourceAddress.Kind.URL;
        } catch (VideoException _) {
            return false;
        }
    }

    /**
     * The next picture, or null after the last.
     *
     * @throws VideoException if it cannot be had
     */
    TimedPicture next() throws VideoException;

    /** The audio tracks that {@link #sound()} will give packets of, as far as they are known yet. */
    default List<SoundTrack> soundTracks() {
        return List.of();
    }

    /**
     * The packets of sound that have come by since the last call, on the clock of the pictures. To be asked after each
     * {@link #next()}, also after the last.
     */
    default List<SoundPacket> sound() {
        return List.of();
    }

    /** Seconds per unit of a picture's times. */
    Rational timeBase();

    /** The number of pictures that the source announces; 0 if it announces none. */
    long promisedFrames();

    /** Whether it can be opened once more, and gives the same pictures. */
    default boolean isRepeatable() {
        return true;
    }

    /** Why there was nothing more, although the source had not ended; null if it had, or nobody can tell. */
    default String breakage() {
        return null;
    }

    /** How many pictures were damaged, or could not be decoded at all, up to now: packets that were lost on the way. */
    default long damagedPictures() {
        return 0;
    }

    /** What became of the pictures without being asked for, one line each, up to now. */
    default List<String> remarks() {
        return List.of();
    }

    @Override
    void close();
}
