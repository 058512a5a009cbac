package io.kinolift.wire.input;

import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.registry.SchemaRegistry;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.StreamIds;
import java.util.Optional;

/**
 * {@code VideoFrame} records, which say everything themselves.
 *
 * @param registry where schemas are; without one, records carry the fingerprint of theirs
 * @param withTopic whether there are several topics: the same id on two of them is two streams
 */
public record AvroInput(Optional<SchemaRegistry> registry, boolean withTopic) implements InputFormat {
    private static final byte[] NOTHING = new byte[0];

    @Override
    public String name() {
        return "avro";
    }

    @Override
    public Opened open(SourceRecord record) {
        String id = StreamIds.ofKey(record.envelope().key());
        return new Parsed(record, id, withTopic && !id.isEmpty() ? record.topic() + "/" + id : id, registry);
    }

    @Override
    public byte[] value(SourceFrame frame) {
        EncodedFrame read = frame.frame();
        String prefix = frame.topic() + "/";
        // A frame that has waited may have been read when there was one topic only.
        boolean isPrefixed = withTopic && read.streamId().startsWith(prefix);
        return FrameRecords.write(isPrefixed ? read.withStreamId(read.streamId().substring(prefix.length())) : read);
    }

    /** @param id of the stream as the record has it */
    private record Parsed(SourceRecord record, String id, String streamId, Optional<SchemaRegistry> registry)
            implements Opened {
        @Override
        public InputRecord read(StreamPlace place) throws MalformedRecordException {
            VideoFrame parsed = FrameRecords.parse(record.value() == null ? NOTHING : record.value(), registry);
            if (!id.equals(parsed.getStreamId())) {
                throw MalformedRecordException.invalid("expected a record key equal to streamId \""
                        + parsed.getStreamId() + "\", found \"" + id + "\"");
            }
            if (parsed.getEndOfStream()) {
                return new InputRecord.End(parsed.getSession(), FrameRecords.sequence(parsed));
            }
            EncodedFrame frame = FrameRecords.frame(parsed);
            return new InputRecord.Frame(id.equals(streamId) ? frame : frame.withStreamId(streamId), record.envelope());
        }
    }
}
