package io.kinolift.bench;

/** One way of doing a workload. One thread at a time. */
public interface Contender extends AutoCloseable {
    String name();

    /** Output frames per round. */
    int outputs();

    /** Makes the output frames, all of them anew. */
    void round();

    /**
     * Whether {@link #sample} tells what the last round made of an output.
     *
     * @param output counted as the operator counts them
     */
    default boolean makes(long output) {
        return false;
    }

    /** A sample of what the last round made, to see that it is the same work; of an output that it makes. */
    default double sample(long output, int plane, int row, int column, int component) {
        throw new UnsupportedOperationException(name() + " shows no samples");
    }

    @Override
    default void close() {}
}
