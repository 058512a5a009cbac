package io.kinolift.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer of a stream thread. Partitions of topics that were made again are read from their first record, and those of
 * which too many windows are away are not read for a while.
 */
final class InputConsumer extends KafkaConsumer<byte[], byte[]> {
    private final Rewind rewind;
    private final Hold hold;
    /** Kafka Streams pauses partitions too. */
    private final Set<TopicPartition> pausedByStreams = new HashSet<>();

    private Set<TopicPartition> held = Set.of();

    /** Which partitions are to be read from their first record; each is named once. */
    interface Rewind {
        /** Those of partitions that were just assigned; may ask the cluster. */
        Collection<TopicPartition> assigned(Collection<TopicPartition> partitions);

        /** Those of partitions that are being read; is asked before each poll. */
        Collection<TopicPartition> read(Collection<TopicPartition> partitions);
    }

    /** Which partitions are not to be read now. */
    interface Hold {
        /** Those of the partitions that the calling thread has; is asked before each poll. */
        Set<TopicPartition> held(Set<TopicPartition> assigned);
    }

    InputConsumer(Map<String, Object> settings, Rewind rewind, Hold hold) {
        super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.rewind = rewind;
        this.hold = hold;
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
        Set<TopicPartition> assigned = assignment();
        rewind(rewind.read(assigned));
        hold(assigned);
        return super.poll(timeout);
    }

    private void hold(Set<TopicPartition> assigned) {
        Set<TopicPartition> wanted = hold.held(assigned);
        // Even if they are held already: a partition that went and came back is read again.
        super.pause(wanted);
        pausedByStreams.retainAll(assigned);
        Set<TopicPartition> before = held;
        held = wanted;
        super.resume(before.stream()
                .filter(partition -> assigned.contains(partition)
                        && !wanted.contains(partition)
                        && !pausedByStreams.contains(partition))
                .toList());
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        pausedByStreams.addAll(partitions);
        super.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        pausedByStreams.removeAll(partitions);
        super.resume(partitions.stream()
                .filter(partition -> !held.contains(partition))
                .toList());
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
