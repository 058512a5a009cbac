package io.kinolift.transfer;

import io.kinolift.avro.Totals;
import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.ReadReport;
import io.kinolift.codec.ReaderLimits;
import io.kinolift.codec.VideoException;
import io.kinolift.codec.VideoInfo;
import io.kinolift.codec.VideoReader;
import io.kinolift.engine.CodecPool;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Rational;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.OperatorSettings;
import io.kinolift.settings.OutputSettings;
import io.kinolift.settings.Plans;
import io.kinolift.settings.ProcessSettings;
import io.kinolift.settings.WindowingSettings;
import io.kinolift.topology.TopologySettings;
import io.kinolift.trace.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** One video file through a broker and the real stream application into another file. */
public final class Upscaling {
    private static final String STREAM_ID = "video";
    private static final int SEGMENT_BYTES = 64 << 20;
    /** In addition to two windows: enough to keep every stage busy, and few enough for the disk. */
    private static final int FRAMES_AHEAD = 64;

    private final Request request;

    /**
     * What to upscale, and how.
     *
     * @param input a file
     * @param clientSettings of Kafka clients; null starts an embedded broker
     * @param framesPerSecond replaces the temporal factor by this over the input's rate; null keeps the factor
     * @param videoCodec null takes the usual one of the output's container
     * @param patience how long nothing may come out before it is an error
     */
    public record Request(
            Path input,
            Path output,
            Map<String, String> settings,
            Map<String, String> clientSettings,
            Rational framesPerSecond,
            String videoCodec,
            int threads,
            boolean overwrite,
            Duration patience) {}

    /** The result. Stage times are summed over threads. */
    public record Report(
            VideoInfo input,
            ReadReport read,
            FrameFormat output,
            long framesOut,
            Totals totals,
            double seconds,
            double secondsToFirst,
            Map<String, Double> stageSeconds,
            String firstDeadLetter) {}

    /** Is told about the progress. */
    public interface Progress {
        /**
         * Upscaling begins.
         *
         * @param expectedFrames about how many frames will come out; 0 when unknown
         */
        void start(long expectedFrames);

        void framesOut(long frames);
    }

    public Upscaling(Request request) {
        this.request = request;
    }

    /**
     * Upscales the file and waits for its end.
     *
     * @throws VideoException if the input cannot be read
     * @throws TransferException if anything else fails; no output file is left then
     */
    public Report run(Progress progress) throws VideoException, TransferException, InterruptedException {
        long start = System.nanoTime();
        if (Files.exists(request.output()) && !request.overwrite()) {
            throw new TransferException(request.output() + " exists; --overwrite replaces it");
        }
        try (VideoReader reader = VideoReader.open(request.input().toString(), readerLimits())) {
            Map<String, String> settings = settings(reader.info());
            Rational factor =
                    Plans.operator(new KinoliftConfig(settings)).timeGrid().factor();
            progress.start(factor.floorOfProduct(Math.max(0, expectedFrames(reader.info()))));
            try (Cluster cluster = Cluster.open(request.clientSettings())) {
                settings.putAll(cluster.topicSettings());
                return run(reader, new KinoliftConfig(settings), factor, cluster, progress, start);
            }
        }
    }

    private ReaderLimits readerLimits() {
        return new ReaderLimits(ReaderLimits.DEFAULT.maxPixels(), request.threads());
    }

    private Map<String, String> settings(VideoInfo info) throws TransferException {
        Map<String, String> settings = new HashMap<>(request.settings());
        // One file, one broker, one task: a mismatch shows at once, so a check would only delay the start.
        settings.putIfAbsent(ProcessSettings.START_CHECK.name(), "off");
        if (info.pixelFormat().bitDepth() > Byte.SIZE) {
            // The default, JPEG, has 8 bits.
            settings.putIfAbsent(OutputSettings.FRAME_CODEC.name(), "ffv1");
        }
        if (request.framesPerSecond() != null) {
            if (!info.averageFrameRate().isPositive()) {
                throw new TransferException("expected an input with a known frame rate for --fps, found none");
            }
            String[] factors = settings.getOrDefault(OperatorSettings.SCALE_FACTOR.name(), "2,2,2")
                    .split(",", -1);
            Rational time = request.framesPerSecond().divide(info.averageFrameRate());
            String last = factors[factors.length - 1];
            settings.put(
                    OperatorSettings.SCALE_FACTOR.name(),
                    time + "," + (factors.length == 3 ? factors[1] : last) + "," + last);
        }
        return settings;
    }

    private Report run(
            VideoReader reader, KinoliftConfig config, Rational factor, Cluster cluster, Progress progress, long start)
            throws VideoException, TransferException, InterruptedException {
        TopologySettings.TopicNames names = TopologyPlan.topics(config);
        Map<String, String> clients = cluster.clientSettings();
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            new Topics(
                            names.frames(),
                            names.upscaled(),
                            names.deadLetters(),
                            names.accounts(),
                            1,
                            (short) -1,
                            BrokerSettings.DEFAULT_MAX_MESSAGE_BYTES,
                            SEGMENT_BYTES,
                            -1)
                    .create(admin);
            try (KinoliftStreams streams = new KinoliftStreams(config, cluster.streamsSettings(), cluster.stateDir());
                    Producer<byte[], byte[]> producer =
                            Clients.producer(clients, BrokerSettings.DEFAULT_MAX_MESSAGE_BYTES);
                    Consumer<byte[], byte[]> consumer = Clients.consumer(clients);
                    VideoFile file = new VideoFile(new VideoFile.Settings(
                            request.output(),
                            request.videoCodec(),
                            outputRate(reader.info(), factor),
                            config.get(OutputSettings.QUALITY),
                            reader.info().rotation(),
                            reader.info().hasAudio() ? request.input() : null,
                            request.threads()))) {
                cluster.beforeClose(() -> {
                    streams.close();
                    file.discard();
                });
                streams.start();
                return transfer(
                        reader,
                        config,
                        factor,
                        new Trimmer(admin, cluster.applicationId()),
                        streams,
                        producer,
                        consumer,
                        file,
                        progress,
                        start);
            }
        }
    }

    private Report transfer(
            VideoReader reader,
            KinoliftConfig config,
            Rational factor,
            Trimmer trimmer,
            KinoliftStreams streams,
            Producer<byte[], byte[]> producer,
            Consumer<byte[], byte[]> consumer,
            VideoFile file,
            Progress progress,
            long start)
            throws VideoException, TransferException, InterruptedException {
        TopologySettings.TopicNames names = TopologyPlan.topics(config);
        EncoderSettings encoder = Plans.encoder(config);
        Pace pace = new Pace(FRAMES_AHEAD + 2L * config.get(WindowingSettings.WINDOW_SIZE));
        AtomicReference<Exception> ingestFailure = new AtomicReference<>();
        Ingest ingest = new Ingest(
                producer,
                new Ingest.Settings(names.frames(), STREAM_ID, 0, Plans.codec(config), encoder, request.threads()));
        Thread sender = Thread.ofPlatform().daemon().name("kinolift-ingest").start(() -> {
            try {
                ingest.run(reader, pace, _ -> {});
            } catch (VideoException | TransferException | InterruptedException | RuntimeException e) {
                ingestFailure.set(e);
            }
        });
        long[] firstNanos = {0};
        try (CodecPool codecs = new CodecPool(DecoderLimits.DEFAULT)) {
            Collect collect = new Collect(
                    consumer,
                    new Collect.Settings(
                            names.upscaled(),
                            names.deadLetters(),
                            STREAM_ID,
                            request.patience(),
                            () -> problem(ingestFailure.get(), streams),
                            (partition, offset) -> {
                                if (partition.topic().equals(names.upscaled())) {
                                    trimmer.read(partition, offset);
                                }
                            },
                            request.threads()));
            Rational inputPerOutput = factor.inverse();
            Collect.Result result = collect.run(codecs, file, sequence -> {
                firstNanos[0] = firstNanos[0] == 0 ? System.nanoTime() : firstNanos[0];
                pace.received(inputPerOutput.floorOfProduct(sequence));
                progress.framesOut(file.frames());
            });
            sender.join();
            file.finish();
            return new Report(
                    reader.info(),
                    reader.report(),
                    file.format(),
                    file.frames(),
                    result.totals(),
                    seconds(System.nanoTime() - start),
                    seconds(firstNanos[0] - start),
                    stageSeconds(streams, file, ingest.sendNanos() + collect.pollNanos()),
                    result.firstDeadLetter());
        } finally {
            pace.release();
            sender.interrupt();
            sender.join();
        }
    }

    private static String problem(Exception ingestFailure, KinoliftStreams streams) {
        if (ingestFailure != null) {
            return ingestFailure.getMessage();
        }
        return streams.failure()
                .map(failure -> "the stream application failed: " + failure.getMessage())
                .orElse(null);
    }

    private static long expectedFrames(VideoInfo info) {
        if (info.promisedFrames() > 0 || info.duration() == 0) {
            return info.promisedFrames();
        }
        return Math.round(info.duration()
                * info.timeBase().toDouble()
                * info.averageFrameRate().toDouble());
    }

    private static Rational outputRate(VideoInfo info, Rational factor) {
        Rational rate = info.averageFrameRate().isPositive() ? info.averageFrameRate() : info.frameRate();
        return (rate.isPositive() ? rate : Rational.of(25)).multiply(factor);
    }

    private static Map<String, Double> stageSeconds(KinoliftStreams streams, VideoFile file, long clientNanos) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            seconds.put(stage.text(), seconds(streams.telemetry().nanos(stage)));
        }
        seconds.put("kafka", seconds(clientNanos) + streams.commitSeconds());
        seconds.put("write file", seconds(file.writeNanos()));
        return seconds;
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
