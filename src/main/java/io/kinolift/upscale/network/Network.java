package io.kinolift.upscale.network;

/**
 * A network that turns samples into more samples: a model file, independent of its runtime. Safe for several threads.
 */
public interface Network {
    /** The number of channels, the same for inputs and outputs. */
    int channels();

    /** Outputs per input in time, height and width; whole numbers. */
    int[] factors();

    /**
     * Runs the network over a tile.
     *
     * @param samples (channels, depth, height, width), the last index running fastest
     * @return the output samples in the same order, every extent times its factor
     * @throws IllegalStateException if the network fails, or gives another shape
     */
    float[] run(float[] samples, int depth, int height, int width);
}
