package io.kinolift.wire.input;

import io.kinolift.avro.VideoFrame;
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
 */
public record AvroInput(Optional<SchemaRegistry> registry) implements InputFormat {
    private static final byte[] NOTHING = new byte[0];

    @Override
    public Opened open(SourceRecord record) {
        return new Parsed(record, StreamIds.ofKey(record.envelope().key()), registry);
    }

    @Override
    public byte[] value(SourceFrame frame) {
        return FrameRecords.write(frame.frame());
    }

    private record Parsed(SourceRecord record, String streamId, Optional<SchemaRegistry> registry) implements Opened {
        @Override
        public InputRecord read(StreamPlace place, boolean ended) throws MalformedRecordException {
            VideoFrame parsed = FrameRecords.parse(record.value() == null ? NOTHING : record.value(), registry);
            if (!streamId.equals(parsed.getStreamId())) {
                throw MalformedRecordException.invalid("expected a record key equal to streamId \""
                        + parsed.getStreamId() + "\", found \"" + streamId + "\"");
            }
            return parsed.getEndOfStream()
                    ? new InputRecord.End(parsed.getSession(), FrameRecords.sequence(parsed))
                    : new InputRecord.Frame(FrameRecords.frame(parsed), record.envelope());
        }
    }
}
