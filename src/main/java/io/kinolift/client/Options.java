package io.kinolift.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was set by {@code setOption} and {@code setVideoOption}: options of this package, whose names are constants here,
 * and settings of Kafka's clients. All others are ignored and named in the log, because programs keep setting those of
 * FFmpeg.
 */
final class Options {
    static final String TOPIC = "topic";
    static final String SESSION = "session";
    static final String CODEC = "codec";
    static final String QUALITY = "quality";
    static final String THREADS = "threads";
    static final String IN_FLIGHT = "in.flight.bytes";
    static final String RESIZE = "resize";
    static final String FROM = "from";
    static final String ERRORS = "errors";
    static final String PARTITION = "partition";

    static final Set<String> OF_RECORDER = Set.of(TOPIC, SESSION, CODEC, QUALITY, THREADS, IN_FLIGHT, RESIZE);
    static final Set<String> OF_GRABBER = Set.of(TOPIC, SESSION, FROM, ERRORS, PARTITION);

    private static final Logger LOG = LoggerFactory.getLogger(Options.class);

    private final Map<String, String> ours = new HashMap<>();
    private final Map<String, String> kafka = new HashMap<>();

    /**
     * Tells the options apart.
     *
     * @param names of the options of ours
     * @param settings names of the settings of Kafka's client
     * @param given maps; later ones override earlier ones
     */
    Options(Set<String> names, Set<String> settings, List<Map<String, String>> given) {
        for (Map<String, String> map : given) {
            map.forEach((name, value) -> {
                if (names.contains(name)) {
                    ours.put(name, value);
                } else if (settings.contains(name)) {
                    kafka.put(name, value);
                } else {
                    LOG.warn(
                            "option {} is ignored: expected one of {}, or a setting of Kafka's client",
                            name,
                            names.stream().sorted().toList());
                }
            });
        }
    }

    /** Settings for Kafka's client. */
    Map<String, String> kafka() {
        return kafka;
    }

    String text(String name, String usual) {
        String value = ours.get(name);
        return value == null || value.isBlank() ? usual : value.strip();
    }

    /**
     * One of several words, in lower case.
     *
     * @throws IllegalArgumentException if it is another
     */
    String word(String name, String usual, Collection<String> words) {
        String value = text(name, usual).toLowerCase(Locale.ROOT);
        if (!words.contains(value)) {
            throw unexpected(name, "one of " + String.join(", ", words), value);
        }
        return value;
    }

    /**
     * A number within bounds.
     *
     * @throws IllegalArgumentException if it is none
     */
    long number(String name, long usual, long least, long most) {
        String value = text(name, Long.toString(usual));
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // The same message.
        }
        throw unexpected(name, "a number from " + least + " to " + most, value);
    }

    boolean has(String name) {
        return !text(name, "").isEmpty();
    }

    private static IllegalArgumentException unexpected(String name, String expected, String found) {
        return new IllegalArgumentException("expected " + expected + " for option " + name + ", found " + found);
    }
}
