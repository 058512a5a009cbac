package io.kinolift.wire.input;

import io.kinolift.window.SourceFrame;
import io.kinolift.wire.ByTopic;

/** Topics whose records are not all of one format. */
public record InputByTopic(ByTopic<InputFormat> formats) implements InputFormat {
    @Override
    public InputFormat in(String topic) {
        return formats.of(topic);
    }

    @Override
    public String name() {
        return formats.common().name();
    }

    @Override
    public Opened open(SourceRecord record) {
        return in(record.topic()).open(record);
    }

    @Override
    public byte[] value(SourceFrame frame) {
        return in(frame.topic()).value(frame);
    }
}
