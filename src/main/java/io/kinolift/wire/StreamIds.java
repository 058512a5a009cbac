package io.kinolift.wire;

import io.kinolift.frame.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * From record keys to stream ids. A key of any length may come; what is kept of it goes into rows, accounts and dead
 * letters, so it is bounded. No frame has a longer id, for it would not equal its key.
 */
public final class StreamIds {
    /** Longest id in bytes of UTF-8. */
    static final int MAX_BYTES = 512;

    private static final int KEPT_BYTES = 64;

    private static final Pattern SHORTENED =
            Pattern.compile(".{1,64}\\.\\.\\. \\(\\d+ bytes, SHA-256 [0-9a-f]{64}\\)", Pattern.DOTALL);

    private StreamIds() {}

    /** The id of a record's stream: its key, "" where it has none, beginning and SHA-256 where it is too long. */
    public static String ofKey(byte[] key) {
        if (key == null) {
            return "";
        }
        if (key.length <= MAX_BYTES) {
            return new String(key, StandardCharsets.UTF_8);
        }
        String beginning = new String(Arrays.copyOf(key, KEPT_BYTES), StandardCharsets.UTF_8);
        return beginning + "... (" + key.length + " bytes, SHA-256 " + Sha256.of(key) + ")";
    }

    /** Whether an id stands for a key that was too long. */
    public static boolean isShortened(String id) {
        return SHORTENED.matcher(id).matches();
    }

    /**
     * A text from outside in a form for terminals and lines of text: what would move the cursor, begin a line or turn the
     * direction of writing is shown as its number in Unicode.
     */
    public static String readable(String text) {
        StringBuilder readable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean shown = switch (Character.getType(character)) {
                case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    false;
                default -> true;
            };
            readable.append(shown ? Character.toString(character) : String.format("\\u%04x", (int) character));
        }
        return readable.toString();
    }
}
