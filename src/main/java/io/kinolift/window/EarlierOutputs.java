package io.kinolift.window;

import java.util.List;

/**
 * What the first output of a window may refer to: the outputs of its group that earlier windows made. To be read while
 * the window is being worked on, by one who does not have them any more.
 */
public interface EarlierOutputs {
    /** The first output of its window refers to none. */
    EarlierOutputs NONE = List::of;

    /**
     * Windows whose outputs these are, in order, with the same pictures as when they were made first. Each is cut when its
     * turn comes, so that only one at a time is in memory.
     */
    Iterable<FrameWindow> windows();
}
