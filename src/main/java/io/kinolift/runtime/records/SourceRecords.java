package io.kinolift.runtime.records;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.Envelope;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.input.InputFormat;
import io.kinolift.wire.input.InputRecord;
import io.kinolift.wire.input.SourceRecord;
import io.kinolift.wire.input.StreamPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Records of consumers, as formats read them. */
public final class SourceRecords {
    private SourceRecords() {}

    public static SourceRecord of(ConsumerRecord<byte[], byte[]> record) {
        List<Envelope.Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new Envelope.Header(header.key(), header.value()));
        }
        Envelope envelope = new Envelope(record.key(), record.timestamp(), headers, new byte[0]);
        return new SourceRecord(record.topic(), record.partition(), record.value(), envelope);
    }

    /** The frame of a single record, as the first of its stream; empty if it is none. */
    public static Optional<EncodedFrame> frame(ConsumerRecord<byte[], byte[]> record, InputFormat input) {
        try {
            return input.open(of(record)).read(new StreamPlace()) instanceof InputRecord.Frame frame
                    ? Optional.of(frame.frame())
                    : Optional.empty();
        } catch (MalformedRecordException _) {
            return Optional.empty();
        }
    }
}
