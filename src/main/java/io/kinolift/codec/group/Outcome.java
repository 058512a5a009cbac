package io.kinolift.codec.group;

import io.kinolift.frame.EncodedFrame;

/** What became of a frame. */
public sealed interface Outcome permits Shown, LeftOut {
    EncodedFrame frame();

    /** Frees the picture, if there is one. */
    default void free() {
        if (this instanceof Shown shown) {
            shown.picture().close();
        }
    }
}
