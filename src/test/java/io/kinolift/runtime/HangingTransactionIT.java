package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.kinolift.KafkaNode;
import io.kinolift.runtime.transactions.HangingTransactions;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker of Kafka 4.3 that is killed in a transaction, and ends it too late, while it starts: KAFKA-20734. */
class HangingTransactionIT {
    /** Folder of its jars; those of other projects that it needs are the same as this project's. */
    private static final String BROKER = System.getProperty("kinolift.kafka.hanging");

    private static final int ATTEMPTS = 6;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final TopicPartition PARTITION = new TopicPartition("out", 0);

    @TempDir
    private Path folder;

    @Test
    void whatABrokerLeavesOpenIsClosed() throws Exception {
        assumeThat(BROKER).as("a broker of Kafka 4.3, which Maven brings").isNotNull();
        List<KafkaNode> nodes = KafkaNode.cluster(
                folder.resolve("cluster"),
                1,
                Map.of(),
                BROKER + File.separator + "*" + File.pathSeparator + System.getProperty("java.class.path"));
        Map<String, String> clients = Map.of("bootstrap.servers", KafkaNode.bootstrapServers(nodes));
        try {
            KafkaNode.awaitBrokers(nodes, clients);
            try (Admin admin = Admin.create(new HashMap<>(clients))) {
                admin.createTopics(List.of(new NewTopic("out", Optional.of(1), Optional.empty())))
                        .all()
                        .get();
            }
            HangingTransactions transactions = new HangingTransactions("app", Set.of("out"));
            int hanging = 0;
            for (int attempt = 0; attempt < ATTEMPTS && hanging == 0; attempt++) {
                hanging = hang(nodes, clients, transactions);
            }
            assumeThat(hanging).as("the broker left no transaction open").isPositive();
            try (Admin admin = Admin.create(new HashMap<>(clients))) {
                write(clients, "later", TIMEOUT, true);
                assertThat(lastStable(clients)).isLessThan(end(clients));
                new HangingTransactions("another", Set.of("out")).close(admin);
                assertThat(transactions.find(admin)).hasSize(hanging);
                transactions.close(admin);
                assertThat(transactions.find(admin)).isEmpty();
                assertThat(lastStable(clients)).isEqualTo(end(clients));
            }
        } finally {
            KafkaNode.closeAll(nodes);
        }
    }

    /** How many hang after this. */
    private static int hang(List<KafkaNode> nodes, Map<String, String> clients, HangingTransactions transactions)
            throws Exception {
        Producer<byte[], byte[]> producer = write(clients, "app-" + UUID.randomUUID() + "-1", TIMEOUT, false);
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            assertThat(transactions.find(admin))
                    .as("of a transaction under way")
                    .isEmpty();
            nodes.getFirst().kill();
            producer.close(Duration.ZERO);
            Instant over = Instant.now().plus(TIMEOUT);
            Awaitility.await().atMost(PATIENCE).until(() -> Instant.now().isAfter(over));
            nodes.getFirst().start();
        }
        KafkaNode.awaitBrokers(nodes, clients);
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> admin.listTransactions().all().get().stream()
                            .allMatch(transaction ->
                                    transaction.state().toString().startsWith("Complete")));
            return transactions.find(admin).size();
        }
    }

    /** A record in a transaction, which is committed or left open. */
    private static Producer<byte[], byte[]> write(
            Map<String, String> clients, String transactionalId, Duration timeout, boolean commits) {
        Map<String, Object> settings = new HashMap<>(clients);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) timeout.toMillis());
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        var _ = producer.send(new ProducerRecord<>(PARTITION.topic(), new byte[10]));
        producer.flush();
        if (commits) {
            producer.commitTransaction();
            producer.close();
        }
        return producer;
    }

    private static long lastStable(Map<String, String> clients) {
        return end(clients, "read_committed");
    }

    private static long end(Map<String, String> clients) {
        return end(clients, "read_uncommitted");
    }

    private static long end(Map<String, String> clients, String isolation) {
        Map<String, Object> settings = new HashMap<>(clients);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(Set.of(PARTITION)).get(PARTITION);
        }
    }
}
