package io.kinolift.ffmpeg;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Role;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Puts samples into another order, for codecs that know only one of the orders. Values do not change. */
public final class Interleaving {
    /** A chroma sample without colour. */
    private static final byte NEUTRAL = (byte) 128;

    private Interleaving() {}

    /** Whether the samples of one can be moved into the other and back. */
    public static boolean exists(PixelFormat from, PixelFormat to) {
        return to.hasSamplesOf(from) || (from == PixelFormat.GRAY8 && to == PixelFormat.YUV420P);
    }

    /** Fills {@code to}, which has the same size and a format for which {@link #exists} holds. */
    public static void move(Picture from, Picture to) {
        if (!exists(from.format(), to.format())) {
            throw new IllegalArgumentException(
                    "expected a format with the same samples as " + from.format() + ", found " + to.format());
        }
        for (Plane plane : to.planes()) {
            boolean isSame = plane.index() < from.planes().size()
                    && from.plane(plane.index()).roles().equals(plane.roles())
                    && from.format().sampleShift() == to.format().sampleShift();
            if (isSame) {
                AvPictures.copy(from.plane(plane.index()), plane);
            } else if (from.format() == PixelFormat.GRAY8) {
                plane.data().fill(NEUTRAL);
            } else {
                plane.roles().forEach(role -> move(from, to, role));
            }
        }
    }

    private static void move(Picture from, Picture to, Role role) {
        Component source = Component.of(from, role);
        Component target = Component.of(to, role);
        int[] row = new int[source.width()];
        for (int y = 0; y < source.height(); y++) {
            source.read(y, row);
            target.write(y, row);
        }
    }

    /** Whether the chroma of a planar picture is neutral everywhere, so that it has luma only. */
    public static boolean isGrey(Picture picture) {
        for (Plane chroma : picture.planes().subList(1, picture.planes().size())) {
            for (int y = 0; y < chroma.height(); y++) {
                for (int x = 0; x < chroma.width(); x++) {
                    if (chroma.data().get(ValueLayout.JAVA_BYTE, y * chroma.stride() + x) != NEUTRAL) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Swaps the two bytes of every sample. Codecs that count bytes the other way have such pictures inside. */
    public static void swapBytes(Picture picture) {
        for (Plane plane : picture.planes()) {
            MemorySegment data = plane.data();
            for (int y = 0; y < plane.height(); y++) {
                long row = y * plane.stride();
                for (int i = 0; i < plane.rowSamples(); i++) {
                    long at = row + (long) Short.BYTES * i;
                    data.set(Plane.SHORT_SAMPLE, at, Short.reverseBytes(data.get(Plane.SHORT_SAMPLE, at)));
                }
            }
        }
    }
}
