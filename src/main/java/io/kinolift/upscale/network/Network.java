package io.kinolift.upscale.network;

/** A network that makes more samples of samples: a model file, behind whatever runs it. Safe for several threads. */
public interface Network {
    /** Of inputs and outputs alike. */
    int channels();

    /** Outputs per input in time, height and width; whole numbers. */
    int[] factors();

    /**
     * Runs the network over a tile.
     *
     * @param samples (channels, depth, height, width), the last index running fastest
     * @return the same with every extent times its factor
     * @throws IllegalStateException if the network fails, or gives another shape
     */
    float[] run(float[] samples, int depth, int height, int width);
}
