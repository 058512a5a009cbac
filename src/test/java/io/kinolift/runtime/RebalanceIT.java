package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.VideoFrame;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.transfer.Clients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight streams while instances come and go: the output is that of a single instance that stayed. {@code
 * -Dkinolift.storm.moves=10} is the full form.
 */
class RebalanceIT {
    private static final int MOVES = Integer.getInteger("kinolift.storm.moves", 3);
    private static final int FRAMES_PER_MOVE = 12;
    private static final int PARTITIONS = 4;
    private static final List<String> STREAMS =
            IntStream.range(0, 8).mapToObj(i -> "stream-" + i).toList();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void instancesComeAndGo_theOutputIsThatOfOneThatStayed() throws Exception {
        Random random = new Random(3);
        Map<String, KinoliftStreams> instances = new LinkedHashMap<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            ChaosTopics stormy = new ChaosTopics(clients, "stormy", PARTITIONS, (short) 1).create();
            ChaosTopics calm = new ChaosTopics(clients, "calm", PARTITIONS, (short) 1).create();
            try (Producer<byte[], byte[]> producer = Clients.producer(clients, ChaosTopics.MAX_BYTES);
                    ChaosTopics.Output output = stormy.output()) {
                instances.put("i0", stormy.start(folder.resolve("i0"), "i0"));
                int sent = 0;
                for (int move = 1; move <= MOVES; move++) {
                    int before = output.poll();
                    ChaosTopics.send(producer, STREAMS, sent, sent + FRAMES_PER_MOVE, 48, 32);
                    sent += FRAMES_PER_MOVE;
                    // In the middle of it.
                    int more = random.nextInt(1 + FRAMES_PER_MOVE * STREAMS.size());
                    output.await(before + more, Integer.MAX_VALUE, PATIENCE);
                    comeOrGo(stormy, instances, "i" + move, random);
                }
                int frames = sent;
                STREAMS.forEach(stream -> ChaosTopics.end(producer, stream, frames));
                output.await(Integer.MAX_VALUE, STREAMS.size(), PATIENCE);
                instances.values().forEach(KinoliftStreams::close);
                try (KinoliftStreams _ = calm.start(folder.resolve("calm"), "only")) {
                    Map<String, List<VideoFrame>> whole = calm.read(STREAMS.size(), PATIENCE);
                    assertThat(whole.get(STREAMS.getFirst())).hasSize(2 * frames + 1);
                    assertThat(output.streams()).isEqualTo(whole);
                }
                assertThat(stormy.audit().problems()).isEmpty();
            }
        } finally {
            instances.values().forEach(KinoliftStreams::close);
        }
    }

    private void comeOrGo(ChaosTopics topics, Map<String, KinoliftStreams> instances, String name, Random random) {
        if (instances.size() < 2 || (instances.size() < 4 && random.nextBoolean())) {
            instances.put(name, topics.start(folder.resolve(name), name));
        } else {
            String gone = List.copyOf(instances.keySet()).get(random.nextInt(instances.size()));
            instances.remove(gone).close();
        }
    }
}
