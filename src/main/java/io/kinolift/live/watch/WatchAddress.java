package io.kinolift.live.watch;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stream ids as one part of a path. They are percent-encoded. But servers and proxies read some characters as part of
 * the path itself even then, so these are {@code ~} and two hexadecimal digits instead: {@code / \ % ; ? ~}, control
 * characters, and a dot at the beginning. The id {@code yard/north} is {@code yard~2Fnorth}, and {@code ..} is {@code
 * ~2E.}.
 */
public final class WatchAddress {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]");
    private static final String TROUBLE = "/\\%;?~";
    private static final Pattern ESCAPE = Pattern.compile("~([0-9A-Fa-f]{2})?");

    private WatchAddress() {}

    /** The part of a path that names a stream. */
    public static String of(String streamId) {
        StringBuilder part = new StringBuilder();
        streamId.codePoints().forEach(character -> {
            String text = Character.toString(character);
            boolean hidden = part.isEmpty() && character == '.';
            if (hidden || TROUBLE.contains(text) || Character.getType(character) == Character.CONTROL) {
                part.append(String.format("~%02X", character));
            } else if (PLAIN.matcher(text).matches()) {
                part.append(text);
            } else {
                part.append(URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
            }
        });
        return part.toString();
    }

    /**
     * The stream that a part of a path names.
     *
     * @param part percent-decoded
     * @return empty if it names none, because something else follows a {@code ~}
     */
    static Optional<String> streamId(String part) {
        Matcher escapes = ESCAPE.matcher(part);
        StringBuilder id = new StringBuilder();
        while (escapes.find()) {
            if (escapes.group(1) == null) {
                return Optional.empty();
            }
            String character = Character.toString(Integer.parseInt(escapes.group(1), 16));
            escapes.appendReplacement(id, Matcher.quoteReplacement(character));
        }
        return Optional.of(escapes.appendTail(id).toString());
    }
}
