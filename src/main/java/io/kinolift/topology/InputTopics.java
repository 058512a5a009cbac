package io.kinolift.topology;

import io.kinolift.engine.StreamPlans;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The topics that frames come from. The text is a topic's name, or several with commas between them, or a pattern in which
 * {@code *} stands for any text and {@code ?} for one character. Of a pattern, topics that are made later count too.
 *
 * <p>With several, a stream's id begins with the name of its topic: the same key on two topics is two streams. Kafka
 * Streams reads several topics in no fixed order, so a stream may not depend on another topic's records.
 */
public record InputTopics(String text) {
    /** The names; of a pattern, itself. */
    public List<String> names() {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Whether there is only one topic, and its name is known. */
    public boolean isOne() {
        return names().size() == 1 && !isPattern();
    }

    /** Whether the names are to be found out. */
    public boolean isPattern() {
        return text.contains("*") || text.contains("?");
    }

    /** An expression for the whole name of every topic. */
    public Pattern pattern() {
        return Pattern.compile(String.join(
                "|",
                names().stream().map(name -> "(" + StreamPlans.glob(name) + ")").toList()));
    }

    /** Whether a topic is one of them. */
    public boolean matches(String topic) {
        return pattern().matcher(topic).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
