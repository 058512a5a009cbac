package io.kinolift.kernel.adapt;

/**
 * Row loops that sort samples by their gradients; {@code GradientClasses} describes the classes. Implementations have
 * no state and may be shared by threads.
 *
 * <p>All sums are of whole numbers and stay below 2^24, so float32 holds them exactly and their order makes no
 * difference. Four times h may be larger, but it is a multiple of four.
 */
public sealed interface GradientKernel permits ScalarGradients, VectorGradients {
    /** Rows and columns of the box that is summed. */
    int BOX = 5;

    /** Columns that are read and written beyond the last one. */
    int SLACK = 16;

    /** Sums t below it are class 0. */
    int FLAT = 400;

    /** Sums t from it on are strong. */
    int STRONG = 10_000;

    /** Coherence, in 256ths, from which on it is a step higher. */
    int SOME_COHERENCE = 125;

    /** Coherence, in 256ths, from which on it is two steps higher. */
    int MUCH_COHERENCE = 231;

    /** What a negative v adds to a class. */
    int MIRROR = 4;

    /** What a negative u adds to a class. */
    int TRANSPOSE = 2;

    /** What each of two steps of detail adds to a class. */
    int DETAIL = 8;

    /** What each of two steps of coherence adds to a class. */
    int COHERENCE = 3 * DETAIL;

    /** What a strong sum t adds to a class. */
    int STRENGTH = 3 * COHERENCE;

    /**
     * Makes the four sums over five rows, column by column.
     *
     * @param rows seven rows of samples up to 255: column x of the sums is made from columns x to x + 2
     */
    void addDown(float[][] rows, int count, float[] ts, float[] us, float[] vs, float[] hs);

    /** Sums along the row, in place: column x becomes the sum of columns x to x + 4. */
    void addAlong(float[] sums, int count);

    /**
     * Begins classes with what the angle and the detail add, from the sums over boxes.
     *
     * @param classes room for {@code count} and {@link #SLACK} more
     */
    void beginClasses(float[] ts, float[] us, float[] vs, float[] hs, int count, int[] classes);

    /** Completes what {@link #beginClasses} left with coherence and strength. One loop for both is more than C2 inlines. */
    void endClasses(float[] ts, float[] us, float[] vs, int count, int[] classes);
}
