package io.kinolift.wire;

import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.registry.SchemaRegistry;
import java.util.Optional;

/** The content of a record of the input topic. */
public sealed interface InputRecord {
    /** A frame. */
    record Frame(EncodedFrame frame) implements InputRecord {}

    /**
     * The end of a stream.
     *
     * @param frames how many frames the session has, counting holes
     */
    record End(long session, long frames) implements InputRecord {}

    /**
     * Reads a record.
     *
     * @param key the record's key, which its stream id must equal
     * @throws MalformedRecordException if the value is not one whole record, or naming the field that is wrong
     * @throws io.kinolift.registry.RegistryException if the registry must be asked and is away for too long
     */
    static InputRecord read(String key, byte[] value, Optional<SchemaRegistry> registry)
            throws MalformedRecordException {
        VideoFrame parsed = FrameRecords.parse(value, registry);
        if (!key.equals(parsed.getStreamId())) {
            throw new MalformedRecordException(
                    "expected a record key equal to streamId \"" + parsed.getStreamId() + "\", found \"" + key + "\"");
        }
        return parsed.getEndOfStream()
                ? new End(parsed.getSession(), FrameRecords.sequence(parsed))
                : new Frame(FrameRecords.frame(parsed));
    }
}
