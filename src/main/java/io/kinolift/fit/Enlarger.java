package io.kinolift.fit;

import io.kinolift.frame.Picture;
import io.kinolift.upscale.InputFrames;

/** One way to make outputs from the small pictures of thinned and shrunk footage. For one thread. */
interface Enlarger extends ThinnedClip.Reach, AutoCloseable {
    /**
     * Makes one output frame.
     *
     * @param inputs GRAY8, those within reach of the output
     * @return GRAY8, which the caller closes
     */
    Picture enlarge(long output, InputFrames inputs);

    @Override
    void close();
}
