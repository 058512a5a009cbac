package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.avro.VideoFrame;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.FrameRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Four live streams beside a producer of streams that have one frame and never end, on a real broker. {@code
 * -Dkinolift.flood.streams=N} sends more of these.
 */
@Tag("endurance")
class FloodIT {
    private static final int STRANGERS = Integer.getInteger("kinolift.flood.streams", 20_000);
    private static final List<String> REAL = List.of("north", "east", "south", "west");
    private static final int FRAMES = 400;
    private static final long FRAME_NANOS = 40_000_000;
    /** The flood takes 200 frames, so that it begins and ends while the live streams go on. */
    private static final int FLOOD_FROM = 150;

    private static final int STRANGERS_PER_FRAME = STRANGERS / 200;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final AtomicLongArray sentNanos = new AtomicLongArray(FRAMES);
    private final List<Long> quietMillis = new ArrayList<>();
    private final List<Long> floodedMillis = new ArrayList<>();

    @Test
    void streamsOfAStranger_takeNothingFromLiveOnes() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            ChaosTopics topics = new ChaosTopics(clients, "flood", 1, (short) 1).create();
            try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients);
                    KinoliftStreams streams = topics.start(broker.scratch(), "one")) {
                Awaitility.await().atMost(PATIENCE).until(() -> streams.kafka().state() == KafkaStreams.State.RUNNING);
                List<TopicPartition> partition =
                        List.of(new TopicPartition(topics.names().upscaled(), 0));
                consumer.assign(partition);
                consumer.seekToBeginning(partition);
                CompletableFuture<Void> sending =
                        CompletableFuture.runAsync(() -> sendAll(clients), Thread.ofPlatform()::start);
                assertWhole(consumer, sending);
                sending.join();
            }
            assertThat(topics.audit().problems()).isEmpty();
        }
        System.out.printf(
                "latency of live streams in ms, median and 99th of 100: %s before the flood, %s during it%n",
                spread(quietMillis), spread(floodedMillis));
    }

    private void sendAll(Map<String, String> clients) {
        int strangers = 0;
        try (Producer<byte[], byte[]> producer = Clients.producer(clients, ChaosTopics.MAX_BYTES)) {
            long begin = System.nanoTime();
            for (int sequence = 0; sequence < FRAMES; sequence++) {
                long earlyNanos = begin + sequence * FRAME_NANOS - System.nanoTime();
                LockSupport.parkNanos(earlyNanos);
                sentNanos.set(sequence, System.nanoTime());
                for (String stream : REAL) {
                    ChaosTopics.send(producer, TestFrames.raw(stream, sequence, 64, 48));
                }
                int flood = sequence < FLOOD_FROM ? 0 : Math.min(STRANGERS_PER_FRAME, STRANGERS - strangers);
                for (int one = 0; one < flood; one++) {
                    ChaosTopics.send(producer, TestFrames.raw("stranger-" + strangers++, 0, 2, 2));
                }
            }
            REAL.forEach(stream -> ChaosTopics.end(producer, stream, FRAMES));
        }
    }

    /** Every output of the live streams comes, in order, without a discontinuity. */
    private void assertWhole(Consumer<byte[], byte[]> consumer, CompletableFuture<Void> sending) throws Exception {
        Map<String, Long> next = new HashMap<>();
        int ended = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ended < REAL.size()) {
            assertThat(System.nanoTime()).as("%s", next).isLessThan(deadline);
            assertThat(sending).isNotCompletedExceptionally();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                VideoFrame frame = FrameRecords.parse(record.value());
                if (!REAL.contains(frame.getStreamId())) {
                    continue;
                }
                long expected = next.merge(frame.getStreamId(), 1L, Long::sum) - 1;
                assertThat(frame.getSequence()).isEqualTo(expected);
                assertThat(frame.getDiscontinuity()).isFalse();
                if (frame.getEndOfStream()) {
                    ended++;
                    assertThat(expected).isEqualTo(2 * FRAMES);
                } else {
                    measure((int) expected / 2);
                }
            }
        }
    }

    private void measure(int sequence) {
        long millis =
                Duration.ofNanos(System.nanoTime() - sentNanos.get(sequence)).toMillis();
        if (sequence < FLOOD_FROM) {
            quietMillis.add(millis);
        } else if (sequence < FLOOD_FROM + 200) {
            floodedMillis.add(millis);
        }
    }

    private static String spread(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        return sorted.get(sorted.size() / 2) + " and " + sorted.get(sorted.size() * 99 / 100);
    }
}
