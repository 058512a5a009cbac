package io.kinolift.bench;

import io.kinolift.settings.GapSettings;
import io.kinolift.settings.LimitSettings;
import io.kinolift.settings.OutputSettings;
import io.kinolift.settings.ProcessSettings;
import io.kinolift.settings.WindowingSettings;
import io.kinolift.trace.Stage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/** The stream application: a round is one stream from its first frame to its end. */
final class OurPipeline implements Racer {
    private final PipelineRaces.Job job;
    private final PipelineInputs inputs;
    private final PipelineHost host;
    private final String name;
    private int round;
    private long made;

    private OurPipeline(
            PipelineRaces.Job job,
            PipelineInputs inputs,
            int threads,
            String name,
            Map<String, String> tuning,
            Map<String, String> streamsTuning) {
        this.job = job;
        this.inputs = inputs;
        this.name = name;
        Map<String, String> settings = new HashMap<>(job.settings());
        settings.put(LimitSettings.THREADS.name(), Integer.toString(threads));
        settings.put(OutputSettings.QUALITY.name(), Integer.toString(PipelineInputs.QUALITY));
        settings.put(GapSettings.SCENE_CUT.name(), "off");
        settings.put(ProcessSettings.START_CHECK.name(), "off");
        settings.putAll(tuning);
        host = new PipelineHost(settings, streamsTuning);
    }

    /**
     * With the default windows and commits of {@code run}. Work that FFmpeg does not do, such as scene cuts, is off.
     */
    static OurPipeline asIs(PipelineRaces.Job job, PipelineInputs inputs, int threads) {
        return new OurPipeline(job, inputs, threads, "Kinolift through Kafka", Map.of(), Map.of());
    }

    /** With larger windows and rarer commits: more frames a second, but each one later. */
    static OurPipeline forThroughput(PipelineRaces.Job job, PipelineInputs inputs, int threads) {
        return new OurPipeline(
                job,
                inputs,
                threads,
                "Kinolift, window 24, commits each s",
                Map.of(WindowingSettings.WINDOW_SIZE.name(), "24"),
                Map.of(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "1000"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int outputs() {
        return 2 * inputs.frames().size();
    }

    @Override
    public void round() {
        host.forget();
        String stream = "round-" + round++;
        Thread sender = Thread.ofPlatform().daemon().start(() -> {
            for (int i = 0; i < inputs.frames().size(); i++) {
                host.send(stream, i, job.width(), job.height(), inputs.frames().get(i));
            }
            host.end(stream, inputs.frames().size());
        });
        long emitted = host.awaitEnd(stream);
        if (emitted != outputs()) {
            throw new IllegalStateException(
                    "expected " + outputs() + " outputs of " + job.name() + ", found " + emitted);
        }
        made += outputs();
        join(sender);
    }

    private static void join(Thread sender) {
        try {
            sender.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Thread time per output frame, by stage. */
    Map<String, Double> stageSeconds() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            seconds.put(stage.text(), host.streams().telemetry().nanos(stage) / 1e9 / made);
        }
        seconds.put("commit", host.streams().commitSeconds() / made);
        return seconds;
    }

    @Override
    public void close() {
        host.close();
    }
}
