package io.kinolift.wire.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

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
    private static final int MOST_NESTING = 100;
    private static final int CONFLUENT_HEADER = 5;
    /** Names and numbers that belong to a frame: more than this is not passed on for each output. */
    private static final int MOST_TEXT_BYTES = 1 << 16;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_NESTING)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());

    /** What remains of a value without an object begins with one of these, and its prefix follows. */
    private static final char QUOTED = '"';

    private static final char PLAIN = '=';

    @Override
    public String name() {
        return "json";
    }

    @Override
    public Opened open(SourceRecord record) {
        try {
            JsonNode value = parse(record);
            JsonFields.Field stream =
                    value instanceof ObjectNode object ? JsonFields.find(object, fields.stream()) : null;
            String stated = stream == null ? null : stream.value().asText();
            return new Parsed(record, names.of(record, stated), value, this);
        } catch (MalformedRecordException e) {
            return new Failed(names.of(record, null), e);
        }
    }

    @Override
    public byte[] value(SourceFrame frame) {
        return write(frame.envelope().text(), FrameRecords.bytes(frame.frame().payload()), fields, encoding);
    }

    /**
     * A value as it came, with a picture in it.
     *
     * @param text as {@link io.kinolift.window.Envelope#text()} has it
     */
    public static byte[] write(byte[] text, byte[] payload, JsonFields fields, TextPayload.Encoding encoding) {
        if (isObject(text)) {
            ObjectNode object = object(text);
            JsonFields.Field field = JsonFields.find(object, fields.payload());
            field.parent().put(field.name(), field.value().asText() + encoding.write(payload));
            return bytes(object);
        }
        String bare = new String(text, StandardCharsets.UTF_8);
        String written = bare.substring(1) + encoding.write(payload);
        return (bare.charAt(0) == QUOTED ? '"' + written + '"' : written).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a value was an object, by the text that remains of it. */
    public static boolean isObject(byte[] text) {
        return text.length > 0 && text[0] == '{';
    }

    /** An object that this class has written. */
    public static ObjectNode object(byte[] text) {
        try {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException("expected the JSON object of a frame, found other text", e);
        }
    }

    /** An object as text. */
    public static byte[] bytes(ObjectNode object) {
        try {
            return MAPPER.writeValueAsBytes(object);
        } catch (IOException e) {
            throw new IllegalStateException("a JSON object cannot be written", e);
        }
    }

    /** An object without fields. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Null for a tombstone; a text for a value that is no JSON. */
    private JsonNode parse(SourceRecord record) throws MalformedRecordException {
        byte[] value = record.value();
        if (value == null) {
            return null;
        }
        if (value.length > maxBytes) {
            throw MalformedRecordException.tooLarge("expected a value of at most " + maxBytes
                    + " bytes (kinolift.max.frame.bytes), found " + value.length);
        }
        int start = start(value);
        int first = start < value.length ? value[start] : -1;
        if (first != '{' && first != '"' && first != '[') {
            return MAPPER.getNodeFactory()
                    .textNode(new String(value, start, value.length - start, StandardCharsets.UTF_8));
        }
        try {
            return MAPPER.readTree(value, start, value.length - start);
        } catch (IOException e) {
            throw MalformedRecordException.unparseable(
                    "expected a JSON object, or a picture as text, found text that is" + " neither: "
                            + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    /** Behind a byte order mark, the five bytes that Confluent's serializer puts before JSON, and white space. */
    private static int start(byte[] value) {
        int at = 0;
        if (value.length > CONFLUENT_HEADER && value[0] == 0) {
            at = CONFLUENT_HEADER;
        } else if (value.length > 3 && value[0] == (byte) 0xEF && value[1] == (byte) 0xBB && value[2] == (byte) 0xBF) {
            at = 3;
        }
        while (at < value.length && Character.isWhitespace(value[at])) {
            at++;
        }
        return at;
    }

    private record Failed(String streamId, MalformedRecordException failure) implements Opened {
        @Override
        public InputRecord read(StreamPlace place) throws MalformedRecordException {
            place.nextSequence();
            throw failure;
        }
    }

    private record Parsed(SourceRecord record, String streamId, JsonNode value, JsonInput format) implements Opened {
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
            JsonFields.Field end = object == null
                    ? null
                    : JsonFields.find(object, format.fields().end());
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
            if (object == null) {
                byte[] numbers = NumberPayload.read(value);
                if (numbers != null) {
                    return new TextPayload("", numbers);
                }
                if (!value.isTextual()) {
                    throw MalformedRecordException.unparseable(
                            "expected a JSON object, text or an array of bytes, found " + value.getNodeType());
                }
                return TextPayload.read(value.textValue(), format.encoding());
            }
            JsonFields.Field field = JsonFields.find(object, format.fields().payload());
            byte[] numbers = field == null ? null : NumberPayload.read(field.value());
            if (numbers != null) {
                return new TextPayload("", numbers);
            }
            if (field == null || !field.value().isTextual()) {
                throw MalformedRecordException.unparseable("expected the picture as text in one of the fields "
                        + format.fields().payload() + " (kinolift.input.json.payload), found the fields "
                        + names(object));
            }
            return TextPayload.read(field.value().textValue(), format.encoding());
        }

        private static String names(ObjectNode object) {
            StringBuilder names = new StringBuilder();
            object.fieldNames().forEachRemaining(name -> {
                if (names.length() < 200) {
                    names.append(names.isEmpty() ? "" : ", ").append(name);
                }
            });
            return names.isEmpty() ? "none" : names.toString();
        }

        /** The value without the picture. */
        private byte[] text(ObjectNode object, TextPayload payload) throws MalformedRecordException {
            if (object == null) {
                char first = record.value()[start(record.value())] == QUOTED ? QUOTED : PLAIN;
                return (first + payload.prefix()).getBytes(StandardCharsets.UTF_8);
            }
            JsonFields.Field field = JsonFields.find(object, format.fields().payload());
            field.parent().put(field.name(), payload.prefix());
            byte[] text = bytes(object);
            if (text.length > MOST_TEXT_BYTES) {
                throw MalformedRecordException.tooLarge("expected at most " + MOST_TEXT_BYTES
                        + " bytes of JSON besides the picture, found " + text.length);
            }
            return text;
        }
    }
}
