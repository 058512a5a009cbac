package io.kinolift.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The span that a record belongs to, between its headers and the text that {@code trace} reads and writes. */
final class TraceHeaders {
    private static final String PARENT = "traceparent";
    private static final String STATE = "tracestate";

    private TraceHeaders() {}

    /** Whether a header belongs to a trace. */
    static boolean isOne(String name) {
        return name.equals(PARENT) || name.equals(STATE);
    }

    /** Null where the headers name no span. */
    static String text(Headers headers) {
        String parent = value(headers, PARENT);
        // A blank would separate the two.
        if (parent == null || parent.contains(" ")) {
            return null;
        }
        String state = value(headers, STATE);
        return state == null ? parent : parent + " " + state;
    }

    private static String value(Headers headers, String key) {
        Header header = headers.lastHeader(key);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.US_ASCII);
    }

    /** The headers of a record that belongs to a span; none for null. */
    static Headers of(String text) {
        Headers headers = new RecordHeaders();
        if (text != null) {
            String[] fields = text.split(" ", 2);
            headers.add(PARENT, fields[0].getBytes(StandardCharsets.US_ASCII));
            if (fields.length > 1) {
                headers.add(STATE, fields[1].getBytes(StandardCharsets.US_ASCII));
            }
        }
        return headers;
    }
}
