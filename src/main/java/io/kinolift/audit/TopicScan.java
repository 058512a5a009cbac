package io.kinolift.audit;

import io.kinolift.transfer.TransferException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Reads the records that a topic holds at the start, and then stops; each partition in order of offsets. */
final class TopicScan {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Duration patience;

    /** @param consumer must read committed records only */
    TopicScan(Consumer<byte[], byte[]> consumer, String topic) {
        this(consumer, topic, PATIENCE);
    }

    /** @param patience how long nothing may come */
    TopicScan(Consumer<byte[], byte[]> consumer, String topic, Duration patience) {
        this.consumer = consumer;
        this.topic = topic;
        this.patience = patience;
    }

    /** Is told of every record. */
    interface Reader {
        void record(ConsumerRecord<byte[], byte[]> record) throws TransferException;
    }

    /**
     * @return the first offset of every partition: above 0 where older records have been deleted
     * @throws TransferException if nothing comes for longer than the patience, or the reader throws it
     */
    Map<TopicPartition, Long> run(Reader reader) throws TransferException {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        long lastNanos = System.nanoTime();
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    reader.record(record);
                }
            }
            if (!records.isEmpty()) {
                lastNanos = System.nanoTime();
            } else if (System.nanoTime() - lastNanos > patience.toNanos()) {
                throw new TransferException("expected to read " + topic + " up to " + ends + ", found nothing for "
                        + patience.toSeconds() + " s");
            }
        }
        return beginnings;
    }
}
