package io.kinolift.frame;

/** Where pictures that are about to be written come from. Safe for use by several threads. */
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
