package io.kinolift.wire;

import java.util.List;
import java.util.function.Predicate;

/**
 * Something that every topic has, and groups of topics each for themselves.
 *
 * @param groups in the order in which they are tried
 * @param common that of the topics of no group
 */
public record ByTopic<T>(List<Group<T>> groups, T common) {
    /** What some topics have. */
    public record Group<T>(Predicate<String> topics, T value) {}

    public ByTopic {
        groups = List.copyOf(groups);
    }

    public T of(String topic) {
        for (Group<T> group : groups) {
            if (group.topics().test(topic)) {
                return group.value();
            }
        }
        return common;
    }
}
