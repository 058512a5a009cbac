package io.kinolift.cli;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.engine.CodecPool;
import io.kinolift.frame.Rational;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.transfer.Clients;
import io.kinolift.transfer.Collect;
import io.kinolift.transfer.VideoFile;
import java.nio.file.Files;
import java.nio.file.Path;
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
    @Parameters(index = "0", paramLabel = "OUT", description = "video to write; its extension names the container")
    private Path output;

    @Mixin
    private ConnectionOptions connection;

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

    @Option(names = "--video-codec", paramLabel = "CODEC", description = "FFmpeg's name (default: by container)")
    private String videoCodec;

    @Option(names = "--audio", paramLabel = "FILE", description = "video whose audio is copied")
    private Path audio;

    @Option(
            names = "--quality",
            paramLabel = "Q",
            defaultValue = "2",
            description = "FFmpeg's qscale, 1 (best) to 31 (default ${DEFAULT-VALUE})")
    private int quality;

    @Option(names = "--overwrite", description = "replace OUT if it exists")
    private boolean overwrite;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            defaultValue = "60",
            description = "seconds without a frame after which to give up (default ${DEFAULT-VALUE})")
    private int timeoutSeconds;

    @Override
    public Integer call() throws Exception {
        if (Files.exists(output) && !overwrite) {
            throw new UsageException(output + " exists; --overwrite replaces it");
        }
        Map<String, String> clients = connection.clientSettings();
        String name = topic == null
                ? TopologyPlan.topics(new KinoliftConfig(Map.of())).upscaled()
                : topic;
        int threads = Runtime.getRuntime().availableProcessors();
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients);
                CodecPool codecs = new CodecPool(DecoderLimits.DEFAULT);
                VideoFile file = new VideoFile(
                        new VideoFile.Settings(output, videoCodec, framesPerSecond, quality, 0, audio, null, threads));
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
                    .run(codecs, file, _ -> progress.framesOut(file.frames()));
            file.finish();
            System.out.printf("%s: %d frames of stream %s%n", output, result.frames(), streamId);
            file.remarks().forEach(System.out::println);
            return 0;
        }
    }
}
