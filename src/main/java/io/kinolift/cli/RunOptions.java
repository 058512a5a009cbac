package io.kinolift.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The settings of {@code run}: file, then environment, then options. */
final class RunOptions {
    @Mixin
    private OperatorOptions operator;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "properties: kinolift.* are ours, all others go to Kafka Streams")
    private Path configFile;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "any setting, ours or Kafka's; may be repeated")
    private Map<String, String> named = Map.of();

    @Option(
            names = "--instance-id",
            paramLabel = "NAME",
            description = "static group membership: the same at each start, different between instances "
                    + "(default: the host name)")
    private String instanceId;

    /** @throws UsageException if there is no cluster to go to */
    EffectiveSettings settings(Map<String, String> environment) {
        EffectiveSettings settings = known(environment);
        if (!settings.has("bootstrap.servers")) {
            settings.add("command line", connection.clientSettings());
        }
        return settings;
    }

    /** As far as given; a cluster need not be. */
    EffectiveSettings known(Map<String, String> environment) {
        EffectiveSettings settings = new EffectiveSettings();
        if (configFile != null) {
            settings.add("file " + configFile, ConnectionOptions.readProperties(configFile));
        }
        settings.addEnvironment(environment);
        if (connection.isGiven()) {
            settings.add("command line", connection.given());
        }
        settings.add("command line", operator.settings());
        settings.add("command line", named);
        EffectiveSettings.advice(named)
                .ifPresent(advice -> LoggerFactory.getLogger(RunOptions.class).warn(advice));
        if (instanceId != null) {
            settings.add("command line", Map.of("group.instance.id", instanceId));
        }
        settings.requireKnownKafkas();
        settings.addIfAbsent("host name", "group.instance.id", hostName());
        return settings;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "kinolift";
        }
    }
}
