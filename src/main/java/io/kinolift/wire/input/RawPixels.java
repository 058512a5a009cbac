package io.kinolift.wire.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.wire.MalformedRecordException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format of raw pixels in JSON, as OpenCV's {@code Mat} and numpy's arrays are sent: rows, columns and a type, or a
 * shape. Rows have no padding; three channels are blue, green and red, as OpenCV has them.
 */
final class RawPixels {
    private static final Pattern NAME = Pattern.compile("(?:CV_)?(8U|16U)C?([134])?", Pattern.CASE_INSENSITIVE);
    private static final int DEPTHS = 8;
    private static final int CV_8U = 0;
    private static final int CV_16U = 2;
    private static final int MOST_SIDE = 1 << 20;

    private RawPixels() {}

    /** Null if the object says nothing of raw pixels. */
    static FrameFormat format(ObjectNode object, JsonFields fields) throws MalformedRecordException {
        JsonFields.Field shape = JsonFields.find(object, fields.shape());
        JsonFields.Field width = JsonFields.find(object, fields.width());
        JsonFields.Field height = JsonFields.find(object, fields.height());
        JsonFields.Field type = JsonFields.find(object, fields.type());
        if (shape != null && shape.value().isArray() && shape.value().size() >= 2) {
            JsonNode sides = shape.value();
            int channels = sides.size() > 2 ? side(sides.get(2), "channels") : 1;
            boolean deep = type != null && type.value().asText().contains("16");
            return format(pixels(channels, deep), side(sides.get(1), "a width"), side(sides.get(0), "a height"));
        }
        if (width == null || height == null) {
            return null;
        }
        return format(pixels(type), side(width.value(), "a width"), side(height.value(), "a height"));
    }

    private static FrameFormat format(PixelFormat pixels, int width, int height) {
        Colour colour = new Colour(
                Colour.Range.FULL,
                Colour.UNSPECIFIED_CODE,
                Colour.UNSPECIFIED_CODE,
                Colour.UNSPECIFIED_CODE,
                Colour.ChromaLocation.UNSPECIFIED);
        return new FrameFormat(Codec.RAW, pixels, width, height, Rational.ZERO, colour);
    }

    private static int side(JsonNode value, String what) throws MalformedRecordException {
        int side = value.asInt();
        if (side < 1 || side > MOST_SIDE) {
            throw MalformedRecordException.invalid("expected " + what + " of 1 to " + MOST_SIDE + ", found " + value);
        }
        return side;
    }

    /** Without a type, three channels of 8 bits. */
    private static PixelFormat pixels(JsonFields.Field type) throws MalformedRecordException {
        if (type == null) {
            return PixelFormat.BGR24;
        }
        JsonNode value = type.value();
        if (value.isInt()) {
            int depth = value.intValue() % DEPTHS;
            if (depth == CV_8U || depth == CV_16U) {
                return pixels(value.intValue() / DEPTHS + 1, depth == CV_16U);
            }
        } else {
            Matcher name = NAME.matcher(value.asText());
            if (name.matches()) {
                int channels = name.group(2) == null ? 1 : Integer.parseInt(name.group(2));
                return pixels(channels, name.group(1).equalsIgnoreCase("16U"));
            }
            if (value.asText().equals("uint8")) {
                return PixelFormat.BGR24;
            }
        }
        throw MalformedRecordException.unsupported(
                "expected raw pixels of type CV_8UC1, CV_8UC3, CV_8UC4 or CV_16UC1, found " + value);
    }

    private static PixelFormat pixels(int channels, boolean deep) throws MalformedRecordException {
        if (channels == 1) {
            return deep ? PixelFormat.GRAY16 : PixelFormat.GRAY8;
        } else if (channels == 3 && !deep) {
            return PixelFormat.BGR24;
        } else if (channels == 4 && !deep) {
            return PixelFormat.BGRA;
        }
        throw MalformedRecordException.unsupported(
                "expected raw pixels of 1, 3 or 4 channels of 8 bits, or 1 of 16, found " + channels + " of "
                        + (deep ? 16 : 8));
    }
}
