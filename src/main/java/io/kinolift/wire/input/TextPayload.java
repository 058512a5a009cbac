package io.kinolift.wire.input;

import io.kinolift.wire.MalformedRecordException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Bytes as text.
 *
 * @param prefix what stands before them, such as {@code data:image/jpeg;base64,}; "" for nothing
 */
public record TextPayload(String prefix, byte[] bytes) {
    private static final String BASE64_MARK = ";base64,";
    private static final int LONGEST_PREFIX = 200;

    /** How bytes are written as text. */
    public enum Encoding {
        BASE64,
        HEX;

        /** Bytes as text. */
        public String write(byte[] bytes) {
            return this == HEX
                    ? HexFormat.of().formatHex(bytes)
                    : Base64.getEncoder().encodeToString(bytes);
        }
    }

    /**
     * Reads bytes from text: base64 of both alphabets, with or without padding, in lines or not, after the beginning of
     * a data URL, and as Python shows bytes, {@code b'...'}; or hexadecimal digits.
     */
    static TextPayload read(String text, Encoding encoding) throws MalformedRecordException {
        int mark = text.indexOf(BASE64_MARK);
        boolean isUrl = text.startsWith("data:") && mark > 0 && mark < LONGEST_PREFIX;
        String prefix = isUrl ? text.substring(0, mark + BASE64_MARK.length()) : "";
        String body = withoutSpace(unquoted(text.substring(prefix.length())));
        try {
            return new TextPayload(prefix, bytes(body, encoding));
        } catch (IllegalArgumentException e) {
            throw MalformedRecordException.unparseable("expected the payload in "
                    + (encoding == Encoding.HEX ? "hexadecimal digits" : "base64")
                    + " (kinolift.input.json.encoding), found text that is not: " + e.getMessage());
        }
    }

    private static byte[] bytes(String body, Encoding encoding) {
        if (encoding == Encoding.HEX) {
            return HexFormat.of().parseHex(body);
        }
        boolean isForUrls = body.indexOf('-') >= 0 || body.indexOf('_') >= 0;
        return (isForUrls ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(body);
    }

    private static String unquoted(String text) {
        String trimmed = text.strip();
        boolean isPython = trimmed.length() > 2
                && trimmed.charAt(0) == 'b'
                && (trimmed.charAt(1) == '\'' || trimmed.charAt(1) == '"')
                && trimmed.charAt(trimmed.length() - 1) == trimmed.charAt(1);
        return isPython ? trimmed.substring(2, trimmed.length() - 1) : trimmed;
    }

    /** Encoders break lines; every other character is an error that must not be passed over. */
    private static String withoutSpace(String text) {
        boolean hasSpace = text.chars().anyMatch(Character::isWhitespace);
        return hasSpace ? text.replaceAll("\\s+", "") : text;
    }
}
