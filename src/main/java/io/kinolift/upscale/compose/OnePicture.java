package io.kinolift.upscale.compose;

import io.kinolift.frame.Picture;
import io.kinolift.upscale.InputFrames;

/** A segment with a single picture. */
record OnePicture(Picture picture) implements InputFrames {
    @Override
    public long first() {
        return 0;
    }

    @Override
    public long last() {
        return 0;
    }

    @Override
    public Picture at(long index) {
        return picture;
    }
}
