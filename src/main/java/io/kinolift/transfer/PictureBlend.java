package io.kinolift.transfer;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import java.lang.foreign.MemorySegment;

/** Two pictures become one. All three have the same format and size. */
final class PictureBlend {
    /** The largest sum, of samples of 16 bits, fits an int; the error stays below a hundredth of a level of 8 bits. */
    private static final int WEIGHT_BITS = 14;

    private PictureBlend() {}

    static void copy(Picture from, Picture to) {
        for (int plane = 0; plane < from.planes().size(); plane++) {
            Plane in = from.plane(plane);
            Plane out = to.plane(plane);
            for (int y = 0; y < in.height(); y++) {
                MemorySegment.copy(in.data(), y * in.stride(), out.data(), y * out.stride(), in.rowBytes());
            }
        }
    }

    /** @param part of the later picture, 0 to 1 */
    static void blend(Picture earlier, Picture later, double part, Picture to) {
        int weight = (int) Math.round(part * (1 << WEIGHT_BITS));
        for (int plane = 0; plane < to.planes().size(); plane++) {
            blend(earlier.plane(plane), later.plane(plane), weight, to.plane(plane));
        }
    }

    private static void blend(Plane earlier, Plane later, int weight, Plane to) {
        int rest = (1 << WEIGHT_BITS) - weight;
        int half = 1 << (WEIGHT_BITS - 1);
        for (int y = 0; y < to.height(); y++) {
            for (int i = 0; i < to.rowSamples(); i++) {
                to.set(i, y, (rest * earlier.sample(i, y) + weight * later.sample(i, y) + half) >> WEIGHT_BITS);
            }
        }
    }
}
