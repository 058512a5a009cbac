package io.kinolift.wire.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinolift.frame.FrameFormat;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.Rejection;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * The picture in a JSON value.
 *
 * @param format of raw pixels, or of the image by its header
 * @param prefix before the picture's text
 */
public record JsonPicture(FrameFormat format, ByteBuffer payload, String prefix) {
    private static final int SHOWN_CHARACTERS = 200;

    /**
     * Reads the picture of a whole value.
     *
     * @throws MalformedRecordException if there is none
     */
    public static JsonPicture read(byte[] value, JsonFields fields, TextPayload.Encoding encoding)
            throws MalformedRecordException {
        return read(JsonText.parse(value), fields, encoding);
    }

    /** @param value an object, or a text for a value that is no JSON */
    static JsonPicture read(JsonNode value, JsonFields fields, TextPayload.Encoding encoding)
            throws MalformedRecordException {
        ObjectNode object = value instanceof ObjectNode found ? found : null;
        TextPayload payload = payload(value, object, fields, encoding);
        ByteBuffer bytes = ByteBuffer.wrap(payload.bytes());
        return new JsonPicture(format(object, fields, bytes), bytes, payload.prefix());
    }

    /** Images have fields such as type and shape too, with any meaning: only for something else are these wrong. */
    private static FrameFormat format(ObjectNode object, JsonFields fields, ByteBuffer bytes)
            throws MalformedRecordException {
        MalformedRecordException notRaw = null;
        try {
            FrameFormat raw = object == null ? null : RawPixels.format(object, fields);
            if (raw != null && raw.pixelFormat().pictureBytes(raw.width(), raw.height()) == bytes.remaining()) {
                return raw;
            }
        } catch (MalformedRecordException e) {
            notRaw = e;
        }
        try {
            return ImageInput.header(bytes);
        } catch (MalformedRecordException e) {
            throw notRaw == null || e.reason() != Rejection.Reason.UNPARSEABLE ? e : notRaw;
        }
    }

    private static TextPayload payload(
            JsonNode value, ObjectNode object, JsonFields fields, TextPayload.Encoding encoding)
            throws MalformedRecordException {
        JsonFields.Field field = object == null ? null : JsonFields.find(object, fields.payload());
        if (object != null && field == null) {
            throw MalformedRecordException.unparseable("expected the picture in one of the fields " + fields.payload()
                    + " (kinolift.input.json.payload), found the fields " + names(object));
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
        return TextPayload.read(picture.textValue(), encoding);
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
}
