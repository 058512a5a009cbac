package io.kinolift.topology;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.frame.Plane;
import io.kinolift.window.Filling;
import java.lang.foreign.ValueLayout;

/**
 * The picture of a frame that did not come, between the pictures on either side of the gap: each sample is blended by the
 * distance in time and rounded half up. Across a scene cut it is the nearer picture, the earlier one in the middle.
 */
final class Bridge {
    private Bridge() {}

    static Picture between(
            Picture before, Picture after, Filling filling, double sceneCut, PictureAllocator pictures) {
        long weight = filling.part();
        if (SceneSignature.of(before).distance(SceneSignature.of(after)) > sceneCut) {
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
            for (int x = 0; x < out.rowBytes(); x++) {
                long sum = (parts - weight) * sample(before, x, y) + weight * sample(after, x, y);
                out.data().set(ValueLayout.JAVA_BYTE, y * out.stride() + x, (byte) ((2 * sum + parts) / (2 * parts)));
            }
        }
    }

    private static int sample(Plane plane, int x, int y) {
        return Byte.toUnsignedInt(plane.data().get(ValueLayout.JAVA_BYTE, y * plane.stride() + x));
    }
}
