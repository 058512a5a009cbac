package io.kinolift.video;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The colour behind transparent pictures, in red, green and blue of 0 to 255. */
public record Background(int red, int green, int blue) {
    public static final Background BLACK = new Background(0, 0, 0);

    private static final Pattern TEXT = Pattern.compile("#?(\\p{XDigit}{2})(\\p{XDigit}{2})(\\p{XDigit}{2})");

    /**
     * The colour that a text like {@code #rrggbb} names.
     *
     * @throws IllegalArgumentException if the text is another
     */
    public static Background parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected a colour like #00ff00, found \"" + text + "\"");
        }
        return new Background(part(parts, 1), part(parts, 2), part(parts, 3));
    }

    private static int part(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group), 16);
    }

    @Override
    public String toString() {
        return String.format("#%02x%02x%02x", red, green, blue);
    }
}
