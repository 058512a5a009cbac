package io.kinolift.topology;

import io.kinolift.window.Envelope;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/** Key, timestamp and headers of records, between Kafka's classes and ours. */
final class RecordHeaders {
    private RecordHeaders() {}

    /** What comes with a record; a trace is read apart. */
    static Envelope envelope(Record<byte[], byte[]> record) {
        List<Envelope.Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            if (!TraceHeaders.isOne(header.key())) {
                headers.add(new Envelope.Header(header.key(), header.value()));
            }
        }
        return new Envelope(record.key(), record.timestamp(), headers, new byte[0]);
    }

    static Headers of(List<Envelope.Header> headers) {
        Headers result = new org.apache.kafka.common.header.internals.RecordHeaders();
        headers.forEach(header -> result.add(header.name(), header.value()));
        return result;
    }
}
