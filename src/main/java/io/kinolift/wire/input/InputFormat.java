package io.kinolift.wire.input;

import io.kinolift.window.SourceFrame;
import io.kinolift.wire.MalformedRecordException;

/** How frames lie in the records of input topics. */
public sealed interface InputFormat permits AvroInput, ImageInput, JsonInput, InputByTopic {
    /** The format of one topic. */
    default InputFormat in(String topic) {
        return this;
    }

    /** Its value of {@code kinolift.input.format}. */
    String name();

    /** Begins with a record: finds out whose it is. Bad bytes are no error yet. */
    Opened open(SourceRecord record);

    /**
     * The value of a record that would be read as this frame, to be sent again.
     *
     * @param frame that this format has read
     */
    byte[] value(SourceFrame frame);

    /** A record whose stream is known. */
    interface Opened {
        /** At most 512 bytes of UTF-8. */
        String streamId();

        /**
         * Reads it.
         *
         * @param place of the stream at this record; changed by a format whose records do not say their place
         * @throws MalformedRecordException with the reason of the dead letter
         * @throws io.kinolift.registry.RegistryException if a registry must be asked and is away for too long
         */
        InputRecord read(StreamPlace place) throws MalformedRecordException;
    }
}
