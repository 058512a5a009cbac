package io.kinolift.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.kinolift.ffmpeg.NativeMemory;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.trace.Stage;
import io.kinolift.trace.Telemetry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;

/** The registry of this process, and everything in it that is not counted per stream. */
public final class Metrics implements AutoCloseable {
    private static final double NANOS = 1e9;
    /** Kafka has a partition's lag from its first records on; Micrometer looks for new metrics once a minute by itself. */
    private static final Duration KAFKA_PERIOD = Duration.ofSeconds(5);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final KafkaStreams kafkaStreams;
    private final KafkaStreamsMetrics kafka;
    private final Figures figures;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("kinolift-drops").factory());

    /**
     * @param maxStreams streams with labels of their own
     * @param windowSize core frames of a full window
     */
    public Metrics(KinoliftStreams streams, int maxStreams, int windowSize) {
        kafkaStreams = streams.kafka();
        // Before the first meter, because a filter applies only to later ones.
        registry.config().meterFilter(new FewOfKafka()).meterFilter(topicsOnce());
        figures = new Figures(registry, maxStreams, windowSize);
        var _ = clock.scheduleWithFixedDelay(() -> figures.tellDrops(false), 1, 1, TimeUnit.SECONDS);
        long period = LagLog.PERIOD.toSeconds();
        var _ = clock.scheduleWithFixedDelay(
                () -> figures.tellLags(waitingRecords(streams) == 0), period, period, TimeUnit.SECONDS);
        kafka = new KafkaStreamsMetrics(kafkaStreams, List.of(), clock, KAFKA_PERIOD);
        kafka.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collections.bindTo(registry);
        for (Stage stage : Stage.values()) {
            stage(stage.text(), streams.telemetry(), telemetry -> telemetry.nanos(stage) / NANOS);
        }
        count(
                "kinolift.outputs.encoded.again",
                "Outputs encoded once more because others refer to them and the encoder was gone",
                streams.telemetry(),
                Telemetry::encodedAgain);
        stage("kafka", streams, KinoliftStreams::commitSeconds);
        FunctionCounter.builder("kinolift.frames.deleted.unread", streams, KinoliftStreams::deletedUnread)
                .description("Records that the frames topic deleted before they were read")
                .register(registry);
        Gauge.builder("kinolift.resident.bytes", NativeMemory::residentBytes)
                .description("Physical memory of the process")
                .register(registry);
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Gauge.builder("kinolift.memory.limit.bytes", machine, OperatingSystemMXBean::getTotalMemorySize)
                .description("Memory there is: the container's, where that has a limit")
                .register(registry);
        Gauge.builder(
                        "kinolift.settings.differ",
                        streams,
                        each -> each.otherSettings().isPresent() ? 1 : 0)
                .description("1 while the group has an instance that makes other pictures")
                .register(registry);
        DiskGauges.add(registry, streams.disks());
    }

    private static long waitingRecords(KinoliftStreams streams) {
        Set<String> topics =
                streams.assigned().stream().map(TopicPartition::topic).collect(Collectors.toSet());
        return WaitingRecords.of(streams.kafka().metrics().values(), topics::contains);
    }

    private TopicsOnce topicsOnce() {
        return new TopicsOnce(() -> List.copyOf(kafkaStreams.metrics().keySet()));
    }

    private <T> void stage(String stage, T source, ToDoubleFunction<T> seconds) {
        FunctionCounter.builder("kinolift.stage.seconds", source, seconds)
                .tag("stage", stage)
                .description("Time spent per stage, summed over threads")
                .register(registry);
    }

    /** Adds a count that somebody else keeps. */
    public <T> void count(String name, String description, T source, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, source, value).description(description).register(registry);
    }

    /** Adds a number of now that somebody else keeps. */
    public <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value).description(description).register(registry);
    }

    public Figures figures() {
        return figures;
    }

    /** The metrics of Kinolift and of the JVM, and few of Kafka's, in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    /** All metrics of Kafka's clients, in the same format. They cost nothing until somebody asks. */
    public String scrapeKafka() {
        PrometheusMeterRegistry all = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        all.config().meterFilter(topicsOnce());
        try (KafkaStreamsMetrics found = new KafkaStreamsMetrics(kafkaStreams)) {
            found.bindTo(all);
            return all.scrape();
        } finally {
            all.close();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        figures.tellDrops(true);
        kafka.close();
        collections.close();
        registry.close();
    }
}
