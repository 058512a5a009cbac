package io.kinolift.window;

/**
 * The frames that those of a window are decoded from, in the order of decoding. To be read while the window is being
 * worked on: they are taken from the buffer when they are asked for.
 */
public interface DecodeOrder {
    /**
     * The sequence of the key frame that decoding a frame of the window begins with.
     *
     * @param index from the window's first frame
     */
    long start(long index);

    /**
     * The offset of that key frame's record.
     *
     * @param index from the window's first frame
     */
    long startOffset(long index);

    /** Behind the last sequence that has come. */
    long end();

    /** The first sequence from this one on that has a frame, or {@link #end()}: there may be millions without one. */
    long next(long sequence);

    /** The frame, or null where none can be decoded. */
    SourceFrame at(long sequence);
}
