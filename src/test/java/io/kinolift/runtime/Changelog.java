package io.kinolift.runtime;

import io.kinolift.transfer.Clients;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/** The content of a store, read from its changelog. */
final class Changelog {
    private Changelog() {}

    static String topic(String application, String store) {
        return application + "-" + store + "-changelog";
    }

    /** The newest committed row of every key that was not deleted, of all partitions. */
    static Map<Bytes, byte[]> rows(Map<String, String> clients, String topic) {
        Map<Bytes, byte[]> rows = new LinkedHashMap<>();
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.value() == null) {
                        rows.remove(Bytes.wrap(record.key()));
                    } else {
                        rows.put(Bytes.wrap(record.key()), record.value());
                    }
                }
            }
        }
        return rows;
    }
}
