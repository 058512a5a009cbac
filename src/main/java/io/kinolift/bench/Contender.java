package io.kinolift.bench;

/** One way of doing a workload. One thread at a time. */
public interface Contender extends AutoCloseable {
    String name();

    /** Output frames per round. */
    int outputs();

    /** Makes all output frames again. */
    void round();

    /**
     * A sample of the last round's output, to check that all contenders do the same work.
     *
     * @param output counted as the operator counts them
     * @return NaN if this contender made no such output
     */
    default double sample(long output, int plane, int row, int column, int component) {
        return Double.NaN;
    }

    @Override
    default void close() {}
}
