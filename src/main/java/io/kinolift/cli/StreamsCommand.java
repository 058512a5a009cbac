package io.kinolift.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinolift.audit.AccountBook;
import io.kinolift.audit.LastFrames;
import io.kinolift.audit.OpenStreams;
import io.kinolift.audit.StreamRow;
import io.kinolift.runtime.RecordFormats;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.runtime.topics.Backlog;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.topology.InputTopics;
import io.kinolift.topology.TopologySettings.TopicNames;
import io.kinolift.transfer.Clients;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What streams there are. */
@Command(
        name = "streams",
        mixinStandardHelpOptions = true,
        footer = {
            "  kinolift streams --bootstrap-server broker:9092",
            "  kinolift streams camera-7 --bootstrap-server broker:9092",
            "  kinolift streams --json --bootstrap-server broker:9092"
        },
        exitCodeList = {ExitCodes.SAYS_DONE, ExitCodes.SAYS_FAILED, ExitCodes.SAYS_USAGE},
        description = {
            "Lists the streams, their state and their figures.",
            "Lists the streams that the application has read, from its accounts: one line each, of the newest session. With ID, all about one. Reads single frames only, however much the topics hold."
        })
final class StreamsCommand implements Callable<Integer> {
    /** What reading frames may take; sizes that are not there by then are left out. */
    private static final Duration SIZES_LIMIT = Duration.ofMillis(500);

    @Parameters(index = "0", paramLabel = "ID", arity = "0..1", description = "only this stream, in detail")
    private String streamId;

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--json", description = "one JSON object a stream and line")
    private boolean json;

    @Mixin
    private ApplicationOption application;

    @Override
    public Integer call() throws Exception {
        Map<String, String> clients = connection.reached();
        TopicNames names = connection.topics();
        List<StreamRow> rows;
        List<String> spread;
        Map<Integer, String> instances;
        try (Admin admin = Admin.create(new HashMap<>(clients));
                var consumer = Clients.tableReader(clients)) {
            RequiredTopics.require(admin, names.accounts());
            instances = instances(admin, names.inputs());
            Backlog backlog = Backlog.of(admin, application.id(), names.inputs());
            List<AccountBook.Entry> accounts =
                    AccountBook.read(consumer, names.accounts()).entries();
            long now = System.currentTimeMillis();
            rows = StreamRow.of(accounts, backlog, now);
            spread = spread(admin, names.inputs(), OpenStreams.of(accounts, now));
        }
        if (streamId != null) {
            List<String> known =
                    rows.stream().map(row -> row.account().streamId()).toList();
            rows = rows.stream()
                    .filter(row -> row.account().streamId().equals(streamId))
                    .toList();
            if (rows.isEmpty()) {
                throw new UsageException("expected a stream that " + names.accounts() + " knows, found \"" + streamId
                        + "\"" + Nearest.advice(streamId, known, "streams"));
            }
        }
        print(rows, names, instances, clients);
        if (!json && streamId == null) {
            spread.forEach(System.out::println);
        }
        return ExitCodes.DONE;
    }

    private void print(
            List<StreamRow> rows, TopicNames names, Map<Integer, String> instances, Map<String, String> clients) {
        TextTable table = StreamColumn.table();
        try (LastFrames frames = lastFrames(clients)) {
            Map<String, StreamFacts.Format> inputs = inputs(rows, frames);
            for (StreamRow row : rows) {
                StreamFacts facts = new StreamFacts(
                        row,
                        instances.get(row.account().partition()),
                        inputs.get(row.account().streamId()));
                if (json) {
                    System.out.println(json(StreamColumn.fields(facts)));
                } else if (streamId == null) {
                    table.add(StreamColumn.cells(facts));
                } else {
                    StreamFacts.Format output = frames.output(names.upscaled(), row.account())
                            .map(StreamFacts.Format::of)
                            .orElse(null);
                    StreamText.detail(facts, output).forEach(line -> System.out.println(LogText.line(line)));
                }
            }
        }
        if (!json && streamId == null) {
            if (rows.isEmpty()) {
                System.out.println("no streams yet: no instance of " + application.id() + " has read a frame of "
                        + names.frames());
            } else {
                table.lines().forEach(System.out::println);
            }
        }
    }

    /** Of the application whose settings the environment has. */
    private LastFrames lastFrames(Map<String, String> clients) {
        KinoliftConfig config = connection.settings();
        return new LastFrames(
                clients, RecordFormats.input(config, TopologyPlan.registry(config)), RecordFormats.reader(config));
    }

    /** By stream: what its last input frame is. Live streams come first; the rest are read while there is time. */
    private static Map<String, StreamFacts.Format> inputs(List<StreamRow> rows, LastFrames frames) {
        long deadline = System.nanoTime() + SIZES_LIMIT.toNanos();
        Map<String, StreamFacts.Format> inputs = new HashMap<>();
        rows.stream()
                .sorted(Comparator.comparing(StreamRow::state))
                .takeWhile(_ -> System.nanoTime() < deadline)
                .forEach(row -> frames.input(row.account())
                        .map(StreamFacts.Format::of)
                        .ifPresent(format -> inputs.put(row.account().streamId(), format)));
        return inputs;
    }

    /** One line for each frames topic with several partitions and open streams. */
    private static List<String> spread(Admin admin, InputTopics inputs, OpenStreams open) {
        return new TreeMap<>(Topics.describe(admin, Topics.inputs(admin, inputs)))
                .entrySet().stream()
                        .flatMap(topic -> open
                                .spread(
                                        topic.getKey(),
                                        topic.getValue().partitions().size())
                                .stream())
                        .toList();
    }

    /** By partition of the frames topic: who works on it. */
    private Map<Integer, String> instances(Admin admin, InputTopics inputs) {
        Map<Integer, String> instances = new TreeMap<>();
        Topics.members(admin, application.id())
                .forEach(member -> member.assignment().topicPartitions().stream()
                        .filter(partition -> inputs.matches(partition.topic()))
                        .forEach(partition -> instances.put(
                                partition.partition(), member.groupInstanceId().orElse(member.clientId()))));
        return instances;
    }

    private static String json(Map<String, Object> fields) {
        try {
            return new ObjectMapper().writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
