package io.kinolift.fit;

import io.kinolift.frame.Plane;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * 8-bit samples as ints, row by row: the layout whose products and sums C2 turns into vectors by itself.
 *
 * @param values {@code width * height} numbers from 0 to 255
 */
record IntPlane(int[] values, int width, int height) {
    static IntPlane of(Plane plane) {
        int[] values = new int[plane.width() * plane.height()];
        byte[] row = new byte[plane.width()];
        for (int y = 0; y < plane.height(); y++) {
            MemorySegment.copy(plane.data(), ValueLayout.JAVA_BYTE, y * plane.stride(), row, 0, row.length);
            for (int x = 0; x < row.length; x++) {
                values[y * row.length + x] = row[x] & 0xff;
            }
        }
        return new IntPlane(values, plane.width(), plane.height());
    }

    /** Half up, clamped. */
    static IntPlane rounded(double[] sums, int width, int height) {
        int[] values = new int[sums.length];
        for (int i = 0; i < sums.length; i++) {
            // Samples and sums of them are above -1e6, so the cast is the floor.
            values[i] = Math.clamp((int) (sums[i] + 1_000_000.5) - 1_000_000, 0, 255);
        }
        return new IntPlane(values, width, height);
    }
}
