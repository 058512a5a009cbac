package io.kinolift.kernel.adapt;

/**
 * Row loops that sort samples by their gradients; {@code GradientClasses} describes the classes. Implementations have
 * no state and may be shared by threads.
 *
 * <p>All sums are of whole numbers and stay below 2^24, so float32 holds them exactly and their order makes no
 * difference.
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

    /** 256ths of coherence, from which on it is one more. */
    int SOME_COHERENCE = 125;

    int MUCH_COHERENCE = 231;

    /** What each property adds to a class: a negative v, a negative u, and one step of the others. */
    int MIRROR = 4;

    int TRANSPOSE = 2;
    int DETAIL = 8;
    int COHERENCE = 3 * DETAIL;
    int STRENGTH = 3 * COHERENCE;

    /**
     * Makes the four sums over five rows, column by column.
     *
     * @param rows seven rows of samples up to 255: column x of the sums is made from columns x to x + 2
     */
    void addDown(float[][] rows, int count, float[] ts, float[] us, float[] vs, float[] hs);

    /** Sums along the row, in place: column x becomes the sum of columns x to x + 4. */
    void addAlong(float[] sums, int count);

    /** Begins classes with what the angle and the detail add, from the sums over boxes. */
    void beginClasses(float[] ts, float[] us, float[] vs, float[] hs, int count, int[] classes);

    /** Completes classes with coherence and strength. One loop for both parts is more than C2 inlines. */
    void endClasses(float[] ts, float[] us, float[] vs, int count, int[] classes);
}
