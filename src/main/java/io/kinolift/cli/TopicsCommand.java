package io.kinolift.cli;

import io.kinolift.runtime.topics.PartitionPlan;
import io.kinolift.runtime.topics.SpreadTopics;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.runtime.topics.Traces;
import io.kinolift.settings.TopicSettings;
import io.kinolift.topology.TopologySettings;
import io.kinolift.topology.UpscaleTopology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates and checks the topics. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        footer = {
            "  kinolift topics --bootstrap-server broker:9092 --partitions 8 --replication-factor 3",
            "  kinolift topics --bootstrap-server broker:9092 --check",
            "  kinolift topics --bootstrap-server broker:9092 --delete"
        },
        exitCodeList = {
            "0:done, and the topics are fit",
            "1:the topics are not fit, or nothing was done, or failed: the broker, a disk or the program itself",
            ExitCodes.SAYS_USAGE
        },
        description = {
            "Creates, checks, alters or deletes the topics.",
            "Creates the topics that are missing, with the sizes that frames need, and checks the others; or deletes them."
        })
final class TopicsCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "of new topics; streams are spread over them (default 1). With --alter, of existing ones too")
    private Integer partitions;

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

    @Option(
            names = "--alter",
            description = "give frames, upscaled and the application's changelogs the same number of partitions: "
                    + "--partitions, or the most that one of them has. Streams then belong to other partitions, so let "
                    + "all of them end first")
    private boolean alter;

    @Option(
            names = "--delete",
            description = "delete the five topics and all that is on them; asks first, and refuses while an instance"
                    + " runs (kinolift reset keeps them)")
    private boolean delete;

    @Mixin
    private Question question;

    @Mixin
    private RunningInstances instances;

    @Option(names = "--live", description = "with --alter: although instances are running")
    private boolean live;

    @Mixin
    private ApplicationOption application;

    @Override
    public Integer call() throws Exception {
        if (partitions != null && partitions < 1) {
            throw new UsageException("expected --partitions of at least 1, found " + partitions);
        }
        TopologySettings.TopicNames names = connection.topics();
        try (Admin admin = Admin.create(new HashMap<>(connection.reached()))) {
            if (delete) {
                return delete(admin, names);
            }
            List<String> inputs = names.inputs().isPattern()
                    ? RequiredTopics.require(admin, names.inputs())
                    : names.inputs().names();
            List<Topics> all =
                    inputs.stream().map(input -> topics(input, names)).toList();
            if (!checkOnly) {
                all.forEach(topics -> topics.create(admin).forEach(name -> System.out.println("created " + name)));
            }
            PartitionPlan plan = plan(admin, names);
            if (alter && !checkOnly && !raise(admin, plan)) {
                return 1;
            }
            List<Topics.Finding> findings = all.stream()
                    .flatMap(topics -> topics.check(admin).stream())
                    .distinct()
                    .toList();
            findings.forEach(finding -> Tell.line(finding.toString()));
            boolean fit = findings.isEmpty() && arePartitionsFit(plan(admin, names));
            if (fit) {
                System.out.println("topics are fit for frames up to " + maxMessageBytes + " bytes");
            }
            return fit ? 0 : 1;
        }
    }

    /** One of the input topics, and the others. */
    private Topics topics(String input, TopologySettings.TopicNames names) {
        return new Topics(
                input,
                names.upscaled(),
                names.deadLetters(),
                names.accounts(),
                audio(),
                partitions == null ? 1 : partitions,
                replicationFactor,
                maxMessageBytes,
                Topics.USUAL_SEGMENT_BYTES,
                retentionMillis);
    }

    private String audio() {
        return connection.settings().get(TopicSettings.AUDIO_TOPIC);
    }

    private int delete(Admin admin, TopologySettings.TopicNames names) {
        if (checkOnly || alter) {
            throw new UsageException("expected --delete alone, found " + (alter ? "--alter" : "--check") + " too");
        }
        instances.requireNone(admin, application.id());
        List<String> existing = new ArrayList<>(Topics.inputs(admin, names.inputs()));
        existing.addAll(names.written());
        existing.add(audio());
        existing.addAll(new SpreadTopics(application.id()).names());
        existing.retainAll(Topics.names(admin));
        if (existing.isEmpty()) {
            System.out.println(
                    "nothing to delete: none of " + String.join(", ", names.all()) + ", " + audio() + " exists");
            return ExitCodes.DONE;
        }
        if (!question.isAnsweredYes(
                existing.stream().map(name -> "topic " + name + ": delete it").toList())) {
            return ExitCodes.FAILED;
        }
        Traces.delete(admin, existing);
        existing.forEach(name -> System.out.println("deleted topic " + name));
        return ExitCodes.DONE;
    }

    /** Says which topics have too few. Frames flow all the same, so this is an error only where nothing else was asked. */
    private boolean arePartitionsFit(PartitionPlan plan) {
        if (plan.steps().isEmpty()) {
            return true;
        }
        plan.steps()
                .forEach(step ->
                        Tell.line(step.topic() + ": partitions expected " + step.to() + ", found " + step.from()));
        Tell.line("mend it, when all streams have ended, with: kinolift topics --alter"
                + (partitions == null ? "" : " --partitions " + partitions) + ", or with: " + plan.commands());
        return !checkOnly;
    }

    /** Outputs first, so that they are there when new tasks write them. */
    private PartitionPlan plan(Admin admin, TopologySettings.TopicNames names) {
        List<String> order = new ArrayList<>(List.of(names.upscaled()));
        order.addAll(Topics.inputs(admin, names.inputs()));
        order.addAll(UpscaleTopology.changelogs(application.id()));
        return PartitionPlan.of(admin, order, partitions == null ? 0 : partitions);
    }

    private boolean raise(Admin admin, PartitionPlan plan) {
        int instances = plan.steps().isEmpty()
                ? 0
                : Topics.members(admin, application.id()).size();
        if (instances > 0) {
            Tell.line(instances
                    + (instances == 1 ? " stream thread of " : " stream threads of ")
                    + application.id()
                    + (instances == 1 ? " is running. " : " are running. ")
                    + (live
                            ? "Streams that are open may go on in another partition; kinolift audit shows which"
                            : "Nothing was altered: stop producers, wait until kinolift audit says held 0, and stop "
                                    + "the instances; or alter all the same with --live"));
            if (!live) {
                return false;
            }
        }
        plan.run(
                admin,
                step -> System.out.println(
                        "raised " + step.topic() + " from " + step.from() + " to " + step.to() + " partitions"));
        return true;
    }
}
