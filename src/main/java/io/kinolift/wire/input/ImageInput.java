package io.kinolift.wire.input;

import io.kinolift.codec.image.ImageHeader;
import io.kinolift.codec.image.ImageHeaderException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.nio.ByteBuffer;

/**
 * Values that are images. A stream's frames are numbered as they come; a record that cannot be used keeps its number, so
 * the next frame finds a gap. A tombstone ends the session, and so does a record with the end header.
 *
 * @param names whose a record is
 * @param time when a frame is shown
 * @param endHeader the header of a record that ends the stream, and has no image
 */
public record ImageInput(StreamNames names, TimeRule time, String endHeader) implements InputFormat {
    @Override
    public String name() {
        return "image";
    }

    @Override
    public Opened open(SourceRecord record) {
        return new Image(record, names.of(record, null), this);
    }

    @Override
    public byte[] value(SourceFrame frame) {
        return FrameRecords.bytes(frame.frame().payload());
    }

    private record Image(SourceRecord record, String streamId, ImageInput format) implements Opened {
        @Override
        public InputRecord read(StreamPlace place) throws MalformedRecordException {
            if (record.value() == null || record.envelope().has(format.endHeader())) {
                return end(record, place);
            }
            long session = place.session(record.envelope().timestampMillis(), false);
            long sequence = place.nextSequence();
            TimeRule.Time time = format.time().of(record.envelope(), null, sequence, place.clock());
            return new InputRecord.Frame(
                    frame(streamId, session, sequence, time, ByteBuffer.wrap(record.value())), record.envelope());
        }
    }

    /** The end of the session that is open; or again of the last one, which is counted. */
    static InputRecord end(SourceRecord record, StreamPlace place) {
        return new InputRecord.End(place.endedSession(record.envelope().timestampMillis()), place.frames());
    }

    static EncodedFrame frame(String streamId, long session, long sequence, TimeRule.Time time, ByteBuffer image)
            throws MalformedRecordException {
        return frame(streamId, session, sequence, time, header(image), image);
    }

    static EncodedFrame frame(
            String streamId, long session, long sequence, TimeRule.Time time, FrameFormat format, ByteBuffer payload) {
        return new EncodedFrame(
                streamId,
                session,
                sequence,
                time.pts(),
                time.duration(),
                time.timeBase(),
                format,
                true,
                time.jumped(),
                time.captureMicros(),
                payload);
    }

    static FrameFormat header(ByteBuffer image) throws MalformedRecordException {
        try {
            return ImageHeader.read(image);
        } catch (ImageHeaderException e) {
            throw switch (e.kind()) {
                case NO_IMAGE -> MalformedRecordException.unparseable(e.getMessage());
                case UNSUPPORTED -> MalformedRecordException.unsupported(e.getMessage());
            };
        }
    }
}
