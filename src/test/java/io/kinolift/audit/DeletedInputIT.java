package io.kinolift.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.runtime.ChaosTopics;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.topology.TopologySettings.TopicNames;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.input.AvroInput;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Input that retention deleted while the application was away: places that are counted as missing, and no silence. */
class DeletedInputIT {
    private static final TopicNames NAMES = TopicNames.DEFAULT;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void inputDeletedBeforeItWasRead_isACountedGap() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(new HashMap<>(clients));
                    Producer<byte[], byte[]> producer = Clients.producer(clients, 1 << 20);
                    Consumer<byte[], byte[]> consumer = Clients.consumer(clients)) {
                new Topics(
                                NAMES.frames(),
                                NAMES.upscaled(),
                                NAMES.deadLetters(),
                                NAMES.accounts(),
                                1,
                                (short) 1,
                                1 << 20,
                                64 << 20,
                                -1)
                        .create(admin);
                try (KinoliftStreams _ = start(clients, broker)) {
                    send(producer, "read", 0, 10);
                    awaitLine(consumer, "received 10,");
                }
                // Nobody reads these: they end at offset 30.
                send(producer, "read", 10, 25);
                send(producer, "new", 0, 5);
                admin.deleteRecords(Map.of(new TopicPartition(NAMES.frames(), 0), RecordsToDelete.beforeOffset(30)))
                        .all()
                        .get();
                send(producer, "read", 25, 40);
                send(producer, "new", 5, 15);
                end(producer, "read", 40);
                end(producer, "new", 15);
                try (KinoliftStreams _ = start(clients, broker)) {
                    awaitLine(consumer, "received 35,");
                    awaitLine(consumer, "output frames 70");
                }
                Audit.Report report = audit(consumer);
                assertThat(report.problems()).isEmpty();
                assertThat(String.join("\n", report.lines()))
                        .contains(
                                "received 25 = upscaled 25 + dead-lettered 0 + dropped none + held 0; emitted 50; "
                                        + "{GAP=1, MISSING_FRAME=15}; input before the audit was deleted",
                                "no output frames 20 to 49 before kinolift.upscaled-0",
                                "received 10 = upscaled 10 + dead-lettered 0 + dropped none + held 0; emitted 20; "
                                        + "{GAP=1, MISSING_FRAME=5}",
                                "no output frames 0 to 9 before kinolift.upscaled-0");
            }
        }
    }

    private static KinoliftStreams start(Map<String, String> clients, EmbeddedBroker broker) {
        Map<String, String> settings = new HashMap<>(clients);
        // The same at the second start, which would else wait for the first one's session to end.
        settings.put("group.instance.id", "one");
        KinoliftStreams streams = new KinoliftStreams(
                new KinoliftConfig(Map.of("kinolift.frame.codec", "raw", "kinolift.reorder.frames", "2")),
                settings,
                broker.scratch());
        streams.start();
        return streams;
    }

    private static void send(Producer<byte[], byte[]> producer, String stream, int from, int to) {
        ChaosTopics.send(producer, List.of(stream), from, to, 16, 12);
        producer.flush();
    }

    private static void end(Producer<byte[], byte[]> producer, String stream, int frames) {
        ChaosTopics.end(producer, stream, frames);
        producer.flush();
    }

    private static Audit.Report audit(Consumer<byte[], byte[]> consumer) throws Exception {
        return new Audit(consumer, NAMES, new AvroInput(Optional.empty(), false), _ -> true).run();
    }

    /** Until the line with the totals says so. */
    private static void awaitLine(Consumer<byte[], byte[]> consumer, String text) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(audit(consumer).lines().getLast()).contains(text));
    }
}
