package io.kinolift.window;

/** The inputs that an operator sees beyond the first and last frame of a window. */
public enum WindowEdges {
    /** The neighbouring frames: the result does not depend on the window size. */
    SEAMLESS,
    /** Nothing: each window is a tensor of its own, as {@code nn.Upsample} would see it. */
    INDEPENDENT
}
