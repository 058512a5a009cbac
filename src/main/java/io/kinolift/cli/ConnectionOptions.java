package io.kinolift.cli;

import io.kinolift.files.FileFault;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.topology.TopologySettings.TopicNames;
import io.kinolift.transfer.UnusablePlaceException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Where Kafka is and how to log in. */
final class ConnectionOptions {
    private static final String BOOTSTRAP = "bootstrap.servers";

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description = "brokers to start from (also KINOLIFT_KAFKA_BOOTSTRAP_SERVERS)")
    private String bootstrapServer;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "properties of Kafka clients, such as security.protocol (also KINOLIFT_KAFKA_..., as of run)")
    private Path commandConfig;

    /** Client settings: the environment's, the file's over them, and the option over all. */
    Map<String, String> clientSettings() {
        Map<String, String> settings = ClientSettings.of(System.getenv());
        settings.putAll(given());
        if (!settings.containsKey(BOOTSTRAP)) {
            throw new UsageException("expected --bootstrap-server, bootstrap.servers in --command-config, or"
                    + " KINOLIFT_KAFKA_BOOTSTRAP_SERVERS in the environment, found none of them");
        }
        return settings;
    }

    /** What the options say themselves. */
    Map<String, String> given() {
        Map<String, String> settings = new HashMap<>();
        if (commandConfig != null) {
            settings.putAll(readProperties(commandConfig));
            ClientSettings.requireKnown(settings.keySet(), "--command-config " + commandConfig);
        }
        if (bootstrapServer != null) {
            settings.put(BOOTSTRAP, bootstrapServer);
        }
        return settings;
    }

    /**
     * As {@link #clientSettings}, once the cluster answers.
     *
     * @throws UnusablePlaceException if it does not, with its address
     */
    Map<String, String> reached() throws UnusablePlaceException, InterruptedException {
        Map<String, String> settings = clientSettings();
        // A misspelt setting needs no broker.
        topics();
        Broker.await(settings, Broker.PATIENCE, Tell::line);
        return settings;
    }

    /** Where the brokers are said to be; null if nothing is said. */
    String address() {
        try {
            return clientSettings().get(BOOTSTRAP);
        } catch (UsageException _) {
            return null;
        }
    }

    /** The names of the topics, as the environment sets them for {@code run} too. */
    TopicNames topics() {
        return TopologyPlan.topics(settings());
    }

    /** The settings of the application, as far as the environment has them. */
    KinoliftConfig settings() {
        return topicSettings(Map.of());
    }

    /** Settings that name topics: the given ones over those of the environment. */
    static KinoliftConfig topicSettings(Map<String, String> given) {
        EffectiveSettings settings = new EffectiveSettings();
        settings.addEnvironment(System.getenv());
        settings.add("command line", given);
        return new KinoliftConfig(settings.ours());
    }

    boolean isGiven() {
        return bootstrapServer != null || commandConfig != null;
    }

    static Map<String, String> readProperties(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + FileFault.text(e));
        }
        Map<String, String> settings = new HashMap<>();
        properties.forEach(
                (name, value) -> settings.put(name.toString(), value.toString().strip()));
        return settings;
    }
}
