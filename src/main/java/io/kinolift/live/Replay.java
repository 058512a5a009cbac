package io.kinolift.live;

/** Sends the record at a place of the frames topic again. */
@FunctionalInterface
public interface Replay {
    /**
     * Sends a record once more.
     *
     * @return where it is now, in words
     * @throws IllegalStateException in words for the user, if it is gone or cannot be sent
     */
    String replay(String topic, int partition, long offset);
}
