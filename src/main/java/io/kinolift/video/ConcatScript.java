package io.kinolift.video;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * FFmpeg's scripts of files to be shown one after the other. FFmpeg opens those files without asking, so they are looked at
 * here, with FFmpeg's own reading of quotes and escapes. They must be videos: another list would have to be looked at, too.
 */
final class ConcatScript {
    static final String HEADER = "ffconcat version 1.0";

    private static final String SPACE = " \t\r\n";

    private ConcatScript() {}

    /** Why the script must not be used; null if it may. */
    static String refusal(Path script, byte[] bytes, NamingRule rule) throws IOException {
        // FFmpeg's lines also end at a zero. In ISO 8859-1 every byte stays what it is.
        for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("[\\n\\r\\00]", -1)) {
            String text = line.replaceFirst("^[ \\t]+", "");
            String keyword = text.split("[ \\t]", 2)[0];
            if (keyword.equals("option")) {
                return "expected a script without options, found \"" + NamingRule.printable(text) + "\"";
            }
            if (keyword.equals("file")) {
                String refusal = refusal(script, token(text.substring(keyword.length())), rule);
                if (refusal != null) {
                    return refusal;
                }
            }
        }
        return null;
    }

    private static String refusal(Path script, String name, NamingRule rule) throws IOException {
        String protocol = avformat.avio_find_protocol_name(name);
        if (protocol == null || !protocol.equals("file") || name.startsWith("file:")) {
            return rule.refusal(name).orElse(null);
        }
        try {
            Path file = script.toAbsolutePath().resolveSibling(name);
            Optional<String> refusal = rule.refusal("file:" + file);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            return Files.isRegularFile(file)
                            && NestedFiles.begin(file, HEADER.length()).startsWith(HEADER)
                    ? "expected it to name videos, found the script " + NamingRule.printable(name)
                    : null;
        } catch (InvalidPathException _) {
            return "expected a script of files, found \"" + NamingRule.printable(name) + "\"";
        }
    }

    private static String token(String text) {
        try (BytePointer line = new BytePointer(text + "\0", StandardCharsets.ISO_8859_1);
                PointerPointer<BytePointer> cursor = new PointerPointer<>(1)) {
            cursor.put(0, line);
            BytePointer token = avutil.av_get_token(cursor, new BytePointer(SPACE));
            try {
                return token.getString(StandardCharsets.UTF_8);
            } finally {
                avutil.av_free(token);
            }
        }
    }
}
