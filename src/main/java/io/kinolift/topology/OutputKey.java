package io.kinolift.topology;

import java.util.Optional;
import java.util.Set;

/**
 * The key of a record that leaves, and its partition.
 *
 * @param bytes null for none
 * @param partition {@link #BY_KEY}, or a number that is taken modulo the partitions of the topic
 */
record OutputKey(byte[] bytes, int partition) {
    private static final int BY_KEY = -1;

    static OutputKey of(byte[] bytes) {
        return new OutputKey(bytes, BY_KEY);
    }

    /** As Kafka Streams asks for it; empty leaves the choice to the producer. */
    static Optional<Set<Integer>> partitions(String topic, OutputKey key, byte[] value, int partitions) {
        return key.partition == BY_KEY ? Optional.empty() : Optional.of(Set.of(key.partition % partitions));
    }
}
