package io.kinolift.kernel.interpolate;

/** The sums between the two passes, for rows up to a length. One thread at a time. */
public final class RowScratch {
    /** Vector loops load whole vectors, of at most 32 lanes, even if only the first lanes matter. */
    private static final int SLACK = 64;

    final int[] ints;
    final float[] floats;

    /** @param samples the longest input row */
    public RowScratch(int samples) {
        ints = new int[samples + SLACK];
        floats = new float[samples + SLACK];
    }
}
