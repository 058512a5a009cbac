package io.kinolift.fit;

/** Adds up frames. One instance is for one thread. */
interface FrameSums {
    /**
     * Adds all neighbourhoods that lie inside the picture.
     *
     * @param input the small picture
     * @param output the large one, {@code factor} times as wide and high
     * @throws IllegalArgumentException if the picture is too small for the kernel
     */
    void add(IntPlane input, IntPlane output);

    /** The separate sums. */
    Statistics[] sums();
}
