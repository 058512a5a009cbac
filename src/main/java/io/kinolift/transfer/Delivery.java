package io.kinolift.transfer;

import io.kinolift.avro.VideoFrame;

/** The way of a stream's records to a sink. */
interface Delivery {
    /** The next record of a frame that is wanted. */
    void add(VideoFrame record) throws TransferException, InterruptedException;

    /** The next record of a frame before the first that is wanted; others may refer to it. */
    void early(VideoFrame record) throws TransferException, InterruptedException;

    /** The stream has ended and begins anew in the same session. */
    void restart() throws TransferException, InterruptedException;

    /**
     * The next record cannot be read.
     *
     * @return whether the stream can go on without it
     */
    boolean lost(String reason) throws TransferException, InterruptedException;

    /** Whether nothing more can be handed over. */
    boolean isFull();

    /** Hands over all that is under way. */
    void finish() throws TransferException, InterruptedException;

    /** Frames handed over. */
    long frames();

    /** One line about frames that were left out; empty if none were. */
    String leftOut();
}
