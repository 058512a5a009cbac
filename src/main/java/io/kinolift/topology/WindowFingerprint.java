package io.kinolift.topology;

import io.kinolift.engine.StreamPlans;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * With each window goes the fingerprint of the settings that it was cut for, as a header of its record, and the version of
 * its form.
 */
public final class WindowFingerprint {
    private static final String HEADER = "settings";

    private WindowFingerprint() {}

    static Headers of(String streamId, StreamPlans plans) {
        Headers headers = new RecordHeaders();
        headers.add(HEADER, fingerprint(streamId, plans).getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    /**
     * Whether a window is to be upscaled as these plans have it.
     *
     * @param headers of its record
     * @param key of its record
     */
    public static boolean fit(Headers headers, byte[] key, StreamPlans plans) {
        return fit(headers, Ticket.read(key).streamId(), plans);
    }

    static boolean fit(Headers headers, String streamId, StreamPlans plans) {
        Header header = headers.lastHeader(HEADER);
        return header != null
                && new String(header.value(), StandardCharsets.UTF_8).equals(fingerprint(streamId, plans));
    }

    private static String fingerprint(String streamId, StreamPlans plans) {
        return StreamEventBytes.VERSION + " " + plans.of(streamId).fingerprint();
    }
}
