package io.kinolift.cli;

import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.topology.TopologySettings.TopicNames;
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
    @Option(names = "--bootstrap-server", paramLabel = "HOST:PORT", description = "brokers to start from")
    private String bootstrapServer;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "properties of Kafka clients, such as security.protocol")
    private Path commandConfig;

    /** Client settings: the file's, and the option over them. */
    Map<String, String> clientSettings() {
        Map<String, String> settings = commandConfig == null ? new HashMap<>() : readProperties(commandConfig);
        if (bootstrapServer != null) {
            settings.put("bootstrap.servers", bootstrapServer);
        }
        if (!settings.containsKey("bootstrap.servers")) {
            throw new UsageException(
                    "expected --bootstrap-server or bootstrap.servers in --command-config, found neither");
        }
        return settings;
    }

    /** The names of the topics, as the environment sets them for {@code run} too. */
    TopicNames topics() {
        return TopologyPlan.topics(topicSettings(Map.of()));
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

    boolean hasBootstrapServer() {
        return bootstrapServer != null;
    }

    static Map<String, String> readProperties(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + e.getMessage());
        }
        Map<String, String> settings = new HashMap<>();
        properties.forEach(
                (name, value) -> settings.put(name.toString(), value.toString().strip()));
        return settings;
    }
}
