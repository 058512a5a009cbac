package io.kinolift.fit;

/** One way to make outputs from the small pictures that footage was thinned out and shrunk to. For one thread. */
interface Enlarger extends AutoCloseable {
    /** The first input that an output is made of, not clamped to the clip. */
    long firstInput(long output);

    long lastInput(long output);

    /**
     * Adds an input's share to an output.
     *
     * @param input from {@link #firstInput} to {@link #lastInput}, whichever picture stands for it
     * @param sums one number per output sample
     */
    void add(long output, long input, Samples small, double[] sums);

    @Override
    void close();
}
