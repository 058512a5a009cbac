package io.kinolift.client;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a stream is, as one text: {@code kafka://host:9092,host:9092/stream?option=value&option=value}.
 *
 * @param bootstrapServers where Kafka's clients start from
 * @param streamId the key of the stream's records
 * @param options as {@code setOption} takes them
 */
record Address(String bootstrapServers, String streamId, Map<String, String> options) {
    private static final String SCHEME = "kafka://";

    /** @throws IllegalArgumentException if the text is not such an address */
    static Address parse(String text) {
        try {
            URI uri = URI.create(text);
            String path = uri.getRawPath();
            if (text.startsWith(SCHEME) && uri.getRawAuthority() != null && path != null && path.length() > 1) {
                return new Address(uri.getRawAuthority(), decode(path.substring(1)), options(uri.getRawQuery()));
            }
        } catch (IllegalArgumentException _) {
            // Not even a URI: the same message.
        }
        throw new IllegalArgumentException(
                "expected an address such as " + SCHEME + "localhost:9092/camera-1, found \"" + text + "\"");
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                String[] sides = pair.split("=", 2);
                options.put(decode(sides[0]), sides.length == 2 ? decode(sides[1]) : "");
            }
        }
        return options;
    }

    /** A plus sign is one: names of streams may have it. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
