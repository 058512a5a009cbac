package io.kinolift.ffmpeg;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Puts samples into another order, for codecs that know only one of the orders. Values do not change. */
public final class Interleaving {
    /** A chroma sample without colour. */
    private static final byte NEUTRAL = (byte) 128;

    private Interleaving() {}

    /** Whether the samples of one can be moved into the other and back. */
    public static boolean exists(PixelFormat from, PixelFormat to) {
        return from == to
                || switch (from) {
                    case NV12, GRAY8 -> to == PixelFormat.YUV420P;
                    case YUV420P -> to == PixelFormat.NV12;
                    case RGB24 -> to == PixelFormat.BGR24;
                    case BGR24 -> to == PixelFormat.RGB24;
                    default -> false;
                };
    }

    /** Fills {@code to}, which has the same size and a format for which {@link #exists} holds. */
    public static void move(Picture from, Picture to) {
        if (from.format() == to.format()) {
            AvPictures.copy(from, to);
            return;
        }
        switch (from.format()) {
            case NV12 -> {
                AvPictures.copy(from.plane(0), to.plane(0));
                split(from.plane(1), to.plane(1), to.plane(2));
            }
            case YUV420P -> {
                AvPictures.copy(from.plane(0), to.plane(0));
                join(from.plane(1), from.plane(2), to.plane(1));
            }
            case GRAY8 -> {
                AvPictures.copy(from.plane(0), to.plane(0));
                for (Plane chroma : to.planes().subList(1, to.planes().size())) {
                    chroma.data().fill(NEUTRAL);
                }
            }
            case RGB24, BGR24 -> swap(from.plane(0), to.plane(0));
            default ->
                throw new IllegalArgumentException(
                        "expected a format with the same samples as " + from.format() + ", found " + to.format());
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

    private static void split(Plane pairs, Plane first, Plane second) {
        MemorySegment source = pairs.data();
        for (int y = 0; y < pairs.height(); y++) {
            for (int x = 0; x < pairs.width(); x++) {
                long at = y * pairs.stride() + 2L * x;
                first.data().set(ValueLayout.JAVA_BYTE, y * first.stride() + x, source.get(ValueLayout.JAVA_BYTE, at));
                second.data()
                        .set(ValueLayout.JAVA_BYTE, y * second.stride() + x, source.get(ValueLayout.JAVA_BYTE, at + 1));
            }
        }
    }

    private static void join(Plane first, Plane second, Plane pairs) {
        MemorySegment target = pairs.data();
        for (int y = 0; y < pairs.height(); y++) {
            for (int x = 0; x < pairs.width(); x++) {
                long at = y * pairs.stride() + 2L * x;
                target.set(ValueLayout.JAVA_BYTE, at, first.data().get(ValueLayout.JAVA_BYTE, y * first.stride() + x));
                target.set(
                        ValueLayout.JAVA_BYTE,
                        at + 1,
                        second.data().get(ValueLayout.JAVA_BYTE, y * second.stride() + x));
            }
        }
    }

    private static void swap(Plane from, Plane to) {
        for (int y = 0; y < from.height(); y++) {
            for (int x = 0; x < from.width(); x++) {
                long read = y * from.stride() + 3L * x;
                long write = y * to.stride() + 3L * x;
                for (int c = 0; c < 3; c++) {
                    to.data()
                            .set(
                                    ValueLayout.JAVA_BYTE,
                                    write + 2 - c,
                                    from.data().get(ValueLayout.JAVA_BYTE, read + c));
                }
            }
        }
    }
}
