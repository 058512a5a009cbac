package io.kinolift;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.metadata.storage.Formatter;
import org.awaitility.Awaitility;

/** One node of a Kafka cluster, broker and controller, as a process of its own that can be killed and started again. */
public final class KafkaNode implements AutoCloseable {
    /** A new leader some seconds after a kill, and not so prompt that a busy machine looks like a dead one. */
    private static final Map<String, String> PROMPT = Map.of(
            "broker.session.timeout.ms", "6000",
            "broker.heartbeat.interval.ms", "500",
            "controller.quorum.fetch.timeout.ms", "1000",
            "controller.quorum.election.timeout.ms", "500",
            "group.initial.rebalance.delay.ms", "0",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
            "log.cleaner.dedupe.buffer.size", "4194304",
            "auto.create.topics.enable", "false",
            "message.max.bytes", "67108864",
            "replica.fetch.max.bytes", "67108864");

    private final int id;
    private final int port;
    private final Path folder;
    private final String classPath;
    private Process process;

    private KafkaNode(int id, int port, Path folder, String classPath) {
        this.id = id;
        this.port = port;
        this.folder = folder;
        this.classPath = classPath;
    }

    /**
     * Makes and starts a cluster; returns when all nodes answer.
     *
     * @param more settings over the usual ones
     */
    public static List<KafkaNode> cluster(Path folder, int nodes, Map<String, String> more) throws Exception {
        return cluster(folder, nodes, more, System.getProperty("java.class.path"));
    }

    /**
     * Starts a cluster.
     *
     * @param classPath of the brokers, which may be of a later release than this project's Kafka
     */
    public static List<KafkaNode> cluster(Path folder, int nodes, Map<String, String> more, String classPath)
            throws Exception {
        int[] ports = new int[2 * nodes];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = FreePorts.next();
        }
        List<String> voters = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            voters.add(node + 1 + "@127.0.0.1:" + ports[2 * node + 1]);
        }
        List<KafkaNode> all = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            KafkaNode made = new KafkaNode(node + 1, ports[2 * node], folder.resolve("node-" + (node + 1)), classPath);
            made.write(ports[2 * node + 1], String.join(",", voters), nodes, more);
            made.format();
            all.add(made);
        }
        for (KafkaNode node : all) {
            node.start();
        }
        return all;
    }

    private void write(int controllerPort, String voters, int nodes, Map<String, String> more) throws IOException {
        Map<String, String> settings = new TreeMap<>(PROMPT);
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(id));
        settings.put("controller.quorum.voters", voters);
        settings.put("listeners", "BROKER://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "BROKER://127.0.0.1:" + port);
        settings.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "BROKER");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("log.dirs", folder.resolve("data").toString());
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            settings.put(topic + ".replication.factor", Integer.toString(nodes));
            settings.put(topic + ".num.partitions", "3");
        }
        String inSync = Integer.toString(nodes / 2 + 1);
        settings.put("transaction.state.log.min.isr", inSync);
        settings.put("min.insync.replicas", inSync);
        settings.put("default.replication.factor", Integer.toString(nodes));
        settings.putAll(more);
        Properties properties = new Properties();
        properties.putAll(settings);
        Files.createDirectories(folder);
        try (OutputStream out = Files.newOutputStream(folder.resolve("server.properties"))) {
            properties.store(out, null);
        }
    }

    private void format() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId("kinoliftTestsKafkaNode")
                .setNodeId(id)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(data.toString())
                .addDirectory(data.toString());
        Path scram = folder.resolveSibling("scram");
        if (Files.exists(scram)) {
            formatter.setScramArguments(Files.readAllLines(scram));
        }
        formatter.run();
    }

    public int id() {
        return id;
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Where clients of a cluster start from. */
    public static String bootstrapServers(List<KafkaNode> nodes) {
        return String.join(",", nodes.stream().map(KafkaNode::address).toList());
    }

    public static void closeAll(List<KafkaNode> nodes) {
        nodes.forEach(KafkaNode::close);
    }

    public void start() {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx400m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            classPath,
                            "kafka.Kafka",
                            folder.resolve("server.properties").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Until all nodes have joined the cluster.
     *
     * @param clients settings of a client that may ask for them
     */
    public static void awaitBrokers(List<KafkaNode> nodes, Map<String, String> clients) {
        Map<String, Object> settings = new HashMap<>(clients);
        settings.put("request.timeout.ms", "20000");
        settings.put("default.api.timeout.ms", "30000");
        try (Admin admin = Admin.create(settings)) {
            await(nodes, () -> admin.describeCluster().nodes().get().size() == nodes.size());
        }
    }

    /**
     * Waits until every partition, the broker's own among them, is in sync on all nodes: one of a cluster that is not may
     * be the last that has what was written, and nobody can go on without it.
     */
    public static void awaitInSync(List<KafkaNode> nodes, Map<String, String> clients) {
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            await(nodes, () -> {
                Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                        .names()
                        .get();
                return admin.describeTopics(topics).allTopicNames().get().values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .allMatch(partition -> partition.isr().size() == nodes.size());
            });
        }
    }

    private static void await(List<KafkaNode> nodes, Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .ignoreExceptions()
                .failFast(() -> {
                    for (KafkaNode node : nodes) {
                        Processes.requireAlive(node.process, node.log());
                    }
                })
                .until(condition);
    }

    private Path log() {
        return folder.resolve("log.txt");
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
