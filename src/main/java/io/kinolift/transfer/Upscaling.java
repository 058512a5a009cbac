package io.kinolift.transfer;

import io.kinolift.avro.Totals;
import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.PictureSource;
import io.kinolift.codec.ReadReport;
import io.kinolift.codec.ReaderLimits;
import io.kinolift.codec.VideoException;
import io.kinolift.codec.VideoInfo;
import io.kinolift.codec.VideoReader;
import io.kinolift.engine.CodecPool;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.GapSettings;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.OperatorSettings;
import io.kinolift.settings.OutputSettings;
import io.kinolift.settings.Plans;
import io.kinolift.settings.ProcessSettings;
import io.kinolift.settings.WindowingSettings;
import io.kinolift.topology.TopologySettings;
import io.kinolift.trace.Stage;
import io.kinolift.upscale.BoundOperator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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
     * @param framesPerSecond the output's, from the first to the last frame; null keeps the factor of time
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

    /**
     * The result. Stage times are summed over threads.
     *
     * @param remarks changes to pictures besides upscaling, one line each
     * @param framesSent as many as were read, unless a variable rate was converted
     */
    public record Report(
            VideoInfo input,
            ReadReport read,
            long framesSent,
            FrameFormat output,
            long framesOut,
            Totals totals,
            double seconds,
            double secondsToFirst,
            Map<String, Double> stageSeconds,
            String firstDeadLetter,
            List<String> remarks) {}

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
            TimePlan time = request.framesPerSecond() == null
                    ? null
                    : TimePlan.of(request.input().toString(), reader.info(), request.framesPerSecond());
            Map<String, String> settings = settings(reader.info(), time);
            Rational factor =
                    Plans.operator(new KinoliftConfig(settings)).timeGrid().factor();
            requireWritable(reader.info(), new KinoliftConfig(settings), factor);
            progress.start(expectedFramesOut(reader.info(), factor));
            try (Cluster cluster = Cluster.open(request.clientSettings())) {
                settings.putAll(cluster.topicSettings());
                return run(reader, time, new KinoliftConfig(settings), factor, cluster, progress, start);
            }
        }
    }

    private ReaderLimits readerLimits() {
        return new ReaderLimits(ReaderLimits.DEFAULT.maxPixels(), request.threads());
    }

    private Map<String, String> settings(VideoInfo info, TimePlan time) {
        Map<String, String> settings = new HashMap<>(request.settings());
        // One file, one broker, one task: a mismatch shows at once, so a check would only delay the start.
        settings.putIfAbsent(ProcessSettings.START_CHECK.name(), "off");
        if (info.pixelFormat().bitDepth() > Byte.SIZE) {
            // The default, JPEG, has 8 bits.
            settings.putIfAbsent(OutputSettings.FRAME_CODEC.name(), "ffv1");
        }
        if (info.pixelFormat() == PixelFormat.RGB24 || info.pixelFormat() == PixelFormat.BGR24) {
            // JPEG has no RGB.
            settings.putIfAbsent(OutputSettings.FRAME_CODEC.name(), "png");
        }
        if (time != null) {
            String[] factors = settings.getOrDefault(OperatorSettings.SCALE_FACTOR.name(), "2,2,2")
                    .split(",", -1);
            String last = factors[factors.length - 1];
            String height = factors.length == 3 ? factors[1] : last;
            settings.put(OperatorSettings.SCALE_FACTOR.name(), time.factor() + "," + height + "," + last);
        }
        return settings;
    }

    private VideoFile.Settings fileSettings(VideoInfo info, KinoliftConfig config, Rational factor) {
        return new VideoFile.Settings(
                request.output(),
                request.videoCodec(),
                outputRate(info, factor),
                config.get(OutputSettings.QUALITY),
                info.rotation(),
                info.hasAudio() ? request.input() : null,
                request.threads());
    }

    /** Before a broker is started and hours of work are done. */
    private void requireWritable(VideoInfo info, KinoliftConfig config, Rational factor) throws VideoException {
        BoundOperator operator = Plans.operator(config).bind(info.pixelFormat(), info.width(), info.height());
        FrameFormat format = new FrameFormat(
                Plans.codec(config),
                info.pixelFormat(),
                operator.outputWidth(),
                operator.outputHeight(),
                info.sampleAspectRatio(),
                info.colour());
        Rational rate = outputRate(info, factor);
        try (VideoFile file = new VideoFile(fileSettings(info, config, factor))) {
            file.requireWritable(format, rate.inverse(), rate);
        }
    }

    private Report run(
            VideoReader reader,
            TimePlan time,
            KinoliftConfig config,
            Rational factor,
            Cluster cluster,
            Progress progress,
            long start)
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
                    VideoFile file = new VideoFile(fileSettings(reader.info(), config, factor))) {
                cluster.beforeClose(() -> {
                    streams.close();
                    file.discard();
                });
                streams.start();
                return transfer(
                        reader,
                        time,
                        config,
                        factor,
                        new Trimmer(admin, cluster.applicationId()),
                        cluster.stateDir(),
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
            TimePlan time,
            KinoliftConfig config,
            Rational factor,
            Trimmer trimmer,
            Path stateDir,
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
        AtomicLong sent = new AtomicLong();
        Thread sender = Thread.ofPlatform().daemon().name("kinolift-ingest").start(() -> {
            try {
                sent.set(
                        time == null
                                ? ingest.run(reader, pace, _ -> {})
                                : sendEvenly(ingest, reader, pace, time, config));
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
                            () -> problem(ingestFailure.get(), streams, stateDir),
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
                    sent.get(),
                    file.format(),
                    file.frames(),
                    result.totals(),
                    seconds(System.nanoTime() - start),
                    seconds(firstNanos[0] - start),
                    stageSeconds(streams, file, ingest.sendNanos() + collect.pollNanos()),
                    result.firstDeadLetter(),
                    file.remarks());
        } finally {
            pace.release();
            sender.interrupt();
            sender.join();
        }
    }

    private static long sendEvenly(Ingest ingest, VideoReader reader, Pace pace, TimePlan time, KinoliftConfig config)
            throws VideoException, TransferException, InterruptedException {
        try (PictureSource source = new EvenPictures(reader, time.inputRate(), GapSettings.sceneCut(config))) {
            return ingest.run(source, pace, _ -> {});
        }
    }

    private static String problem(Exception ingestFailure, KinoliftStreams streams, Path stateDir) {
        if (ingestFailure != null) {
            return ingestFailure.getMessage();
        }
        return streams.failure()
                .map(failure -> "the stream application failed: " + failure.getMessage())
                .orElseGet(() -> DiskSpace.problem(stateDir));
    }

    private long expectedFramesOut(VideoInfo info, Rational factor) {
        if (request.framesPerSecond() == null) {
            return factor.floorOfProduct(Math.max(0, expectedFrames(info)));
        }
        return Math.round(info.duration()
                * info.timeBase().toDouble()
                * request.framesPerSecond().toDouble());
    }

    private static long expectedFrames(VideoInfo info) {
        if (info.promisedFrames() > 0 || info.duration() == 0) {
            return info.promisedFrames();
        }
        return Math.round(info.duration()
                * info.timeBase().toDouble()
                * info.averageFrameRate().toDouble());
    }

    private Rational outputRate(VideoInfo info, Rational factor) {
        if (request.framesPerSecond() != null) {
            return request.framesPerSecond();
        }
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
