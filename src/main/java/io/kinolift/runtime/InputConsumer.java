package io.kinolift.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumer of a stream thread. Partitions of topics that were made again are read from their first record. */
final class InputConsumer extends KafkaConsumer<byte[], byte[]> {
    private final Rewind rewind;

    /** Which partitions are to be read from their first record; each is named once. */
    interface Rewind {
        /** Those of partitions that were just assigned; may ask the cluster. */
        Collection<TopicPartition> assigned(Collection<TopicPartition> partitions);

        /** Those of partitions that are being read; is asked before each poll. */
        Collection<TopicPartition> read(Collection<TopicPartition> partitions);
    }

    InputConsumer(Map<String, Object> settings, Rewind rewind) {
        super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.rewind = rewind;
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Listener(listener));
    }

    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
        super.subscribe(pattern, new Listener(listener));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        rewind(rewind.read(assignment()));
        return super.poll(timeout);
    }

    private void rewind(Collection<TopicPartition> partitions) {
        // An empty collection would mean all.
        if (!partitions.isEmpty()) {
            seekToBeginning(partitions);
        }
    }

    private final class Listener implements ConsumerRebalanceListener {
        private final ConsumerRebalanceListener streams;

        Listener(ConsumerRebalanceListener streams) {
            this.streams = streams;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // First: it fails if a topic is missing, and then the offsets are another thread's.
            streams.onPartitionsAssigned(partitions);
            rewind(partitions.isEmpty() ? List.of() : rewind.assigned(partitions));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            streams.onPartitionsRevoked(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            streams.onPartitionsLost(partitions);
        }
    }
}
