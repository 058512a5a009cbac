package io.kinolift.live;

import io.kinolift.metrics.Metrics;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.records.RecordReplay;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.MonitoringSettings;
import io.kinolift.settings.WindowingSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** One instance of the application with its HTTP side, as {@code run} starts it. */
final class LiveInstance implements AutoCloseable {
    private final KinoliftStreams streams;
    private final Metrics metrics;
    private final LiveServer server;

    /** @param clients settings of Kafka's clients */
    LiveInstance(Map<String, String> settings, Map<String, String> clients, Path stateDir) {
        KinoliftConfig config = new KinoliftConfig(settings);
        streams = new KinoliftStreams(config, clients, stateDir);
        metrics = new Metrics(
                streams, config.get(MonitoringSettings.METRICS_STREAMS), config.get(WindowingSettings.WINDOW_SIZE));
        LiveProbes probes = LiveProbes.of(config, streams.plans(), clients);
        streams.telemetry().watch(metrics.figures().and(probes.all()));
        server = new LiveServer(
                config, streams, metrics, probes, clients, Optional.of(new RecordReplay(clients)::replay));
    }

    void start() {
        streams.start();
    }

    int tasks() {
        return streams.kafka().metadataForLocalThreads().stream()
                .mapToInt(thread -> thread.activeTasks().size())
                .sum();
    }

    void stopStreams() {
        streams.close();
    }

    String url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
        metrics.close();
        streams.close();
    }
}
