package io.kinolift.wire.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The names of fields in JSON records. Of a list, the first name counts that the object has. A dot leads into an object:
 * {@code data.image}.
 *
 * @param payload the picture
 * @param stream whose it is, where neither header nor key say so
 * @param time when it is shown
 * @param sequence its number; without it, records are numbered as they come
 * @param width of raw pixels
 * @param height of raw pixels
 * @param type of raw pixels: a number or name of OpenCV's types
 * @param shape of raw pixels: height, width, and channels if there are several
 * @param end true in the record that ends a stream
 */
public record JsonFields(
        List<String> payload,
        List<String> stream,
        List<String> time,
        List<String> sequence,
        List<String> width,
        List<String> height,
        List<String> type,
        List<String> shape,
        List<String> end) {
    /**
     * A field that an object has.
     *
     * @param parent the object that it is in
     */
    public record Field(ObjectNode parent, String name) {
        public JsonNode value() {
            return parent.get(name);
        }
    }

    /** The first of some fields that an object has with a value; null for none. */
    public static Field find(ObjectNode object, List<String> names) {
        for (String name : names) {
            Field field = find(object, name);
            if (field != null) {
                return field;
            }
        }
        return null;
    }

    /** The first of some fields that an object has with a number or a text that is not blank; null for none. */
    static String findText(ObjectNode object, List<String> names) {
        for (String name : names) {
            Field field = find(object, name);
            boolean isText =
                    field != null && (field.value().isTextual() || field.value().isNumber());
            if (isText && !field.value().asText().isBlank()) {
                return field.value().asText();
            }
        }
        return null;
    }

    private static Field find(ObjectNode object, String name) {
        if (object.hasNonNull(name)) {
            return new Field(object, name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && object.get(name.substring(0, dot)) instanceof ObjectNode inner
                ? find(inner, name.substring(dot + 1))
                : null;
    }
}
