package io.kinolift.bench;

/** One way of doing a workload. One thread at a time. */
public interface Racer extends AutoCloseable {
    String name();

    /** Output frames per round. */
    int outputs();

    /** Makes all output frames again. */
    void round();

    /**
     * Whether {@link #sample} has a value from the last round for an output.
     *
     * @param output counted as the operator counts them
     */
    default boolean makes(long output) {
        return false;
    }

    /** A sample of the last round's output, to check that all contenders do the same work. Only for an output that it made. */
    default double sample(long output, int plane, int row, int column, int component) {
        throw new UnsupportedOperationException(name() + " shows no samples");
    }

    @Override
    default void close() {}
}
