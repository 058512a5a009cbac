package io.kinolift.transfer;

import io.kinolift.avro.Totals;
import io.kinolift.codec.DecoderLimits;
import io.kinolift.engine.CodecPool;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Rational;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.GapSettings;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Plans;
import io.kinolift.settings.WindowingSettings;
import io.kinolift.topology.TopologySettings;
import io.kinolift.trace.Stage;
import io.kinolift.video.EncoderChoice;
import io.kinolift.video.PictureSource;
import io.kinolift.video.ReadReport;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.Source;
import io.kinolift.video.StreamChoice;
import io.kinolift.video.VideoInfo;
import io.kinolift.video.VideoReader;
import io.kinolift.wire.output.OutputReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * @param clientSettings of Kafka clients; null starts an embedded broker
     * @param framesPerSecond the output's, from the first to the last frame; null keeps the factor of time
     * @param streams what of the input goes into the output
     * @param patience how long nothing may come out before it is an error
     */
    public record Request(
            Source input,
            OutputPlace output,
            Map<String, String> settings,
            Map<String, String> clientSettings,
            Rational framesPerSecond,
            EncoderChoice encoder,
            StreamChoice streams,
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
        String existing = request.output().existing();
        if (existing != null && !request.overwrite()) {
            throw new UnusablePlaceException(existing + " exists; --overwrite replaces it");
        }
        try (VideoReader reader = VideoReader.openAndKeepRest(
                request.input(), readerLimits(), request.streams().video())) {
            UpscalingPlan plan = UpscalingPlan.of(request, reader);
            // Before a broker is started and hours of work are done.
            plan.requireUpscalable();
            plan.requireWritable();
            progress.start(plan.expectedFramesOut());
            try (Cluster cluster = Cluster.open(request.clientSettings())) {
                return run(reader, plan, cluster, progress, start);
            }
        }
    }

    private ReaderLimits readerLimits() {
        return new ReaderLimits(ReaderLimits.DEFAULT.maxPixels(), request.threads());
    }

    private Report run(VideoReader reader, UpscalingPlan plan, Cluster cluster, Progress progress, long start)
            throws VideoException, TransferException, InterruptedException {
        KinoliftConfig config = plan.configIn(cluster);
        TopologySettings.TopicNames names = TopologyPlan.topics(config);
        try (Admin admin = Admin.create(new HashMap<>(cluster.clientSettings()))) {
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
                    VideoFile file = new VideoFile(plan.file())) {
                cluster.beforeClose(() -> {
                    streams.close();
                    file.discard();
                });
                streams.start();
                return transfer(
                        reader,
                        plan,
                        config,
                        cluster,
                        new Trimmer(admin, cluster.applicationId()),
                        streams,
                        file,
                        progress,
                        start);
            }
        }
    }

    private Report transfer(
            VideoReader reader,
            UpscalingPlan plan,
            KinoliftConfig config,
            Cluster cluster,
            Trimmer trimmer,
            KinoliftStreams streams,
            VideoFile file,
            Progress progress,
            long start)
            throws VideoException, TransferException, InterruptedException {
        TopologySettings.TopicNames names = TopologyPlan.topics(config);
        Pace pace = new Pace(FRAMES_AHEAD + 2L * config.get(WindowingSettings.WINDOW_SIZE));
        long[] firstNanos = {0};
        try (Producer<byte[], byte[]> producer =
                        Clients.producer(cluster.clientSettings(), BrokerSettings.DEFAULT_MAX_MESSAGE_BYTES);
                Consumer<byte[], byte[]> consumer = Clients.consumer(cluster.clientSettings())) {
            Ingest ingest = new Ingest(
                    producer,
                    new Ingest.Settings(
                            names.frames(),
                            null,
                            STREAM_ID,
                            0,
                            Plans.codecAlone(config),
                            Plans.encoder(config),
                            request.threads()));
            try (Sending sending = new Sending(pace, () -> send(ingest, reader, plan, config, pace))) {
                Collect collect = new Collect(
                        consumer,
                        new Collect.Settings(
                                names.upscaled(),
                                names.deadLetters(),
                                STREAM_ID,
                                Selection.ALL,
                                request.patience(),
                                OutputReader::read,
                                () -> problem(sending.failure(), streams, cluster.stateDir()),
                                (partition, offset) -> {
                                    if (partition.topic().equals(names.upscaled())) {
                                        trimmer.read(partition, offset);
                                    }
                                },
                                request.threads(),
                                false));
                Collect.Result result = receive(collect, file, plan, pace, progress, firstNanos);
                long sent = sending.await();
                file.finish();
                List<String> remarks = new ArrayList<>(reader.remarks());
                remarks.addAll(plan.remarks());
                if (!result.leftOut().isEmpty()) {
                    remarks.add(result.leftOut());
                }
                remarks.addAll(file.remarks());
                return new Report(
                        reader.info(),
                        reader.report(),
                        sent,
                        file.format(),
                        file.frames(),
                        result.totals(),
                        seconds(System.nanoTime() - start),
                        seconds(firstNanos[0] - start),
                        stageSeconds(streams, file, ingest.sendNanos() + collect.pollNanos()),
                        result.firstDeadLetter(),
                        remarks);
            }
        }
    }

    private static Collect.Result receive(
            Collect collect, VideoFile file, UpscalingPlan plan, Pace pace, Progress progress, long[] firstNanos)
            throws TransferException, InterruptedException {
        Collect.Progress paced = pacing(pace, plan.factor(), () -> {
            firstNanos[0] = firstNanos[0] == 0 ? System.nanoTime() : firstNanos[0];
            progress.framesOut(file.frames());
        });
        try (CodecPool codecs = new CodecPool(DecoderLimits.DEFAULT)) {
            return collect.run(codecs, file, paced);
        }
    }

    /**
     * Lets the sender go on with what has come out, as a frame or as a dead letter.
     *
     * @param factor outputs per input
     * @param handed runs after each frame
     */
    static Collect.Progress pacing(Pace pace, Rational factor, Runnable handed) {
        Rational inputPerOutput = factor.inverse();
        return new Collect.Progress() {
            @Override
            public void handed(long sequence) {
                pace.received(inputPerOutput.floorOfProduct(sequence));
                handed.run();
            }

            @Override
            public void refused(long sequence) {
                pace.received(sequence);
            }
        };
    }

    /** At an even rate if one was asked for. */
    private static long send(Ingest ingest, VideoReader reader, UpscalingPlan plan, KinoliftConfig config, Pace pace)
            throws VideoException, TransferException, InterruptedException {
        if (plan.time() == null) {
            return ingest.run(reader, pace, _ -> {});
        }
        try (PictureSource source = new EvenPictures(
                reader, plan.time().inputRate(), plan.time().maxUnitsPerSecond(), GapSettings.sceneCut(config))) {
            return ingest.run(source, pace, _ -> {});
        }
    }

    private static TransferException problem(Throwable ingestFailure, KinoliftStreams streams, Path stateDir) {
        // A full disk is the reason of whatever else fails then.
        String disk = DiskSpace.problem(stateDir);
        if (disk != null) {
            return new UnusablePlaceException(disk);
        }
        if (ingestFailure != null) {
            return new TransferException(ingestFailure.getMessage(), ingestFailure);
        }
        return streams.failure()
                .map(failure ->
                        new TransferException("the stream application failed: " + failure.getMessage(), failure))
                .orElse(null);
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
