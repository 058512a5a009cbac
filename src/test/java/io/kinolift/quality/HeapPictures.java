package io.kinolift.quality;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pictures on the heap; rows have padding, so that a forgotten stride is seen. */
final class HeapPictures {
    private static final int PADDING = 5;

    private HeapPictures() {}

    /** @param samples one per component of the format, in the order of its planes */
    static Picture constant(PixelFormat format, int width, int height, int... samples) {
        return of(format, width, height, (index, _, _) -> samples[index]);
    }

    /** A gradient with noise on it: the same gradient for every seed. */
    static Picture noisy(PixelFormat format, int width, int height, long seed) {
        Random random = new Random(seed);
        return of(
                format,
                width,
                height,
                (index, x, y) -> ((x + 2 * y + 40 * index) % 200 + random.nextInt(56)) * format.scaleFrom8Bit()
                        + random.nextInt(format.scaleFrom8Bit()));
    }

    static Picture of(PixelFormat format, int width, int height, Samples samples) {
        List<Plane> planes = new ArrayList<>();
        for (int i = 0; i < format.planeCount(); i++) {
            int components = format.components(i);
            int columns = format.planeWidth(i, width);
            int rows = format.planeHeight(i, height);
            int stride = format.rowBytes(i, width) + PADDING;
            Plane plane = Plane.of(format, i, MemorySegment.ofArray(new byte[stride * rows]), width, height, stride);
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns * components; x++) {
                    plane.set(x, y, samples.at(i + x % components, x / components, y));
                }
            }
            planes.add(plane);
        }
        return new Picture(format, width, height, planes, () -> {});
    }

    /** All samples without padding, as in a raw file. */
    static byte[] bytes(Picture picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Plane plane : picture.planes()) {
            for (int y = 0; y < plane.height(); y++) {
                out.writeBytes(plane.data()
                        .asSlice(y * plane.stride(), plane.rowBytes())
                        .toArray(ValueLayout.JAVA_BYTE));
            }
        }
        return out.toByteArray();
    }

    @FunctionalInterface
    interface Samples {
        /**
         * The value of a sample.
         *
         * @param component counted through all planes
         */
        int at(int component, int x, int y);
    }
}
