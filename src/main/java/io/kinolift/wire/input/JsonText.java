package io.kinolift.wire.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinolift.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * JSON values as text. What remains of a value without its picture is the object with an empty field, or, where there was
 * no object, a mark and what stood before the picture.
 */
public final class JsonText {
    private static final int MOST_NESTING = 100;
    private static final int CONFLUENT_HEADER = 5;
    /** Marks of a value without an object: one in quotes, and one without. */
    private static final char QUOTED = '"';

    private static final char PLAIN = '=';

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_NESTING)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            // A second object in the record would be lost.
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonText() {}

    /** The value as JSON; as a text where it is none. */
    static JsonNode parse(byte[] value) throws MalformedRecordException {
        int start = start(value);
        int first = start < value.length ? value[start] : -1;
        if (first != '{' && first != QUOTED && first != '[') {
            return MAPPER.getNodeFactory()
                    .textNode(new String(value, start, value.length - start, StandardCharsets.UTF_8));
        }
        try {
            return MAPPER.readTree(value, start, value.length - start);
        } catch (IOException e) {
            throw MalformedRecordException.unparseable(
                    "expected a JSON object, or a picture as text, found text that is neither: "
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

    /**
     * What remains of a value that was no object.
     *
     * @param prefix before the picture
     */
    static byte[] bare(byte[] value, String prefix) {
        char first = value[start(value)] == QUOTED ? QUOTED : PLAIN;
        return (first + prefix).getBytes(StandardCharsets.UTF_8);
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
            if (field == null) {
                // The frame has waited, and the names have been changed meanwhile.
                field = new JsonFields.Field(object, fields.payload().getFirst());
            }
            field.parent().put(field.name(), prefix(field) + encoding.write(payload));
            return bytes(object);
        }
        // No text at all is that of a frame which came in another format.
        String bare = text.length == 0 ? String.valueOf(PLAIN) : new String(text, StandardCharsets.UTF_8);
        String written = bare.substring(1) + encoding.write(payload);
        return (bare.charAt(0) == QUOTED ? '"' + written + '"' : written).getBytes(StandardCharsets.UTF_8);
    }

    private static String prefix(JsonFields.Field field) {
        return field.value() == null ? "" : field.value().asText();
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
}
