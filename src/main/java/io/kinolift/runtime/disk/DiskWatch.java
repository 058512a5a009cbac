package io.kinolift.runtime.disk;

import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.ProcessSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every two seconds at the disks of the state folder and of the journal, and has the application pause before one is
 * full. Nothing is lost by a pause: what was read is committed, and the rest waits in the topic.
 */
public final class DiskWatch implements AutoCloseable {
    static final String SETTING = ProcessSettings.DISK_MIN_FREE.name();

    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    /**
     * So long after a disk was full, a failure is still put down to it. RocksDB, whose write in the background has failed,
     * accepts nothing until it has itself looked for room, which it does every five seconds.
     */
    private static final Duration AFTERMATH = Duration.ofMinutes(1);

    private final long leastBytes;
    private final WatchedDisk state;
    private final List<WatchedDisk> disks;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("disk-watch").factory());
    private Runnable pause = () -> {};
    private Runnable resume = () -> {};
    private boolean paused;
    private volatile long stateBytes;
    private volatile OptionalLong lastFullNanos = OptionalLong.empty();
    private volatile boolean closed;

    /**
     * Looks at the disks for the first time, and says nothing.
     *
     * @param stateDir the folder of the stores
     * @param journalDir left out if it is on the same disk
     */
    public DiskWatch(KinoliftConfig config, Path stateDir, Path journalDir) {
        leastBytes = config.get(ProcessSettings.DISK_MIN_FREE);
        state = new WatchedDisk("state", stateDir, "--state-dir", leastBytes);
        WatchedDisk journal = new WatchedDisk("journal", journalDir, ProcessSettings.JOURNAL_DIR.name(), leastBytes);
        disks = areOne(state, journal) ? List.of(state) : List.of(state, journal);
        measure();
    }

    private static boolean areOne(WatchedDisk one, WatchedDisk other) {
        try {
            return one.isSameAs(other);
        } catch (IOException e) {
            LOG.debug("cannot compare the disks of {} and {}", one, other, e);
            return false;
        }
    }

    private void measure() {
        try {
            for (WatchedDisk disk : disks) {
                disk.measure();
            }
            stateBytes = FolderBytes.of(state.folder());
        } catch (IOException e) {
            LOG.debug("cannot look at the disks", e);
        }
    }

    /**
     * Before the start. Stores that are there count as room, because a start may delete them.
     *
     * @param mode of {@code kinolift.start.check}
     * @throws IllegalStateException if a disk has no room
     */
    public void requireRoom(String mode) {
        for (WatchedDisk disk : disks) {
            long folderBytes = disk == state ? stateBytes : 0;
            if (mode.equals("off") || disk.freeBytes() >= leastBytes - folderBytes) {
                continue;
            }
            String refusal = "expected at least " + WatchedDisk.mebibytes(leastBytes) + " (" + SETTING
                    + ") free on the disk of " + disk + ", found " + disk.mebibytes()
                    + (folderBytes > 0 ? ", and " + WatchedDisk.mebibytes(folderBytes) + " in the folder" : "");
            if (mode.equals("warn")) {
                LOG.warn("start check: {}", refusal);
            } else {
                throw new IllegalStateException(refusal + " (kinolift.start.check=warn starts all the same)");
            }
        }
    }

    /**
     * Looks from now on.
     *
     * @param pause is called when a disk has no room, also at once
     * @param resume is called when all have room again
     */
    public synchronized void start(Runnable pause, Runnable resume) {
        this.pause = pause;
        this.resume = resume;
        look();
        var _ = executor.scheduleWithFixedDelay(
                this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        disks.forEach(WatchedDisk::look);
        try {
            stateBytes = FolderBytes.of(state.folder());
        } catch (IOException e) {
            LOG.debug("cannot look at the files of {}", state, e);
        }
        boolean full = disks.stream().anyMatch(disk -> disk.room() == Room.NONE);
        if (full) {
            lastFullNanos = OptionalLong.of(System.nanoTime());
        }
        if (full != paused && !closed) {
            paused = full;
            (full ? pause : resume).run();
            if (!full) {
                LOG.info("the application goes on");
            }
        }
    }

    /** Why the application pauses, one line for each disk; empty if it does not. */
    public List<String> faults() {
        return disks.stream().map(WatchedDisk::fault).flatMap(Optional::stream).toList();
    }

    /** The disks of the folders, each once. */
    public List<WatchedDisk> disks() {
        return disks;
    }

    /** Bytes of the files in the state folder. */
    public long stateBytes() {
        return stateBytes;
    }

    /** Fewer free bytes make the application pause. */
    public long leastBytes() {
        return leastBytes;
    }

    /**
     * Waits until there is room, or the application is closed. For a stream thread that has failed: a disk may fill up
     * faster than anybody looks.
     *
     * @return whether a disk was full, now or a moment ago
     */
    public boolean awaitRoom() {
        look();
        boolean wasFull =
                lastFullNanos.isPresent() && System.nanoTime() - lastFullNanos.getAsLong() < AFTERMATH.toNanos();
        try {
            while (!closed && !faults().isEmpty()) {
                Thread.sleep(PERIOD.dividedBy(4));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return wasFull;
    }

    @Override
    public void close() {
        closed = true;
        executor.shutdownNow();
    }
}
