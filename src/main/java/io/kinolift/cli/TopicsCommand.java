package io.kinolift.cli;

import io.kinolift.runtime.TopologyPlan;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.topology.TopologySettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates and checks the topics. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = "Creates the topics that are missing, with the sizes that frames need, and checks the others.")
final class TopicsCommand implements Callable<Integer> {
    private static final int SEGMENT_BYTES = 256 << 20;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "of new topics; streams are spread over them (default ${DEFAULT-VALUE})")
    private int partitions;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            defaultValue = "-1",
            description = "of new topics; -1 takes the broker's default (default ${DEFAULT-VALUE})")
    private short replicationFactor;

    @Option(
            names = "--max-message-bytes",
            paramLabel = "N",
            defaultValue = "33554432",
            description = "largest frame record (default ${DEFAULT-VALUE})")
    private int maxMessageBytes;

    @Option(
            names = "--retention-ms",
            paramLabel = "MS",
            defaultValue = "3600000",
            description = "how long frames are kept (default ${DEFAULT-VALUE})")
    private long retentionMillis;

    @Option(names = "--check", description = "create nothing")
    private boolean checkOnly;

    @Override
    public Integer call() {
        TopologySettings.TopicNames names = TopologyPlan.topics(new KinoliftConfig(Map.of()));
        Topics topics = new Topics(
                names.frames(),
                names.upscaled(),
                names.deadLetters(),
                names.accounts(),
                partitions,
                replicationFactor,
                maxMessageBytes,
                SEGMENT_BYTES,
                retentionMillis);
        try (Admin admin = Admin.create(new HashMap<>(connection.clientSettings()))) {
            if (!checkOnly) {
                topics.create(admin).forEach(name -> System.out.println("created " + name));
            }
            List<Topics.Finding> findings = topics.check(admin);
            findings.forEach(finding -> System.err.println("kinolift: " + LogText.line(finding.toString())));
            if (findings.isEmpty()) {
                System.out.println("topics are fit for frames up to " + maxMessageBytes + " bytes");
            }
            return findings.isEmpty() ? 0 : 1;
        }
    }
}
