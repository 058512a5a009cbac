package io.kinolift.video;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** Metadata of files, streams and chapters: FFmpeg's lists of keys and values. */
final class Tags {
    /** About the old container and its encoding: counts and rates, brands, the programs that wrote it, the old angle. */
    private static final Pattern STALE = Pattern.compile(
            "(encoder|isft|duration|bps|number_of_frames|number_of_bytes|source_id|_statistics_.*)(-[a-z]{3})?"
                    + "|(major|compatible)_brands?|minor_version|vendor_id|rotate|variant_bitrate",
            Pattern.CASE_INSENSITIVE);

    /** What FFmpeg calls every handler. */
    private static final Pattern NO_NAME = Pattern.compile("(Video|Sound|Subtitle|Data|TimeCode)Handler");

    private Tags() {}

    /** What holds for a copy, too. */
    static Map<String, String> lasting(AVDictionary dictionary) {
        Map<String, String> tags = all(dictionary);
        tags.keySet().removeIf(key -> STALE.matcher(key).matches());
        tags.remove("language", "und");
        if (NO_NAME.matcher(tags.getOrDefault("handler_name", "")).matches()) {
            tags.remove("handler_name");
        }
        return tags;
    }

    static Map<String, String> all(AVDictionary dictionary) {
        Map<String, String> tags = new LinkedHashMap<>();
        AVDictionaryEntry entry = avutil.av_dict_iterate(dictionary, null);
        while (entry != null && !entry.isNull()) {
            tags.put(text(entry.key()), text(entry.value()));
            entry = avutil.av_dict_iterate(dictionary, entry);
        }
        return tags;
    }

    private static String text(BytePointer bytes) {
        return bytes.getString(StandardCharsets.UTF_8);
    }

    /** A list that its new owner frees; a null one if there are no tags. */
    static AVDictionary dictionary(Map<String, String> tags) {
        AVDictionary dictionary = new AVDictionary(null);
        tags.forEach((key, value) -> {
            // Strings would go through JNI's own UTF-8, which has no emoji.
            try (BytePointer name = new BytePointer(key, StandardCharsets.UTF_8);
                    BytePointer text = new BytePointer(value, StandardCharsets.UTF_8)) {
                avutil.av_dict_set(dictionary, name, text, 0);
            }
        });
        return dictionary;
    }
}
