package io.kinolift.runtime.records;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends a record of the frames topic once more, with a new timestamp, to the partition it lies in. Clients live for one record. */
public final class RecordReplay {
    private static final long LEAST_BUFFER_BYTES = 32L << 20;

    private final Map<String, String> clientSettings;

    /** @param clientSettings of Kafka clients, at least {@code bootstrap.servers} */
    public RecordReplay(Map<String, String> clientSettings) {
        this.clientSettings = Map.copyOf(clientSettings);
    }

    /**
     * Sends the record that a dead letter came from once more.
     *
     * @return where it is now, as topic-partition@offset
     * @throws IllegalStateException if the record is gone or cannot be sent
     */
    public String replay(String topic, int partition, long offset) {
        String place = topic + "-" + partition + "@" + offset;
        try {
            return send(read(new FramePlace(topic, partition, offset), place));
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    place + " could not be sent again: " + e.getCause().getMessage(), e);
        } catch (KafkaException e) {
            throw new IllegalStateException(place + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private ConsumerRecord<byte[], byte[]> read(FramePlace at, String place) {
        try (RecordReader reader = new RecordReader(clientSettings)) {
            return reader.record(at)
                    .orElseThrow(() -> new IllegalStateException("expected a record at " + place
                            + ", found none: it has been deleted, or the broker did not answer in time; dead-letters --replay "
                            + "sends the copy that lies in the dead-letter topic"));
        }
    }

    private String send(ConsumerRecord<byte[], byte[]> record) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Integer.MAX_VALUE));
        settings.putIfAbsent(
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                Long.toString(Math.max(LEAST_BUFFER_BYTES, 2L * record.serializedValueSize())));
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            RecordMetadata sent = producer.send(new ProducerRecord<>(
                            record.topic(), record.partition(), record.key(), record.value(), record.headers()))
                    .get();
            return sent.topic() + "-" + sent.partition() + "@" + sent.offset();
        }
    }
}
