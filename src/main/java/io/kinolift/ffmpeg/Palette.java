package io.kinolift.ffmpeg;

import io.kinolift.frame.Role;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** The colours of a picture with a palette: 256 numbers of 32 bits, from the upper byte on alpha, red, green and blue. */
final class Palette {
    private static final int COLOURS = 256;
    private static final int OPAQUE = 255;

    private Palette() {}

    /** Whether a pixel of the picture is transparent. Entries that no pixel uses may be anything. */
    static boolean hasAlpha(AVFrame frame) {
        int[] alpha = table(frame, Role.ALPHA);
        for (int y = 0; y < frame.height(); y++) {
            long row = frame.data(0).address() + (long) y * frame.linesize(0);
            MemorySegment line = MemorySegment.ofAddress(row).reinterpret(frame.width());
            for (int x = 0; x < frame.width(); x++) {
                if (alpha[Byte.toUnsignedInt(line.get(ValueLayout.JAVA_BYTE, x))] != OPAQUE) {
                    return true;
                }
            }
        }
        return false;
    }

    /** One component of every colour. */
    static int[] table(AVFrame frame, Role role) {
        int shift = switch (role) {
            case ALPHA -> 24;
            case RED -> 16;
            case GREEN -> 8;
            case BLUE -> 0;
            default -> throw new IllegalArgumentException("expected a component of RGB, found " + role);
        };
        MemorySegment colours =
                MemorySegment.ofAddress(frame.data(1).address()).reinterpret((long) COLOURS * Integer.BYTES);
        ValueLayout.OfInt number = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.nativeOrder());
        int[] table = new int[COLOURS];
        for (int i = 0; i < COLOURS; i++) {
            table[i] = colours.get(number, (long) i * Integer.BYTES) >>> shift & 0xFF;
        }
        return table;
    }
}
