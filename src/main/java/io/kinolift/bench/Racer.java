package io.kinolift.bench;

/** One way of doing a workload. One thread at a time. */
public interface Racer extends AutoCloseable {
    String name();

    /** Output frames per round. */
    int outputs();

    /** Makes the output frames, all of them anew. */
    void round();

    /**
     * A sample of what the last round made, to see that it is the same work.
     *
     * @param output counted as the operator counts them
     * @return NaN where this contender made no such output
     */
    default double sample(long output, int plane, int row, int column, int component) {
        return Double.NaN;
    }

    @Override
    default void close() {}
}
