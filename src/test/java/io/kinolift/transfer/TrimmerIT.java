package io.kinolift.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Of both topics, what has been read goes and what has not stays. {@link DiskIT} has a long video. */
class TrimmerIT {
    private static final String APPLICATION = "app";
    private static final TopicPartition IN = new TopicPartition("in", 0);
    private static final TopicPartition OUT = new TopicPartition("out", 0);

    @Test
    void whatHasBeenRead_isDeleted_andNoMore() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(Map.copyOf(clients))) {
                admin.createTopics(List.of(
                                new NewTopic(IN.topic(), 1, (short) 1), new NewTopic(OUT.topic(), 1, (short) 1)))
                        .all()
                        .get();
                send(clients);
                Trimmer trimmer = new Trimmer(admin, APPLICATION);
                trimmer.read(OUT, 4);
                await().atMost(Duration.ofSeconds(20)).until(() -> earliest(admin, OUT) == 4);
                assertThat(earliest(admin, IN)).as("nothing is committed yet").isZero();
                admin.alterConsumerGroupOffsets(APPLICATION, Map.of(IN, new OffsetAndMetadata(7)))
                        .all()
                        .get();
                trimmer.read(OUT, 5);
                await().atMost(Duration.ofSeconds(20)).until(() -> earliest(admin, IN) == 7);
                await().atMost(Duration.ofSeconds(20)).until(() -> earliest(admin, OUT) == 5);
            }
        }
    }

    private static void send(Map<String, String> clients) {
        try (Producer<byte[], byte[]> producer = Clients.producer(clients, 1 << 20)) {
            for (int i = 0; i < 10; i++) {
                var _ = producer.send(new ProducerRecord<>(IN.topic(), new byte[100]));
                var _ = producer.send(new ProducerRecord<>(OUT.topic(), new byte[100]));
            }
        }
    }

    private static long earliest(Admin admin, TopicPartition partition) throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                .partitionResult(partition)
                .get()
                .offset();
    }
}
