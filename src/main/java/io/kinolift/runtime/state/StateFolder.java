package io.kinolift.runtime.state;

import io.kinolift.files.PrivateFiles;
import io.kinolift.runtime.broker.BrokerFolder;
import io.kinolift.topology.UpscaleTopology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
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
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Path folder;
    private final Set<String> names;
    private String topics = "";
    private final Map<String, TaskStores> kept = new HashMap<>();

    private StateFolder(Path folder, Set<String> names) {
        this.folder = folder;
        this.names = names;
    }

    /**
     * Deletes what cannot be trusted, and says so. Kafka Streams must not have been started.
     *
     * @throws IllegalStateException if the folder cannot be read or written, or the cluster cannot be asked
     */
    public static StateFolder open(Path stateDir, String applicationId, String framesTopic, Admin admin) {
        Set<String> names = new HashSet<>(UpscaleTopology.changelogs(applicationId));
        names.add(framesTopic);
        StateFolder state = new StateFolder(stateDir.resolve(applicationId), names);
        try {
            state.topics = state.topics(admin, Duration.ofMinutes(1))
                    .orElseThrow(() -> new IllegalStateException("expected topics " + names + ", found none in time"));
            if (Files.isDirectory(state.folder)) {
                state.clean();
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot check the stores in " + state.folder + " (--state-dir): " + e, e);
        }
        return state;
    }

    /** Names and ids; none if there are none, or nobody says. */
    private Optional<String> topics(Admin admin, Duration patience) {
        try {
            return Optional.of(admin.listTopics().listings().get(patience.toMillis(), TimeUnit.MILLISECONDS).stream()
                            .filter(topic -> names.contains(topic.name()))
                            .map(topic -> topic.name() + "=" + topic.topicId())
                            .sorted()
                            .collect(Collectors.joining(" ")))
                    .filter(text -> !text.isEmpty());
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("cannot ask for the ids of topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /**
     * Calls what makes the folder or opens it to the group, as Kafka Streams does, and closes it: rows hold pictures. The
     * folder around it is closed only if it is new, because somebody may have others in it.
     *
     * @throws UncheckedIOException if it cannot be made or closed
     */
    public <T> T closedAround(Supplier<T> opening) {
        try {
            boolean isNew = Files.notExists(folder.getParent());
            PrivateFiles.createFolders(folder);
            T opened = opening.get();
            PrivateFiles.closeFolder(folder);
            if (isNew) {
                PrivateFiles.closeFolder(folder.getParent());
            }
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep stores in " + folder + ": " + e, e);
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
            Optional<String> fault = seal.isEmpty()
                    ? Optional.of(NOT_STOPPED)
                    : seal.get().fault(name, stores, topics, System.currentTimeMillis());
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
    public void seal(Supplier<Admin> cluster) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            if (topics.split(" ").length < names.size()) {
                // The changelogs did not exist before this run.
                Admin admin = cluster.get();
                try {
                    topics = topics(admin, PATIENCE).orElse("");
                } finally {
                    // Otherwise it would wait for brokers that are away.
                    admin.close(Duration.ZERO);
                }
            }
            Map<String, TaskStores> tasks = new HashMap<>();
            for (Path task : tasks()) {
                String name = task.getFileName().toString();
                TaskStores.in(task).ifPresent(stores -> tasks.put(name, stores.orOlder(kept.get(name))));
            }
            if (!topics.isEmpty()) {
                new Seal(topics, tasks).write(folder.resolve(SEAL));
            }
        } catch (IOException | KafkaException e) {
            LOG.warn("cannot write {}: {}; the next start restores the stores", folder.resolve(SEAL), e.toString());
        }
    }
}
