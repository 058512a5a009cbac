package io.kinolift.cli;

import io.kinolift.audit.AccountBook;
import io.kinolift.audit.Audit;
import io.kinolift.runtime.RecordFormats;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.TopicSettings;
import io.kinolift.topology.TopologySettings.TopicNames;
import io.kinolift.transfer.Clients;
import io.kinolift.transfer.TransferException;
import io.kinolift.wire.input.InputFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks that every frame is accounted for. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        footer = {
            "  kinolift audit --bootstrap-server broker:9092",
            "  kinolift audit --bootstrap-server broker:9092 --stream camera-7"
        },
        exitCodeList = {
            "0:every frame is accounted for",
            "1:there are findings, or failed: the broker, a disk or the program itself",
            ExitCodes.SAYS_USAGE
        },
        description = {
            "Proves that no frame was lost.",
            "Reads all four topics and proves that received = upscaled + dead-lettered + dropped + held, per stream and in total, at a stated offset; that the topics hold what the accounts say; and that the output has nothing twice and no hole without a reason. Exit code 1 when any of it does not hold."
        })
final class AuditCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--stream", paramLabel = "ID", description = "only this stream")
    private String streamId;

    @Option(names = "--frames-topic", paramLabel = "NAME", description = "input (default kinolift.frames)")
    private String frames;

    @Option(names = "--upscaled-topic", paramLabel = "NAME", description = "output (default kinolift.upscaled)")
    private String upscaled;

    @Option(
            names = "--dead-letters-topic",
            paramLabel = "NAME",
            description = "dead letters (default kinolift.dead-letters)")
    private String deadLetters;

    @Option(names = "--accounts-topic", paramLabel = "NAME", description = "accounts (default kinolift.accounts)")
    private String accounts;

    @Override
    public Integer call() throws Exception {
        Map<String, String> clients = connection.reached();
        requireStream(clients);
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients)) {
            Audit.Report report =
                    new Audit(consumer, topics(), format(), id -> streamId == null || streamId.equals(id)).run();
            report.lines().forEach(line -> System.out.println(LogText.line(line)));
            report.problems().forEach(Tell::line);
            System.out.println(conclusion(report.problems().size()));
            return report.problems().isEmpty() ? 0 : 1;
        }
    }

    private static String conclusion(int findings) {
        return switch (findings) {
            case 0 -> "every frame is accounted for";
            case 1 -> "1 finding, see above";
            default -> findings + " findings, see above";
        };
    }

    /** What is not there has no missing frame either, but that is not what the user asked. */
    private void requireStream(Map<String, String> clients) throws TransferException {
        TopicNames names = topics();
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            RequiredTopics.require(admin, names.inputs());
            RequiredTopics.require(admin, names.upscaled(), names.deadLetters(), names.accounts());
        }
        if (streamId != null) {
            try (Consumer<byte[], byte[]> consumer = Clients.tableReader(clients)) {
                Set<String> known = AccountBook.read(consumer, names.accounts()).streams();
                if (!known.contains(streamId)) {
                    throw new UsageException("expected a stream that " + names.accounts() + " knows, found \""
                            + streamId + "\"" + Nearest.advice(streamId, known, "streams"));
                }
            }
        }
    }

    /** As {@code run} has it from the environment. */
    private InputFormat format() {
        return RecordFormats.input(settings(), TopologyPlan.registry(settings()));
    }

    private TopicNames topics() {
        return TopologyPlan.topics(settings());
    }

    private KinoliftConfig settings() {
        Map<String, String> settings = new HashMap<>();
        put(settings, TopicSettings.FRAMES_TOPIC.name(), frames);
        put(settings, TopicSettings.UPSCALED_TOPIC.name(), upscaled);
        put(settings, TopicSettings.DEAD_LETTERS_TOPIC.name(), deadLetters);
        put(settings, TopicSettings.ACCOUNTS_TOPIC.name(), accounts);
        return ConnectionOptions.topicSettings(settings);
    }

    private static void put(Map<String, String> settings, String name, String value) {
        if (value != null) {
            settings.put(name, value);
        }
    }
}
