package io.kinolift.audit;

import io.kinolift.avro.DeadLetter;
import io.kinolift.runtime.records.FramePlace;
import io.kinolift.wire.FrameRecords;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends the records of dead letters again, to the topic and partition that they were read from. A record that its topic
 * still keeps is sent as it was, with key, headers and timestamp; of others there is what the letter holds.
 */
public final class DeadLetterReplay {
    private final Producer<byte[], byte[]> producer;
    private final Function<FramePlace, Optional<ConsumerRecord<byte[], byte[]>>> originals;

    /** @param originals finds a record by its place, if its topic still keeps it */
    public DeadLetterReplay(
            Producer<byte[], byte[]> producer,
            Function<FramePlace, Optional<ConsumerRecord<byte[], byte[]>>> originals) {
        this.producer = producer;
        this.originals = originals;
    }

    /**
     * Sends the record of a letter.
     *
     * @param sent is told the result later
     * @return why it cannot be sent, or null when it has been handed to the producer
     */
    public String send(Letter letter, Callback sent) {
        DeadLetter content = letter.content();
        Optional<ProducerRecord<byte[], byte[]>> original = originals
                .apply(new FramePlace(
                        content.getSourceTopic(), content.getSourcePartition(), content.getSourceOffset()))
                .map(DeadLetterReplay::again);
        String obstacle = original.isPresent() ? null : letter.obstacle();
        if (obstacle == null) {
            var _ = producer.send(original.orElseGet(() -> kept(content)), sent);
        }
        return obstacle;
    }

    private static ProducerRecord<byte[], byte[]> again(ConsumerRecord<byte[], byte[]> record) {
        Long timestamp = record.timestamp() < 0 ? null : record.timestamp();
        return new ProducerRecord<>(
                record.topic(), record.partition(), timestamp, record.key(), record.value(), record.headers());
    }

    private static ProducerRecord<byte[], byte[]> kept(DeadLetter content) {
        byte[] key =
                content.getStreamId().isEmpty() ? null : content.getStreamId().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(
                content.getSourceTopic(), content.getSourcePartition(), key, FrameRecords.bytes(content.getPayload()));
    }
}
