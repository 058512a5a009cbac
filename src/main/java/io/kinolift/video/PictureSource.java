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
     * The next picture, or null after the last.
     *
     * @throws VideoException if it cannot be had
     */
    TimedPicture next() throws VideoException;

    /** Seconds per unit of a picture's times. */
    Rational timeBase();

    /** The number of pictures that the source announces; 0 if it announces none. */
    long promisedFrames();

    /** What became of the pictures without being asked for, one line each, up to now. */
    default List<String> remarks() {
        return List.of();
    }

    @Override
    void close();
}
