package io.kinolift.runtime.state;

import io.kinolift.files.FileFault;
import io.kinolift.files.PrivateFiles;
import io.kinolift.runtime.broker.BrokerFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The folder in which Kafka Streams keeps the stores of an application. Before a start, tasks that the last run's
 * {@link Seal} does not vouch for are deleted, so that they are restored from their changelogs.
 */
public final class StateFolder {
    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
    private static final String SEAL = "kinolift-seal";
    /** Kafka Streams' own: whoever has it uses the folder. */
    private static final String LOCK = ".lock";

    private static final String TASKS = "[0-9]*_[0-9]*";
    private static final String NOT_STOPPED = "the last run did not stop in an orderly way";

    private final Path folder;
    private final boolean goesOn;
    private final Map<String, TaskStores> kept = new HashMap<>();

    private StateFolder(Path folder, boolean goesOn) {
        this.folder = folder;
        this.goesOn = goesOn;
    }

    /**
     * Deletes what cannot be trusted, and says so. Kafka Streams must not have been started.
     *
     * @param goesOn whether the application's group has committed offsets, up to which stores count
     * @throws IllegalStateException if the folder cannot be read or written
     */
    public static StateFolder open(Path stateDir, String applicationId, boolean goesOn) {
        StateFolder state = new StateFolder(stateDir.resolve(applicationId), goesOn);
        try {
            if (Files.isDirectory(state.folder)) {
                state.clean();
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot check the stores in " + state.folder + " (--state-dir): " + FileFault.text(e), e);
        }
        return state;
    }

    /**
     * Calls what makes the folder or opens it to the group, as Kafka Streams does, and closes it: rows hold pictures. The
     * folder around it is closed only if it is new, because somebody may have others in it.
     *
     * @throws IllegalStateException if it cannot be made or closed
     */
    public <T> T closedAround(Supplier<T> opening) {
        try {
            Path around = folder.getParent();
            boolean isClosed =
                    Files.notExists(around) || PrivateFiles.openToOthers(around).isEmpty();
            PrivateFiles.createFolders(folder);
            T opened = opening.get();
            PrivateFiles.closeFolder(folder);
            if (isClosed) {
                PrivateFiles.closeFolder(around);
            }
            return opened;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot keep stores in " + folder + " (--state-dir): " + FileFault.text(e), e);
        }
    }

    private void clean() throws IOException {
        try (FileChannel lock =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock.tryLock()) {
            if (held != null) {
                keep();
            }
        } catch (OverlappingFileLockException e) {
            // Of this process. Kafka Streams refuses the folder, as it does if another process has it.
            LOG.debug("{} is in use", folder, e);
        }
    }

    private void keep() throws IOException {
        Path file = folder.resolve(SEAL);
        Optional<Seal> seal = Files.exists(file) ? Optional.of(Seal.read(file)) : Optional.empty();
        // It is for one start: a run that does not stop in an orderly way leaves none.
        Files.deleteIfExists(file);
        Map<String, List<String>> deleted = new TreeMap<>();
        for (Path task : tasks()) {
            String name = task.getFileName().toString();
            Optional<TaskStores> stores = TaskStores.in(task);
            Optional<String> fault = fault(name, stores, seal);
            if (fault.isEmpty()) {
                kept.put(name, stores.orElseThrow());
            } else {
                BrokerFolder.deleteTree(task);
                deleted.computeIfAbsent(fault.get(), _ -> new ArrayList<>()).add(name);
            }
        }
        deleted.forEach((fault, names) -> LOG.atLevel(fault.equals(NOT_STOPPED) ? Level.INFO : Level.WARN)
                .log("{}: tasks {} are restored from their changelogs: {}", folder, String.join(" ", names), fault));
    }

    private Optional<String> fault(String task, Optional<TaskStores> stores, Optional<Seal> seal) {
        if (!goesOn) {
            return Optional.of("the application's group has no offsets, so input is read from its beginning");
        }
        return seal.isEmpty() ? Optional.of(NOT_STOPPED) : seal.get().fault(task, stores, System.currentTimeMillis());
    }

    private List<Path> tasks() throws IOException {
        List<Path> tasks = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, TASKS)) {
            found.forEach(tasks::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(tasks);
        return tasks;
    }

    /** Vouches for the stores as they are. Kafka Streams must have stopped. */
    public void seal() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            Map<String, TaskStores> tasks = new HashMap<>();
            for (Path task : tasks()) {
                String name = task.getFileName().toString();
                TaskStores.in(task).ifPresent(stores -> tasks.put(name, stores.orOlder(kept.get(name))));
            }
            new Seal(tasks).write(folder.resolve(SEAL));
        } catch (IOException e) {
            LOG.warn("cannot write {}: {}; the next start restores the stores", folder.resolve(SEAL), e.toString());
        }
    }
}
