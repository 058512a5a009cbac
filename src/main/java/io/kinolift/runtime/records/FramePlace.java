package io.kinolift.runtime.records;

import io.kinolift.window.SourceFrame;

/** The place where a frame was read. Its text is {@code topic partition offset}; topic names have no spaces. */
public record FramePlace(String topic, int partition, long offset) {
    public static FramePlace of(SourceFrame frame) {
        return new FramePlace(frame.topic(), frame.partition(), frame.offset());
    }

    public static FramePlace parse(String text) {
        String[] parts = text.split(" ", -1);
        return new FramePlace(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }

    @Override
    public String toString() {
        return topic + " " + partition + " " + offset;
    }
}
