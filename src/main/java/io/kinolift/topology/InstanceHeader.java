package io.kinolift.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** With the last outcome of each window goes the instance that upscaled it, as a header of its record. */
final class InstanceHeader {
    private static final String HEADER = "instance";

    private InstanceHeader() {}

    static Headers with(Headers headers, String instanceId) {
        return new RecordHeaders(headers).add(HEADER, instanceId.getBytes(StandardCharsets.UTF_8));
    }

    /** The id; empty if there is none. */
    static String of(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
