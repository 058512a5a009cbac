package io.kinolift.cli;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.engine.CodecPool;
import io.kinolift.frame.Rational;
import io.kinolift.runtime.RecordFormats;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.TopicSettings;
import io.kinolift.sound.SoundFeed;
import io.kinolift.sound.SoundReader;
import io.kinolift.transfer.Clients;
import io.kinolift.transfer.Collect;
import io.kinolift.transfer.FromFirst;
import io.kinolift.transfer.OutputPlace;
import io.kinolift.transfer.Selection;
import io.kinolift.transfer.TransferException;
import io.kinolift.transfer.VideoFile;
import io.kinolift.video.PictureSideData;
import io.kinolift.video.Source;
import io.kinolift.video.StreamSource;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A frames topic into a video file. */
@Command(
        name = "collect",
        mixinStandardHelpOptions = true,
        footer = {
            "  kinolift collect upscaled.mkv --bootstrap-server broker:9092 --stream camera-7",
            "  kinolift collect part.mp4 --bootstrap-server broker:9092 --stream camera-7 --from 1000 --duration 00:01:00",
            "  kinolift collect camera.mp4 --bootstrap-server broker:9092 --stream camera-7 --video-codec copy",
            "  kinolift collect live.m3u8 --bootstrap-server broker:9092 --stream camera-7 --follow"
        },
        exitCodeList = {
            "0:the stream has ended, or --duration is there",
            ExitCodes.SAYS_FAILED,
            ExitCodes.SAYS_USAGE,
            "3:not ended: stopped, silent for --timeout, a newer session began, or frames of another format with --video-codec copy; the file holds what came",
            ExitCodes.SAYS_AT_ONCE
        },
        description = {
            "Writes a stream of a frames topic to a video file.",
            "Writes one session of a stream of a frames topic to a video file, from its first frame to its end record; the newest session that has frames, unless asked. What has been received is kept, whatever ends it."
        })
final class CollectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "OUT",
            description = "video to write, whose extension names the container; pictures such as frame_%%04d.png; or -"
                    + " for standard output")
    private String output;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private OutputOptions target;

    @Option(names = "--stream", paramLabel = "ID", required = true, description = "stream id")
    private String streamId;

    @Option(names = "--topic", paramLabel = "NAME", description = "topic to read (default kinolift.upscaled)")
    private String topic;

    @Option(
            names = "--fps",
            paramLabel = "N",
            converter = RateConverter.class,
            description = "nominal frame rate, for rate control and AVI; times come from the frames (default: by the "
                    + "distance of the first frames)")
    private Rational framesPerSecond;

    @Mixin
    private AllowOptions allow;

    @Option(
            names = "--audio",
            paramLabel = "FILE",
            description = "video whose audio is copied, instead of that of the topic kinolift.audio")
    private String audio;

    @Option(names = "--no-audio", description = "write pictures only")
    private boolean noAudio;

    @Option(
            names = "--quality",
            paramLabel = "Q",
            defaultValue = "2",
            description = "FFmpeg's qscale, 1 (best) to 31 (default ${DEFAULT-VALUE})")
    private int quality;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            defaultValue = "60",
            description = "seconds without a frame after which to end with what there is (default ${DEFAULT-VALUE})")
    private int timeoutSeconds;

    @Option(names = "--session", paramLabel = "N", description = "this session of the stream")
    private Long session;

    @Option(
            names = "--from",
            paramLabel = "N",
            description = "from this sequence on, at the earliest",
            defaultValue = "0")
    private long fromSequence;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "end after so much of the stream: 90, 90.5 or 00:01:30.5")
    private Duration duration;

    @Option(
            names = "--follow",
            description = "wait for ever, and go on with the stream's next sessions; their times follow each other")
    private boolean follow;

    @Override
    public Integer call() throws Exception {
        OutputPlace place = target.place(output);
        try {
            return collect(place);
        } catch (TransferException e) {
            if (place.isStdout() && e.getMessage().contains("Broken pipe")) {
                Tell.line("who read standard output has gone");
                return ExitCodes.INCOMPLETE;
            }
            throw e;
        }
    }

    private int collect(OutputPlace place) throws Exception {
        target.requireReplaceable(place);
        if (target.encoder().isCopy()) {
            target.requireNothingToEncode(spec.commandLine().getParseResult().hasMatchedOption("--quality"));
        }
        PrintStream out = place.isStdout() ? System.err : System.out;
        Map<String, String> clients = connection.reached();
        String name = topic == null ? connection.topics().upscaled() : topic;
        if (follow && audio != null) {
            throw new UsageException("expected --follow or --audio, found both: the audio is that of one session");
        }
        String soundTopic = connection.settings().get(TopicSettings.AUDIO_TOPIC);
        boolean sound = audio == null && !noAudio;
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            RequiredTopics.require(admin, name);
            sound &= Topics.exists(admin, soundTopic);
        }
        if (noAudio && audio != null) {
            throw new UsageException("expected --audio or --no-audio, found both");
        }
        int threads = Runtime.getRuntime().availableProcessors();
        AtomicBoolean stop = new AtomicBoolean();
        try (EndSignals _ = new EndSignals(() -> stop.set(true));
                AutoCloseable _ = Broker.watch(clients, Tell::line);
                Consumer<byte[], byte[]> consumer = Clients.consumer(clients);
                SoundFeed feed = sound
                        ? new SoundFeed(new SoundReader(Clients.tableReader(clients), soundTopic, streamId, 0), follow)
                        : null;
                CodecPool codecs = new CodecPool(DecoderLimits.DEFAULT);
                VideoFile file = new VideoFile(new VideoFile.Settings(
                        place,
                        target.encoder(),
                        framesPerSecond,
                        quality,
                        PictureSideData.NONE,
                        audio == null ? null : StreamSource.audioOf(Source.of(audio, allow.allowed())),
                        feed,
                        threads));
                ProgressLine progress = new ProgressLine()) {
            Long chosen = new SessionChoice(clients, connection.topics(), name, streamId, Tell::line).choose(session);
            progress.start(0);
            Collect collect = new Collect(
                    consumer,
                    new Collect.Settings(
                            name,
                            null,
                            streamId,
                            new Selection(chosen, fromSequence, duration, follow, true, stop::get),
                            Duration.ofSeconds(timeoutSeconds),
                            RecordFormats.reader(connection.settings())::readPicture,
                            () -> null,
                            (_, _) -> {},
                            threads,
                            true));
            Collect.Progress told = _ -> progress.framesOut(file.frames());
            Collect.Result result = target.encoder().isCopy()
                    ? collect.copy(sink(file, feed), told)
                    : collect.run(codecs, sink(file, feed), told);
            file.finish();
            out.printf(
                    "%s: %d frames of stream %s, session %s%n",
                    LogText.line(output), result.frames(), LogText.line(streamId), result.session());
            if (!result.leftOut().isEmpty()) {
                out.println(LogText.line(result.leftOut()));
            }
            file.remarks().forEach(remark -> out.println(LogText.line(remark)));
            return code(place, result.end());
        }
    }

    private int code(OutputPlace place, Collect.End end) {
        String reason = switch (end) {
            case ENDED, ENOUGH -> null;
            case SILENT -> "no frame for " + timeoutSeconds + " s";
            case REPLACED -> "a newer session began";
            case CHANGED -> "frames of another format came";
            case STOPPED -> "stopped by a signal";
        };
        if (reason != null) {
            Tell.line("the stream has not ended (" + reason + "): " + (place.isStdout() ? "standard output" : output)
                    + " is complete in itself, and holds what came");
        }
        return reason == null ? ExitCodes.DONE : ExitCodes.INCOMPLETE;
    }

    /** Another file's audio has the times of the frames that were made from that file. */
    private Collect.Sink sink(VideoFile file, SoundFeed feed) {
        return audio == null ? new FromFirst(file, feed == null ? null : feed::session) : file;
    }
}
