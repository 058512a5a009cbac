package io.kinolift.wire.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/**
 * A JSON record whose stream is known.
 *
 * @param value null for a tombstone; a text for a value that is no JSON
 */
record JsonRecord(SourceRecord record, String streamId, JsonNode value, JsonInput format)
        implements InputFormat.Opened {
    /** Names and numbers that belong to a frame: more than this is not passed on for each output. */
    private static final int MOST_TEXT_BYTES = 1 << 16;

    private static final int SHOWN_CHARACTERS = 200;

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
        TextPayload payload = payload(object);
        ByteBuffer picture = ByteBuffer.wrap(payload.bytes());
        FrameFormat raw = object == null ? null : RawPixels.format(object, format.fields());
        EncodedFrame frame =
                raw != null && raw.pixelFormat().pictureBytes(raw.width(), raw.height()) == payload.bytes().length
                        ? ImageInput.frame(streamId, session, sequence, time, raw, picture)
                        : ImageInput.frame(streamId, session, sequence, time, picture);
        return new InputRecord.Frame(frame, record.envelope().withText(text(object, payload)));
    }

    private boolean isEnd(ObjectNode object) {
        JsonFields.Field end =
                object == null ? null : JsonFields.find(object, format.fields().end());
        return end != null && end.value().asBoolean();
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

    private TextPayload payload(ObjectNode object) throws MalformedRecordException {
        JsonFields.Field field =
                object == null ? null : JsonFields.find(object, format.fields().payload());
        if (object != null && field == null) {
            throw MalformedRecordException.unparseable("expected the picture in one of the fields "
                    + format.fields().payload() + " (kinolift.input.json.payload), found the fields "
                    + names(object));
        }
        JsonNode picture = field == null ? value : field.value();
        byte[] numbers = NumberPayload.read(picture);
        if (numbers != null) {
            return new TextPayload("", numbers);
        }
        if (!picture.isTextual()) {
            throw MalformedRecordException.unparseable("expected the picture as text or as an array of bytes, found "
                    + picture.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        return TextPayload.read(picture.textValue(), format.encoding());
    }

    private static String names(ObjectNode object) {
        StringBuilder names = new StringBuilder();
        object.fieldNames().forEachRemaining(name -> {
            if (names.length() < SHOWN_CHARACTERS) {
                names.append(names.isEmpty() ? "" : ", ").append(name);
            }
        });
        return names.isEmpty() ? "none" : names.toString();
    }

    /** The value without the picture. */
    private byte[] text(ObjectNode object, TextPayload payload) throws MalformedRecordException {
        if (object == null) {
            return JsonText.bare(record.value(), payload.prefix());
        }
        JsonFields.Field field = JsonFields.find(object, format.fields().payload());
        field.parent().put(field.name(), payload.prefix());
        byte[] text = JsonText.bytes(object);
        if (text.length > MOST_TEXT_BYTES) {
            throw MalformedRecordException.tooLarge(
                    "expected at most " + MOST_TEXT_BYTES + " bytes of JSON besides the picture, found " + text.length);
        }
        return text;
    }
}
