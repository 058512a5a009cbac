package io.kinolift.runtime.broker;

import io.kinolift.files.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker in this process: KRaft, one combined node, loopback interface only, data in a temporary folder.
 *
 * <p>The two servers of a node are put together here rather than by {@code KafkaRaftServer}, for two reasons: its
 * fault handlers end the process, and it binds its ports itself, so that a free port could be taken by somebody else
 * between choosing and binding.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

    private final String bootstrapServers;
    private final Path data;
    private final BrokerServer broker;
    private final ControllerServer controller;
    private final AutoCloseable folder;
    private final Thread hook = new Thread(this::shutDown, "kinolift-broker-hook");
    private Runnable beforeClose = () -> {};
    private boolean closed;

    private EmbeddedBroker(
            int port, Path data, BrokerServer broker, ControllerServer controller, AutoCloseable folder) {
        this.bootstrapServers = "127.0.0.1:" + port;
        this.data = data;
        this.broker = broker;
        this.controller = controller;
        this.folder = folder;
    }

    /**
     * Starts a broker and returns when it takes requests. Also deletes what killed brokers left in the parent folder.
     *
     * @throws UncheckedIOException if a port or the folder cannot be had
     * @throws IllegalStateException if the broker does not start
     */
    public static EmbeddedBroker start(BrokerSettings settings) {
        BrokerFolder.sweep(settings.parentFolder());
        try {
            ServerSocketChannel brokerSocket = bind(settings.port());
            ServerSocketChannel controllerSocket = bind(0);
            if (settings.dataFolder().isPresent()) {
                Path data = PrivateFiles.createFolders(settings.dataFolder().get());
                warnIfOpen(data);
                return start(settings, data, () -> {}, brokerSocket, controllerSocket);
            }
            BrokerFolder folder = BrokerFolder.create(settings.parentFolder());
            Path data = PrivateFiles.createFolders(folder.path().resolve("log"));
            return start(settings, data, folder, brokerSocket, controllerSocket);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the embedded broker: " + e.getMessage(), e);
        }
    }

    private static EmbeddedBroker start(
            BrokerSettings settings,
            Path data,
            AutoCloseable folder,
            ServerSocketChannel brokerSocket,
            ServerSocketChannel controllerSocket)
            throws IOException {
        int port = brokerSocket.socket().getLocalPort();
        int controllerPort = controllerSocket.socket().getLocalPort();
        EmbeddedBroker embedded = null;
        try {
            Properties properties = BrokerConfig.of(data, port, controllerPort, settings.maxMessageBytes());
            KafkaConfig config = new KafkaConfig(properties, false);
            if (Files.notExists(data.resolve("meta.properties"))) {
                format(data);
            }
            var logFolders = KafkaRaftServer.initializeLogDirs(config, LOG, "");
            SharedServer shared = new SharedServer(
                    config,
                    logFolders._1(),
                    Time.SYSTEM,
                    new Metrics(),
                    CompletableFuture.completedFuture(Map.of(
                            BrokerConfig.NODE_ID,
                            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), controllerPort))),
                    List.of(),
                    (name, fatal, action) -> new LoggingFaultHandler(name, action),
                    (listener, address, backlog, buffer) ->
                            address.getPort() == controllerPort ? controllerSocket : brokerSocket);
            embedded = new EmbeddedBroker(
                    port,
                    data,
                    new BrokerServer(shared),
                    new ControllerServer(shared, KafkaRaftServer.configSchema(), logFolders._2()),
                    folder);
            Runtime.getRuntime().addShutdownHook(embedded.hook);
            embedded.controller.startup();
            embedded.broker.startup();
            return embedded;
        } catch (Exception e) {
            brokerSocket.close();
            controllerSocket.close();
            if (embedded == null) {
                closeFolder(folder);
            } else {
                embedded.close();
            }
            throw new IllegalStateException("the embedded broker did not start: " + e.getMessage(), e);
        }
    }

    /** Kafka leaves the permissions of its files to the umask; who else uses the folder is not ours to decide. */
    private static void warnIfOpen(Path data) throws IOException {
        PrivateFiles.openToOthers(data)
                .ifPresent(found -> LOG.warn(
                        "expected a folder for its owner alone, because records hold pictures; found {} with {}: chmod 700"
                                + " closes it to other users",
                        data,
                        found));
    }

    /** The address for clients: {@code host:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** A folder beside the broker's data for what else should be gone with it, such as the state of a client. */
    public Path scratch() {
        return data.resolveSibling("scratch");
    }

    /**
     * Sets an action to run once before the broker stops, such as closing clients. It also runs if the process is
     * interrupted. Shutdown hooks run all at once, so a hook of the caller would race with the broker's.
     */
    public synchronized void beforeClose(Runnable action) {
        beforeClose = action;
    }

    /** Stops the broker within seconds and removes the temporary folder. Closing again does nothing. */
    @Override
    public void close() {
        shutDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the process is ending: the hook has run or will find the broker closed");
        }
    }

    private synchronized void shutDown() {
        if (closed) {
            return;
        }
        closed = true;
        Thread stop = Thread.ofPlatform().daemon().name("kinolift-broker-stop").start(this::stopAll);
        try {
            if (!stop.join(CLOSE_TIMEOUT)) {
                LOG.warn("the embedded broker did not stop within {} s", CLOSE_TIMEOUT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeFolder(folder);
    }

    private void stopAll() {
        try {
            beforeClose.run();
        } catch (RuntimeException e) {
            LOG.warn("a client of the embedded broker did not close", e);
        }
        // The broker first: it talks to the controller while it stops.
        broker.shutdown(CLOSE_TIMEOUT);
        controller.shutdown();
    }

    private static void closeFolder(AutoCloseable folder) {
        try {
            folder.close();
        } catch (Exception e) {
            LOG.warn("cannot remove the folder of the embedded broker: {}", e.toString());
        }
    }

    private static ServerSocketChannel bind(int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            return channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        } catch (IOException e) {
            channel.close();
            throw new IOException("port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Writes what a node wants to find in its folder. */
    private static void format(Path data) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerConfig.NODE_ID)
                .setControllerListenerName(BrokerConfig.CONTROLLER)
                .setMetadataLogDirectory(data.toString())
                .addDirectory(data.toString())
                .run();
    }
}
