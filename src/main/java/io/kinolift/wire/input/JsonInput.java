package io.kinolift.wire.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;

/**
 * Values that are JSON objects with a picture as text, or nothing but that text. Numbers, times and ends are as with
 * {@link ImageInput}, unless fields say otherwise. Outputs get the object back with their own picture in it.
 *
 * @param names whose a record is
 * @param time when a frame is shown
 * @param endHeader the header of a record that ends the stream
 * @param fields where things are
 * @param encoding of the picture
 * @param maxBytes of a value
 */
public record JsonInput(
        StreamNames names,
        TimeRule time,
        String endHeader,
        JsonFields fields,
        TextPayload.Encoding encoding,
        int maxBytes)
        implements InputFormat {
    @Override
    public String name() {
        return "json";
    }

    @Override
    public Opened open(SourceRecord record) {
        try {
            JsonNode value = parse(record.value());
            String stated = value instanceof ObjectNode object ? JsonFields.findText(object, fields.stream()) : null;
            return new JsonRecord(record, names.of(record, stated), value, this);
        } catch (MalformedRecordException e) {
            return new Failed(names.of(record, null), e);
        }
    }

    private JsonNode parse(byte[] value) throws MalformedRecordException {
        if (value != null && value.length > maxBytes) {
            throw MalformedRecordException.tooLarge("expected a value of at most " + maxBytes
                    + " bytes (kinolift.max.frame.bytes), found " + value.length);
        }
        return value == null ? null : JsonText.parse(value);
    }

    @Override
    public byte[] value(SourceFrame frame) {
        return JsonText.write(
                frame.envelope().text(), FrameRecords.bytes(frame.frame().payload()), fields, encoding);
    }

    private record Failed(String streamId, MalformedRecordException failure) implements Opened {
        @Override
        public InputRecord read(StreamPlace place) throws MalformedRecordException {
            place.nextSequence();
            throw failure;
        }
    }
}
