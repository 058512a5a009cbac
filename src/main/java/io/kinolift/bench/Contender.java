package io.kinolift.bench;

/** One way of doing a workload. One thread at a time. */
public interface Contender extends AutoCloseable {
    String name();

    /** Output frames per round. */
    int outputs();

    /** Makes the output frames, all of them anew. */
    void round();

    @Override
    default void close() {}
}
