package io.kinolift.bench;

import io.kinolift.runtime.KinoliftConfig;
import io.kinolift.topology.Stages;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stream application: a round is one stream from its first frame to its end. */
final class OurPipeline implements Contender {
    private final PipelineRaces.Job job;
    private final PipelineInputs inputs;
    private final PipelineHost host;
    private int round;
    private long made;

    OurPipeline(PipelineRaces.Job job, PipelineInputs inputs, int threads) {
        this.job = job;
        this.inputs = inputs;
        Map<String, String> settings = new HashMap<>(job.settings());
        settings.put(KinoliftConfig.THREADS, Integer.toString(threads));
        settings.put(KinoliftConfig.QUALITY, Integer.toString(PipelineInputs.QUALITY));
        settings.put(KinoliftConfig.SCENE_CUT, "off");
        settings.put(KinoliftConfig.START_CHECK, "off");
        host = new PipelineHost(settings, Map.of());
    }

    @Override
    public String name() {
        return "Kinolift through Kafka";
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
        Stages stages = host.streams().stages();
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("decode", stages.decodeNanos() / 1e9 / made);
        seconds.put("operator", stages.operatorNanos() / 1e9 / made);
        seconds.put("encode", stages.encodeNanos() / 1e9 / made);
        seconds.put("commit", host.streams().commitSeconds() / made);
        return seconds;
    }

    @Override
    public void close() {
        host.close();
    }
}
