package io.kinolift.engine;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.frame.Plane;
import io.kinolift.window.Filling;

/**
 * The picture of a missing frame, between the pictures on either side of the gap: each sample is blended by the
 * distance in time and rounded half up. Across a scene cut it is the nearer picture, the earlier one in the middle.
 */
final class Bridge {
    private Bridge() {}

    /** @param cut whether the two sides belong to different shots */
    static Picture between(Picture before, Picture after, Filling filling, boolean cut, PictureAllocator pictures) {
        long weight = filling.part();
        if (cut) {
            weight = 2 * filling.part() <= filling.parts() ? 0 : filling.parts();
        }
        Picture between = pictures.allocate(before.format(), before.width(), before.height());
        for (int plane = 0; plane < between.planes().size(); plane++) {
            blend(before.plane(plane), after.plane(plane), between.plane(plane), weight, filling.parts());
        }
        return between;
    }

    private static void blend(Plane before, Plane after, Plane out, long weight, long parts) {
        for (int y = 0; y < out.height(); y++) {
            for (int i = 0; i < out.rowSamples(); i++) {
                long sum = (parts - weight) * before.sample(i, y) + weight * after.sample(i, y);
                out.set(i, y, (int) ((2 * sum + parts) / (2 * parts)));
            }
        }
    }
}
