package io.kinolift.wire.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.util.List;

/**
 * A JSON record whose stream is known.
 *
 * @param value null for a tombstone; a text for a value that is no JSON
 */
record JsonRecord(SourceRecord record, String streamId, JsonNode value, JsonInput format)
        implements InputFormat.Opened {
    /** Names and numbers that belong to a frame: more than this is not passed on for each output. */
    private static final int MOST_TEXT_BYTES = 1 << 16;

    @Override
    public InputRecord read(StreamPlace place) throws MalformedRecordException {
        ObjectNode object = value instanceof ObjectNode found ? found : null;
        if (value == null || record.envelope().has(format.endHeader()) || isEnd(object)) {
            return ImageInput.end(record, place);
        }
        Long stated = number(object, format.fields().sequence());
        boolean restarted = stated != null && stated == 0 && place.frames() > 1;
        long session = place.session(record.envelope().timestampMillis(), restarted);
        long sequence = stated == null ? place.nextSequence() : place.take(stated);
        TimeRule.Time time = format.time().of(record.envelope(), time(object), sequence, place.clock());
        JsonPicture picture = JsonPicture.read(value, format.fields(), format.encoding());
        EncodedFrame frame = ImageInput.frame(streamId, session, sequence, time, picture.format(), picture.payload());
        return new InputRecord.Frame(frame, record.envelope().withText(text(object, picture.prefix())));
    }

    private boolean isEnd(ObjectNode object) {
        JsonFields.Field end =
                object == null ? null : JsonFields.find(object, format.fields().end());
        return end != null && end.value().asText().equals("true") && !hasPicture(object);
    }

    /** Many an object has a field with such a name that means something else. */
    private boolean hasPicture(ObjectNode object) {
        JsonFields.Field picture = JsonFields.find(object, format.fields().payload());
        return picture != null
                && !(picture.value().isTextual() && picture.value().asText().isEmpty());
    }

    private Long number(ObjectNode object, List<String> names) throws MalformedRecordException {
        JsonFields.Field field = object == null ? null : JsonFields.find(object, names);
        if (field == null) {
            return null;
        }
        long number = field.value().asLong(-1);
        if (number < 0 || number > FrameRecords.MAX_SEQUENCE) {
            throw MalformedRecordException.invalid("expected a number of 0 to " + FrameRecords.MAX_SEQUENCE + " in "
                    + field.name() + ", found " + field.value());
        }
        return number;
    }

    /** In microseconds; null where the value says nothing, or nobody asks it. */
    private Long time(ObjectNode object) throws MalformedRecordException {
        JsonFields.Field field = object == null || format.time().source() != TimeRule.Source.AUTO
                ? null
                : JsonFields.find(object, format.fields().time());
        return field == null
                ? null
                : (Long) format.time()
                        .unit()
                        .named(field.name())
                        .micros(field.value().asText());
    }

    /** The value without the picture. */
    private byte[] text(ObjectNode object, String prefix) throws MalformedRecordException {
        if (object == null) {
            return JsonText.bare(record.value(), prefix);
        }
        JsonFields.Field field = JsonFields.find(object, format.fields().payload());
        field.parent().put(field.name(), prefix);
        byte[] text = JsonText.bytes(object);
        if (text.length > MOST_TEXT_BYTES) {
            throw MalformedRecordException.tooLarge(
                    "expected at most " + MOST_TEXT_BYTES + " bytes of JSON besides the picture, found " + text.length);
        }
        return text;
    }
}
