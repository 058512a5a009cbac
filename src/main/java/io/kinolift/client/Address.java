package io.kinolift.client;

import io.kinolift.wire.StreamIds;
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

    /** @throws IllegalArgumentException if no record can have such a key */
    Address {
        byte[] key = streamId.getBytes(StandardCharsets.UTF_8);
        if (streamId.isEmpty() || !StreamIds.ofKey(key).equals(streamId)) {
            throw new IllegalArgumentException(
                    "expected a stream id of 1 to 512 bytes, found " + key.length + ": \"" + streamId + "\"");
        }
    }

    /** @throws IllegalArgumentException if the text is not such an address */
    static Address parse(String text) {
        URI uri;
        String streamId;
        Map<String, String> options;
        try {
            uri = URI.create(text);
            String path = uri.getRawPath();
            if (!text.startsWith(SCHEME) || uri.getRawAuthority() == null || path == null || path.length() <= 1) {
                throw unexpected(text);
            }
            streamId = decode(path.substring(1));
            options = options(uri.getRawQuery());
        } catch (IllegalArgumentException _) {
            // Perhaps not even a URI: one message for all.
            throw unexpected(text);
        }
        return new Address(uri.getRawAuthority(), streamId, options);
    }

    private static IllegalArgumentException unexpected(String text) {
        return new IllegalArgumentException(
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
