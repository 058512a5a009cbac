package io.kinolift.frame;

/** Makes pictures to be written to. Safe for use by several threads. */
@FunctionalInterface
public interface PictureAllocator {
    /**
     * A picture with undefined samples.
     *
     * @param width luma samples per row, at least 1
     * @param height luma rows, at least 1
     */
    Picture allocate(PixelFormat format, int width, int height);
}
