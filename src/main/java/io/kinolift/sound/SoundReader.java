package io.kinolift.sound;

import io.kinolift.avro.AudioPacket;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.StreamIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a stream's records from a topic of sound, no further than asked. What the topic is known to have is waited for;
 * what may still be sent is not. A topic that gives nothing for too long, or fails, is read no more: that is told. One that
 * does not exist has nothing.
 */
public final class SoundReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final String streamId;
    private final long fromMillis;
    private List<TopicPartition> partitions;
    private String failure;
    private long unreadable;
    private String firstUnreadable;

    /**
     * Reads nothing yet.
     *
     * @param consumer of committed records only; becomes the reader's
     * @param fromMillis wall-clock time of the first record that is wanted; 0 for all
     */
    public SoundReader(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            String topic,
            String streamId,
            long fromMillis) {
        this.consumer = consumer;
        this.topic = topic;
        this.streamId = streamId;
        this.fromMillis = fromMillis;
    }

    String place() {
        return topic;
    }

    /**
     * Reads what is next, as long as there is something.
     *
     * @return false if no record of the stream was there
     */
    boolean read(Consumer<AudioPacket> taken) {
        return guarded(() -> {
            if (partitions.isEmpty()) {
                return false;
            }
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            boolean behind = true;
            while (behind) {
                behind = isBehind();
                ConsumerRecords<byte[], byte[]> records = consumer.poll(behind ? POLL : Duration.ZERO);
                if (give(records, taken)) {
                    return true;
                }
                deadline = records.isEmpty() ? deadline : System.nanoTime() + PATIENCE.toNanos();
                requireBefore(deadline);
            }
            return false;
        });
    }

    /** Reads all that the topic has now, or until there is enough. */
    void catchUp(Consumer<AudioPacket> taken, BooleanSupplier enough) {
        guarded(() -> {
            assign();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!enough.getAsBoolean()
                    && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                give(records, taken);
                deadline = records.isEmpty() ? deadline : System.nanoTime() + PATIENCE.toNanos();
                requireBefore(deadline);
            }
            return true;
        });
    }

    private boolean guarded(BooleanSupplier reading) {
        if (failure != null) {
            return false;
        }
        try {
            return reading.getAsBoolean();
        } catch (KafkaException e) {
            failure = e.getMessage();
            return false;
        }
    }

    private static void requireBefore(long deadline) {
        if (System.nanoTime() > deadline) {
            throw new KafkaException("nothing for " + PATIENCE.toSeconds() + " s, although there is more");
        }
    }

    private void assign() {
        if (partitions == null) {
            partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            if (fromMillis > 0) {
                seek();
            } else {
                consumer.seekToBeginning(partitions);
            }
        }
    }

    private void seek() {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, fromMillis));
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, found.offset());
            }
        });
    }

    /** Whether the topic had partitions when it was first read. */
    boolean exists() {
        return partitions != null && !partitions.isEmpty();
    }

    /** Why the topic is read no more; null if it is. */
    String failure() {
        return failure;
    }

    /** As far as the last answers of the brokers say. */
    private boolean isBehind() {
        return partitions.stream()
                .anyMatch(partition -> consumer.currentLag(partition).orElse(1) > 0);
    }

    private boolean give(ConsumerRecords<byte[], byte[]> records, Consumer<AudioPacket> taken) {
        boolean any = false;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (StreamIds.ofKey(record.key()).equals(streamId)) {
                any = true;
                try {
                    taken.accept(SoundRecords.read(record.value()));
                } catch (MalformedRecordException e) {
                    unreadable++;
                    firstUnreadable = firstUnreadable == null
                            ? record.partition() + "@" + record.offset() + ": " + e.getMessage()
                            : firstUnreadable;
                }
            }
        }
        return any;
    }

    @Override
    public void close() {
        consumer.close();
    }

    List<String> remarks() {
        List<String> lines = new ArrayList<>();
        if (unreadable > 0) {
            lines.add("sound: " + unreadable + " records of " + topic + " are unreadable; the first is "
                    + firstUnreadable);
        }
        if (failure != null) {
            lines.add("sound: the file has what came before reading " + topic + " failed: " + failure);
        }
        return lines;
    }
}
