package io.kinolift.fit;

/** One way to make outputs from the small pictures that footage was thinned out and shrunk to. For one thread. */
interface Enlarger extends ThinnedClip.Reach, AutoCloseable {
    /**
     * Adds an input's share to an output.
     *
     * @param input from {@link #first} to {@link #last}, whichever picture stands for it
     * @param sums one number per output sample
     */
    void add(long output, long input, Samples small, double[] sums);

    @Override
    void close();
}
