package io.kinolift.transfer;

import io.kinolift.settings.TopicSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody's cluster, on which one video has topics and an application id of its own. */
final class RemoteCluster implements Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteCluster.class);
    private static final Duration REACH_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DELETE_TIMEOUT = Duration.ofSeconds(20);

    private final Map<String, String> clientSettings;
    private final String applicationId = "kinolift-upscale-" + UUID.randomUUID();
    /** Holds the stores, and the journal beside them. */
    private final Path folder;

    private final Thread hook = new Thread(this::cleanUp, "kinolift-cluster-hook");
    private Runnable beforeClose = () -> {};
    private boolean closed;

    RemoteCluster(Map<String, String> clientSettings) {
        this.clientSettings = Map.copyOf(clientSettings);
        try {
            folder = Files.createTempDirectory("kinolift-upscale-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for the stores: " + e.getMessage(), e);
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @throws UnusablePlaceException if nobody answers there; clients would ask for minutes */
    static void requireReachable(Map<String, String> clientSettings) throws TransferException, InterruptedException {
        try (Admin admin = Admin.create(new HashMap<>(clientSettings))) {
            try {
                admin.describeCluster().nodes().get(REACH_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                admin.close(Duration.ZERO);
                throw new UnusablePlaceException(
                        "expected an answer from a Kafka broker at " + clientSettings.get("bootstrap.servers")
                                + ", found none within " + REACH_TIMEOUT.toSeconds() + " s",
                        e);
            } catch (ExecutionException e) {
                throw new UnusablePlaceException(
                        "expected a Kafka broker at " + clientSettings.get("bootstrap.servers") + ", found "
                                + e.getCause().getMessage(),
                        e);
            }
        }
    }

    @Override
    public Map<String, String> clientSettings() {
        return clientSettings;
    }

    @Override
    public String applicationId() {
        return applicationId;
    }

    @Override
    public Map<String, String> topicSettings() {
        return Map.of(
                TopicSettings.FRAMES_TOPIC.name(), applicationId + ".frames",
                TopicSettings.UPSCALED_TOPIC.name(), applicationId + ".upscaled",
                TopicSettings.DEAD_LETTERS_TOPIC.name(), applicationId + ".dead-letters",
                TopicSettings.ACCOUNTS_TOPIC.name(), applicationId + ".accounts");
    }

    @Override
    public Path stateDir() {
        return folder.resolve("state");
    }

    @Override
    public synchronized void beforeClose(Runnable action) {
        beforeClose = action;
    }

    @Override
    public void close() {
        cleanUp();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the process is ending: the hook has run or will find nothing left to do");
        }
    }

    private synchronized void cleanUp() {
        if (closed) {
            return;
        }
        closed = true;
        beforeClose.run();
        deleteTopics();
        try {
            Utils.delete(folder.toFile());
        } catch (IOException e) {
            LOG.warn("cannot remove {}: {}", folder, e.toString());
        }
    }

    private void deleteTopics() {
        try (Admin admin = Admin.create(new HashMap<>(clientSettings))) {
            List<String> made = admin.listTopics().names().get(DELETE_TIMEOUT.toSeconds(), TimeUnit.SECONDS).stream()
                    .filter(name -> name.startsWith(applicationId))
                    .toList();
            admin.deleteTopics(made).all().get(DELETE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("cannot delete the topics {}.*: {}", applicationId, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
