package io.kinolift.runtime.records;

import io.kinolift.window.SourceFrame;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The place where a frame was read. Its text is {@code topic partition offset}; topic names have no spaces. */
public record FramePlace(String topic, int partition, long offset) {
    private static final Pattern TEXT = Pattern.compile("([a-zA-Z0-9._-]{1,249}) ([0-9]{1,9}) ([0-9]{1,18})");

    public static FramePlace of(SourceFrame frame) {
        return new FramePlace(frame.topic(), frame.partition(), frame.offset());
    }

    /** Empty if the text is not one of a place: files that a crash cut off hold anything. */
    public static Optional<FramePlace> parse(String text) {
        Matcher place = TEXT.matcher(text);
        return place.matches()
                ? Optional.of(new FramePlace(
                        place.group(1), Integer.parseInt(place.group(2)), Long.parseLong(place.group(3))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return topic + " " + partition + " " + offset;
    }
}
