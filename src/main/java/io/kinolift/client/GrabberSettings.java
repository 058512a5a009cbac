package io.kinolift.client;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Settings of a grabber, parsed from its options.
 *
 * @param session the only one to read; null reads the first and those after it
 * @param fromEnd whether only what comes after the start is read
 * @param failOnErrors whether a frame that cannot be used is an exception
 * @param partition the only one to read; null reads all
 */
record GrabberSettings(
        String topic,
        Long session,
        boolean fromEnd,
        boolean failOnErrors,
        Integer partition,
        Map<String, String> kafka) {
    static final String UPSCALED_TOPIC = "kinolift.upscaled";

    /** @throws IllegalArgumentException naming an option that is out of range */
    static GrabberSettings of(List<Map<String, String>> given) {
        Options options = new Options(Options.OF_GRABBER, ConsumerConfig.configNames(), given);
        return new GrabberSettings(
                options.text(Options.TOPIC, UPSCALED_TOPIC),
                options.has(Options.SESSION) ? options.number(Options.SESSION, 0, 0, Long.MAX_VALUE) : null,
                options.word(Options.FROM, "beginning", List.of("beginning", "end"))
                        .equals("end"),
                options.word(Options.ERRORS, "skip", List.of("skip", "fail")).equals("fail"),
                options.has(Options.PARTITION)
                        ? (int) options.number(Options.PARTITION, 0, 0, Integer.MAX_VALUE)
                        : null,
                options.kafka());
    }
}
