package io.kinolift.cli;

import io.kinolift.runtime.KinoliftConfig;
import io.kinolift.runtime.KinoliftStreams;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The streaming application until it is stopped. */
@Command(name = "run", mixinStandardHelpOptions = true,
        description = "Runs the streaming application: frames topic in, upscaled frames out. Settings are taken from "
                + "--config, then KINOLIFT_... in the environment, then options; later ones win.")
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final String ENVIRONMENT_PREFIX = "KINOLIFT_";

    @Mixin
    private OperatorOptions operator;

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--config", paramLabel = "FILE",
            description = "properties: kinolift.* are ours, all others go to Kafka Streams")
    private Path configFile;

    @Option(names = "--state-dir", paramLabel = "DIR", defaultValue = "kinolift-state",
            description = "stores of this instance, kept between runs (default ${DEFAULT-VALUE})")
    private Path stateDir;

    @Option(names = "--instance-id", paramLabel = "NAME",
            description = "static group membership: the same at each start, different between instances "
                    + "(default: the host name)")
    private String instanceId;

    @Override
    public Integer call() throws Exception {
        Map<String, String> all = new HashMap<>();
        if (configFile != null) {
            all.putAll(ConnectionOptions.readProperties(configFile));
        }
        all.putAll(environment(System.getenv()));
        if (!all.containsKey("bootstrap.servers") || connection.hasBootstrapServer()) {
            all.putAll(connection.clientSettings());
        }
        all.putAll(operator.settings());
        all.putIfAbsent("group.instance.id", instanceId == null ? hostName() : instanceId);
        Map<String, String> ours = new HashMap<>();
        Map<String, String> kafkas = new HashMap<>();
        all.forEach((name, value) -> (name.startsWith(KinoliftConfig.PREFIX) ? ours : kafkas).put(name, value));
        requireKnown(ours);
        KinoliftConfig config = new KinoliftConfig(ours);
        try (KinoliftStreams streams = new KinoliftStreams(config, kafkas, stateDir)) {
            Thread hook = new Thread(streams::close, "kinolift-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            streams.start();
            LOG.info("running: {} -> {}", config.getString(KinoliftConfig.FRAMES_TOPIC),
                    config.getString(KinoliftConfig.UPSCALED_TOPIC));
            streams.awaitStop();
            return streams.failure().isPresent() ? 1 : 0;
        }
    }

    /** {@code KINOLIFT_WINDOW_SIZE} is {@code kinolift.window.size}; {@code KINOLIFT_KAFKA_X_Y} is Kafka's {@code x.y}. */
    static Map<String, String> environment(Map<String, String> variables) {
        Map<String, String> settings = new HashMap<>();
        variables.forEach((name, value) -> {
            String setting = name.toLowerCase(Locale.ROOT).replace('_', '.');
            if (name.startsWith(ENVIRONMENT_PREFIX + "KAFKA_")) {
                settings.put(setting.substring("kinolift.kafka.".length()), value);
            } else if (name.startsWith(ENVIRONMENT_PREFIX)
                    && KinoliftConfig.DEFINITION.configKeys().containsKey(setting)) {
                settings.put(setting, value);
            }
        });
        return settings;
    }

    private static void requireKnown(Map<String, String> ours) {
        for (String name : ours.keySet()) {
            if (!KinoliftConfig.DEFINITION.configKeys().containsKey(name)) {
                throw new UsageException("expected a setting that kinolift config lists, found " + name);
            }
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "kinolift";
        }
    }
}
