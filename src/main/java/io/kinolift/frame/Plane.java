package io.kinolift.frame;

import java.lang.foreign.MemorySegment;

/**
 * One plane of 8-bit samples in native memory.
 *
 * @param data row 0 starts at byte 0; row y at byte {@code y * stride}
 * @param width positions per row
 * @param height rows
 * @param components interleaved samples per position
 * @param stride bytes from one row to the next, at least {@code width * components}
 */
public record Plane(MemorySegment data, int width, int height, int components, long stride) {
    public int rowBytes() {
        return width * components;
    }
}
