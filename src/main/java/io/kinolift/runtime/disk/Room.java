package io.kinolift.runtime.disk;

/**
 * How much room a disk has. The way back needs more room than the way there, so that work that goes on, and writes, does
 * not stop again at once.
 */
enum Room {
    ENOUGH,
    /** Fewer free bytes than twice the least, and {@link #ENOUGH} again from two and a half times on. */
    LOW,
    /** Fewer free bytes than the least, and {@link #LOW} again from one and a half times on. */
    NONE;

    /**
     * What it is now.
     *
     * @param leastBytes up to 2^60; with 0, there is always enough
     */
    Room next(long freeBytes, long leastBytes) {
        if (freeBytes < leastBytes || (this == NONE && freeBytes < goesOnAt(leastBytes))) {
            return NONE;
        }
        if (freeBytes < 2 * leastBytes || (this != ENOUGH && freeBytes < 2 * leastBytes + leastBytes / 2)) {
            return LOW;
        }
        return ENOUGH;
    }

    /** From how many free bytes on there is room again. */
    static long goesOnAt(long leastBytes) {
        return leastBytes + leastBytes / 2;
    }
}
