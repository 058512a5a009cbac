package io.kinolift.cli;

import io.kinolift.transfer.Clients;
import io.kinolift.transfer.ingest.SourceIngest;
import io.kinolift.transfer.source.Stop;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A video into the frames topic. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        footer = {
            "  kinolift ingest camera.mp4 --bootstrap-server broker:9092 --stream camera-7",
            "  kinolift ingest rtsp://camera/live --bootstrap-server broker:9092 --stream camera-7 --reconnect forever",
            "  kinolift ingest clip.mp4 --bootstrap-server broker:9092 --stream test --realtime --loop forever",
            "  kinolift ingest film.mkv --bootstrap-server broker:9092 --stream scene --start 00:10:00 --duration 90",
            "  kinolift ingest --sources cameras.yaml --bootstrap-server broker:9092"
        },
        exitCodeList = {
            "0:the source has ended, and its end is on the topic; with --sources, all of them",
            "1:failed: the broker, a disk or the program itself; with --sources, one of them",
            ExitCodes.SAYS_USAGE,
            "3:stopped by Ctrl-C or SIGTERM, or the source broke off: the end is on the topic, behind the frames sent",
            ExitCodes.SAYS_AT_ONCE
        },
        description = {
            "Sends a file, device or network stream to the frames topic.",
            "Sends the pictures of a file, device or network stream to the frames topic, and its sound to the audio topic. Subtitles, data, chapters and tags are not sent."
        })
final class IngestCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SOURCE",
            description = "file, device or URL that FFmpeg can read, pictures such as frame_%%04d.png, - for standard"
                    + " input, or "
                    + "its filters, such as lavfi:testsrc2=size=640x360:rate=25,realtime")
    private String source;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private IngestOptions options;

    @Option(
            names = "--sources",
            paramLabel = "FILE",
            description = "many sources at once, instead of SOURCE: a YAML file with an entry for each of them")
    private Path sources;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if ((source == null) == (sources == null)) {
            throw new UsageException("expected SOURCE or --sources FILE, found " + (source == null ? "none" : "both"));
        }
        List<SourceEntry> entries = sources == null
                ? List.of(new SourceEntry(source, options))
                : SourcesFile.read(sources, connection.topics().frames());
        if (sources != null) {
            requireNoneBeside();
        }
        entries.forEach(SourceEntry::require);
        Map<String, String> clients = connection.reached();
        IngestTargets targets;
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            targets = IngestTargets.of(admin, clients, connection, entries);
        }
        Stop stop = new Stop();
        try (EndSignals signals = new EndSignals(stop::request);
                AutoCloseable _ = Broker.watch(clients, Tell::line);
                Producer<byte[], byte[]> producer = Clients.producer(clients, targets.maxBytes())) {
            return sources == null
                    ? one(targets.plan(entries.getFirst(), 1), producer, stop, signals)
                    : new ManySources(producer, stop, signals).run(entries, targets);
        }
    }

    /** What is said of sources is in the file. */
    private void requireNoneBeside() {
        spec.commandLine().getParseResult().matchedOptions().stream()
                .filter(SourcesFile::isOfAnEntry)
                .findFirst()
                .ifPresent(option -> {
                    throw new UsageException("expected " + option.longestName()
                            + " in the file of sources, below defaults or in an entry, found it beside --sources");
                });
    }

    private int one(SourceIngest ingest, Producer<byte[], byte[]> producer, Stop stop, EndSignals signals)
            throws Exception {
        try (ProgressLine progress = new ProgressLine()) {
            SourceIngest.Outcome outcome = ingest.run(producer, stop, new Told(progress));
            IngestReport.lines(ingest, outcome, signals.isReceived())
                    .forEach(line -> System.out.println(LogText.line(line)));
            if (outcome.breakage() != null && !signals.isReceived()) {
                Tell.line("the source broke off: " + outcome.breakage());
            }
            return outcome.breakage() == null && !signals.isReceived() ? ExitCodes.DONE : ExitCodes.INCOMPLETE;
        }
    }

    private record Told(ProgressLine progress) implements SourceIngest.Listener {
        @Override
        public void opened(long promisedFrames) {
            progress.start(promisedFrames);
        }

        @Override
        public void sent(long frames) {
            progress.framesOut(frames);
        }

        @Override
        public void told(String line) {
            Tell.line(line);
        }
    }
}
