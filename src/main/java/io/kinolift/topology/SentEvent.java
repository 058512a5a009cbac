package io.kinolift.topology;

import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * An event on its way between machines, in two parts: an output of some hundred kilobytes passes through several hands as
 * the array that is published at the end, and is copied in none of them.
 *
 * @param head what the event is; see {@link StreamEventBytes}
 * @param body frames of a window, or the value of the record that will be published; null for none
 */
record SentEvent(byte[] head, byte[] body) {
    /** Name of the header that has the head of a record; the body is its value. */
    static final String HEADER = "event";

    /** Of the records between machines. */
    static final class Writer implements Serializer<StreamEvent> {
        @Override
        public byte[] serialize(String topic, StreamEvent event) {
            throw new IllegalStateException("event: expected headers of its record, found none");
        }

        @Override
        public byte[] serialize(String topic, Headers headers, StreamEvent event) {
            SentEvent sent = StreamEventBytes.write(event);
            // Outcomes inherit the headers of their window's record, and with them its head.
            headers.remove(HEADER).add(HEADER, sent.head());
            return sent.body();
        }
    }

    /** A record that another version has written, or somebody else, ends the thread: a window would be lost. */
    static final class Reader implements Deserializer<StreamEvent> {
        @Override
        public StreamEvent deserialize(String topic, byte[] body) {
            throw new IllegalStateException("event: expected headers of its record, found none");
        }

        @Override
        public StreamEvent deserialize(String topic, Headers headers, byte[] body) {
            Header head = headers.lastHeader(HEADER);
            if (head == null || head.value() == null) {
                throw new SerializationException(topic + ": expected a record with a header \"" + HEADER
                        + "\", found none: another program has written it, or another version, which should run until"
                        + " kinolift_windows_away is 0; or give the windows up with: kinolift reset");
            }
            try {
                return StreamEventBytes.read(new SentEvent(head.value(), body));
            } catch (IOException e) {
                throw new SerializationException(topic + ": " + e.getMessage(), e);
            }
        }
    }
}
