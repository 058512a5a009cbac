package io.kinolift.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;

/**
 * Leaves out Kafka's own figures, except for those that rules and dashboard need. Its clients have hundreds, and some for
 * every partition, broker and store. Who needs them asks for them: {@link Metrics#scrapeKafka}.
 */
final class FewOfKafka implements MeterFilter {
    private static final String PREFIX = "kafka.";
    private static final Set<String> KEPT =
            Set.of("kafka.consumer.fetch.manager.records.lag", "kafka.stream.failed.stream.threads");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return id.getName().startsWith(PREFIX) && !KEPT.contains(id.getName())
                ? MeterFilterReply.DENY
                : MeterFilterReply.NEUTRAL;
    }
}
