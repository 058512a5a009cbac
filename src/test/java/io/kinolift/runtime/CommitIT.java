package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.VideoFrame;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.transfer.Clients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With rare commits, the end of a stream does not wait for the next regular one. */
class CommitIT {
    private static final int FRAMES = 6;
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path state;

    @Test
    void theEndOfAStream_isCommittedLongBeforeTheInterval() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            ChaosTopics topics = new ChaosTopics(clients, "rare", 1, (short) 1).create();
            Map<String, String> kafka = new HashMap<>(clients);
            kafka.put("application.id", "rare");
            kafka.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Long.toString(INTERVAL.toMillis()));
            kafka.put("producer.transaction.timeout.ms", Long.toString(2 * INTERVAL.toMillis()));
            try (KinoliftStreams streams = new KinoliftStreams(new KinoliftConfig(topics.ours()), kafka, state);
                    Producer<byte[], byte[]> producer = Clients.producer(clients, ChaosTopics.MAX_BYTES)) {
                streams.start();
                ChaosTopics.send(producer, List.of("s"), 0, FRAMES, 16, 12);
                ChaosTopics.end(producer, "s", FRAMES);
                producer.flush();
                List<VideoFrame> frames = topics.read(1, PATIENCE).get("s");
                assertThat(frames).hasSize(2 * FRAMES + 1);
            }
        }
    }
}
