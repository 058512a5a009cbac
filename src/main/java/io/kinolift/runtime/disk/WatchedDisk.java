package io.kinolift.runtime.disk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The disk that a folder is on, as it was when somebody last looked. */
public final class WatchedDisk {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedDisk.class);

    private final String name;
    private final Path folder;
    private final String setting;
    private final long leastBytes;
    private volatile Room room = Room.ENOUGH;
    private volatile long freeBytes = Long.MAX_VALUE;
    private volatile long totalBytes = Long.MAX_VALUE;

    /**
     * @param name of what is in the folder
     * @param setting that names the folder
     */
    WatchedDisk(String name, Path folder, String setting, long leastBytes) {
        this.name = name;
        this.folder = folder.toAbsolutePath().normalize();
        this.setting = setting;
        this.leastBytes = leastBytes;
    }

    /** What is in the folder: {@code state} or {@code journal}. */
    public String name() {
        return name;
    }

    /** Bytes that this user may still write. */
    public long freeBytes() {
        return freeBytes;
    }

    public long totalBytes() {
        return totalBytes;
    }

    Path folder() {
        return folder;
    }

    Room room() {
        return room;
    }

    boolean isSameAs(WatchedDisk other) throws IOException {
        return store().equals(other.store());
    }

    private FileStore store() throws IOException {
        Path existing = folder;
        while (Files.notExists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return Files.getFileStore(existing);
    }

    /** Asks for the free bytes. */
    void measure() throws IOException {
        FileStore store = store();
        freeBytes = bounded(store.getUsableSpace());
        totalBytes = bounded(store.getTotalSpace());
    }

    /** A very large disk overflows. */
    private static long bounded(long bytes) {
        return bytes < 0 ? Long.MAX_VALUE : bytes;
    }

    /** Measures, and says what has changed. */
    void look() {
        try {
            measure();
        } catch (IOException e) {
            LOG.debug("cannot ask for the free bytes of {}", folder, e);
            return;
        }
        Room before = room;
        room = before.next(freeBytes, leastBytes);
        if (room == before) {
            return;
        }
        switch (room) {
            case NONE -> LOG.error("{}", fault().orElseThrow());
            case LOW -> {
                if (before == Room.NONE) {
                    LOG.info("the disk of {} has some room again: {} free", this, mebibytes());
                } else {
                    LOG.warn(
                            "the disk of {} is nearly full: {} free; below {} ({}) the application pauses",
                            this,
                            mebibytes(),
                            mebibytes(leastBytes),
                            DiskWatch.SETTING);
                }
            }
            case ENOUGH -> LOG.info("the disk of {} has enough room again: {} free", this, mebibytes());
        }
    }

    /** Why nothing can be done now; empty if there is room. */
    Optional<String> fault() {
        return room == Room.NONE
                ? Optional.of("paused: expected at least " + mebibytes(leastBytes) + " (" + DiskWatch.SETTING
                        + ") free on the disk of " + this + ", found " + mebibytes() + "; it goes on by itself at "
                        + mebibytes(Room.goesOnAt(leastBytes)) + ", and no frame is lost while the topic keeps it")
                : Optional.empty();
    }

    /** The free bytes. */
    String mebibytes() {
        return mebibytes(freeBytes);
    }

    static String mebibytes(long bytes) {
        return bytes % (1 << 20) == 0 || bytes >= 10 << 20
                ? (bytes >> 20) + " MiB"
                : Math.floorDiv(bytes, 1 << 10) + " KiB";
    }

    @Override
    public String toString() {
        return "the " + name + " folder " + folder + " (" + setting + ")";
    }
}
