package io.kinolift.frame;

import java.util.List;

/**
 * A decoded frame: planes in native memory. The holder of a picture closes it, once, and must not touch its planes
 * afterwards. A thread other than its maker may close it.
 */
public final class Picture implements AutoCloseable {
    private final PixelFormat format;
    private final int width;
    private final int height;
    private final List<Plane> planes;
    private final Runnable release;
    private volatile boolean isClosed;

    /**
     * @param width luma samples per row
     * @param height luma rows
     * @param release gives the memory back; run by {@link #close()}
     */
    public Picture(PixelFormat format, int width, int height, List<Plane> planes, Runnable release) {
        this.format = format;
        this.width = width;
        this.height = height;
        this.planes = List.copyOf(planes);
        this.release = release;
    }

    public PixelFormat format() {
        return format;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public List<Plane> planes() {
        return planes;
    }

    public Plane plane(int index) {
        return planes.get(index);
    }

    /** Whether its memory has been given back. From any thread. */
    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
        release.run();
    }
}
