package io.kinolift.ffmpeg;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Role;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * One component of a picture, wherever it lies: rows of numbers.
 *
 * @param index its place among the components of the plane
 */
record Component(Plane plane, int index) {
    static Component of(Picture picture, Role role) {
        PixelFormat.Place place = picture.format().place(role);
        return new Component(picture.plane(place.plane()), place.component());
    }

    int width() {
        return plane.width();
    }

    int height() {
        return plane.height();
    }

    void read(int y, int[] row) {
        int step = plane.components() * plane.sampleBytes();
        long at = y * plane.stride() + (long) index * plane.sampleBytes();
        int width = plane.width();
        if (plane.sampleBytes() == Byte.BYTES) {
            for (int x = 0; x < width; x++, at += step) {
                row[x] = Byte.toUnsignedInt(plane.data().get(ValueLayout.JAVA_BYTE, at));
            }
        } else {
            int shift = plane.format().sampleShift();
            for (int x = 0; x < width; x++, at += step) {
                row[x] = Short.toUnsignedInt(plane.data().get(Plane.SHORT_SAMPLE, at)) >> shift;
            }
        }
    }

    void write(int y, int[] row) {
        int step = plane.components() * plane.sampleBytes();
        long at = y * plane.stride() + (long) index * plane.sampleBytes();
        int width = plane.width();
        if (plane.sampleBytes() == Byte.BYTES) {
            for (int x = 0; x < width; x++, at += step) {
                plane.data().set(ValueLayout.JAVA_BYTE, at, (byte) row[x]);
            }
        } else {
            int shift = plane.format().sampleShift();
            for (int x = 0; x < width; x++, at += step) {
                plane.data().set(Plane.SHORT_SAMPLE, at, (short) (row[x] << shift));
            }
        }
    }

    void fill(int sample) {
        int[] row = new int[plane.width()];
        Arrays.fill(row, sample);
        for (int y = 0; y < plane.height(); y++) {
            write(y, row);
        }
    }
}
