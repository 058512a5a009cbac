package io.kinolift.cli;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.engine.CodecPool;
import io.kinolift.frame.Rational;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.transfer.Clients;
import io.kinolift.transfer.Collect;
import io.kinolift.transfer.FromFirst;
import io.kinolift.transfer.OutputPlace;
import io.kinolift.transfer.VideoFile;
import io.kinolift.video.PictureSideData;
import io.kinolift.video.Source;
import io.kinolift.video.StreamSource;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A frames topic into a video file. */
@Command(
        name = "collect",
        mixinStandardHelpOptions = true,
        description = "Writes one stream of a frames topic to a video file, from its first frame to its end record.")
final class CollectCommand implements Callable<Integer> {
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

    @Option(names = "--audio", paramLabel = "FILE", description = "video whose audio is copied")
    private String audio;

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
            description = "seconds without a frame after which to give up (default ${DEFAULT-VALUE})")
    private int timeoutSeconds;

    @Override
    public Integer call() throws Exception {
        OutputPlace place = target.place(output);
        target.requireReplaceable(place);
        PrintStream out = place.isStdout() ? System.err : System.out;
        Map<String, String> clients = connection.clientSettings();
        String name = topic == null
                ? TopologyPlan.topics(new KinoliftConfig(Map.of())).upscaled()
                : topic;
        int threads = Runtime.getRuntime().availableProcessors();
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients);
                CodecPool codecs = new CodecPool(DecoderLimits.DEFAULT);
                VideoFile file = new VideoFile(new VideoFile.Settings(
                        place,
                        target.encoder(),
                        framesPerSecond,
                        quality,
                        PictureSideData.NONE,
                        audio == null ? null : StreamSource.audioOf(Source.of(audio, allow.allowed())),
                        threads));
                ProgressLine progress = new ProgressLine()) {
            progress.start(0);
            Collect.Result result = new Collect(
                            consumer,
                            new Collect.Settings(
                                    name,
                                    null,
                                    streamId,
                                    Duration.ofSeconds(timeoutSeconds),
                                    () -> null,
                                    (_, _) -> {},
                                    threads))
                    .run(codecs, sink(file), _ -> progress.framesOut(file.frames()));
            file.finish();
            out.printf("%s: %d frames of stream %s%n", output, result.frames(), LogText.line(streamId));
            file.remarks().forEach(remark -> out.println(LogText.line(remark)));
            return 0;
        }
    }

    /** Another file's audio has the times of the frames that were made from that file. */
    private Collect.Sink sink(VideoFile file) {
        return audio == null ? new FromFirst(file) : file;
    }
}
