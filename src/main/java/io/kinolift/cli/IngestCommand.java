package io.kinolift.cli;

import io.kinolift.runtime.RecordFormats;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.InputSettings;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.OutputSettings;
import io.kinolift.settings.Plans;
import io.kinolift.transfer.Clients;
import io.kinolift.transfer.Ingest;
import io.kinolift.transfer.Pace;
import io.kinolift.transfer.source.Stop;
import io.kinolift.video.PictureSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A video into the frames topic. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        footer = {
            "  kinolift ingest camera.mp4 --bootstrap-server broker:9092 --stream camera-7",
            "  kinolift ingest rtsp://camera/live --bootstrap-server broker:9092 --stream camera-7 --reconnect forever",
            "  kinolift ingest clip.mp4 --bootstrap-server broker:9092 --stream test --realtime --loop forever",
            "  kinolift ingest film.mkv --bootstrap-server broker:9092 --stream scene --start 00:10:00 --duration 90"
        },
        exitCodeList = {
            "0:the source has ended, and its end is on the topic",
            ExitCodes.SAYS_FAILED,
            ExitCodes.SAYS_USAGE,
            "3:stopped by Ctrl-C or SIGTERM, or the source broke off: the end is on the topic, behind the frames sent",
            ExitCodes.SAYS_AT_ONCE
        },
        description = {"Sends a file, device or network stream to the frames topic."})
final class IngestCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description = "file, device or URL that FFmpeg can read, pictures such as frame_%%04d.png, - for standard"
                    + " input, or "
                    + "its filters, such as lavfi:testsrc2=size=640x360:rate=25,realtime")
    private String source;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private SourceOptions options;

    @Mixin
    private PlaybackOptions playback;

    @Option(names = "--stream", paramLabel = "ID", required = true, description = "stream id: the key of every record")
    private String streamId;

    @Option(
            names = "--session",
            paramLabel = "N",
            description = "number of this run; higher than any before for the same stream (default: the time now, in ms"
                    + " since 1970)")
    private Long session;

    @Option(names = "--topic", paramLabel = "NAME", description = "frames topic (default kinolift.frames)")
    private String topic;

    @Option(
            names = "--frame-codec",
            paramLabel = "CODEC",
            defaultValue = "jpeg",
            description =
                    "jpeg, png, raw, ffv1 (default ${DEFAULT-VALUE}); more than 8 bits and alpha need ffv1 or raw, RGB png")
    private String frameCodec;

    @Option(
            names = "--quality",
            paramLabel = "Q",
            defaultValue = "2",
            description = "FFmpeg's qscale, 1 (best) to 31 (default ${DEFAULT-VALUE})")
    private String quality;

    @Override
    public Integer call() throws Exception {
        Map<String, String> clients = connection.reached();
        KinoliftConfig config = new KinoliftConfig(
                Map.of(OutputSettings.FRAME_CODEC.name(), frameCodec, OutputSettings.QUALITY.name(), quality));
        String name = topic == null ? connection.topics().frames() : topic;
        requireVideoFrames(name);
        int maxBytes;
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            RequiredTopics.require(admin, name);
            maxBytes = Topics.maxMessageBytes(admin, name);
        }
        long run = session == null ? System.currentTimeMillis() : session;
        int threads = Runtime.getRuntime().availableProcessors();
        Stop stop = new Stop();
        try (EndSignals signals = new EndSignals(stop::request);
                AutoCloseable _ = Broker.watch(clients, Tell::line);
                PictureSource pictures = playback.playback().open(options.source(source), stop, Tell::line);
                Producer<byte[], byte[]> producer = Clients.producer(clients, maxBytes);
                ProgressLine progress = new ProgressLine()) {
            progress.start(pictures.promisedFrames());
            long frames = new Ingest(
                            producer,
                            new Ingest.Settings(
                                    name, streamId, run, Plans.codec(config), Plans.encoder(config), threads))
                    .run(pictures, Pace.unbounded(), progress::framesOut);
            String breakage = signals.isReceived() ? "a signal" : pictures.breakage();
            System.out.printf(
                    "%s: %d frames sent to %s as stream %s, session %d, and its end%s%n",
                    LogText.line(source),
                    frames,
                    name,
                    LogText.line(streamId),
                    run,
                    signals.isReceived() ? " (stopped by a signal)" : "");
            pictures.remarks().forEach(remark -> System.out.println(LogText.line(remark)));
            if (breakage != null && !signals.isReceived()) {
                Tell.line("the source broke off: " + breakage);
            }
            return breakage == null ? ExitCodes.DONE : ExitCodes.INCOMPLETE;
        }
    }

    /** Other records would all become dead letters. */
    private void requireVideoFrames(String name) {
        String format = RecordFormats.input(connection.settings(), Optional.empty())
                .in(name)
                .name();
        if (!format.equals("avro")) {
            throw new UsageException("expected " + InputSettings.FORMAT + "=avro for " + name
                    + ", as ingest sends VideoFrame records, found " + format + " (environment "
                    + "KINOLIFT_INPUT_FORMAT, or a group of topics)");
        }
    }
}
