package io.kinolift.frame;

import java.nio.ByteBuffer;

/**
 * One frame of a stream as it travels.
 *
 * @param streamId the Kafka record key
 * @param session the producer's run; higher is newer
 * @param sequence 0, 1, 2, ... without holes on input
 * @param pts start of display in units of {@code timeBase}
 * @param duration display time in units of {@code timeBase}; 0 when unknown
 * @param timeBase seconds per unit
 * @param keyFrame whether decoding can start here
 * @param discontinuity whether something is missing or cut just before this frame
 * @param captureMicros wall-clock microseconds since the epoch when the picture was taken; 0 when unknown
 * @param payload the encoded picture, perhaps where it lies within its record; not copied, its bytes not to be changed
 */
public record EncodedFrame(
        String streamId,
        long session,
        long sequence,
        long pts,
        long duration,
        Rational timeBase,
        FrameFormat format,
        boolean keyFrame,
        boolean discontinuity,
        long captureMicros,
        ByteBuffer payload) {
    /** With a view of the payload whose position nobody else moves. */
    public EncodedFrame {
        payload = payload.slice();
    }

    /** With a payload of its own array. */
    public EncodedFrame(
            String streamId,
            long session,
            long sequence,
            long pts,
            long duration,
            Rational timeBase,
            FrameFormat format,
            boolean keyFrame,
            boolean discontinuity,
            long captureMicros,
            byte[] payload) {
        this(
                streamId,
                session,
                sequence,
                pts,
                duration,
                timeBase,
                format,
                keyFrame,
                discontinuity,
                captureMicros,
                ByteBuffer.wrap(payload));
    }

    /** A view from position 0 on. */
    @Override
    public ByteBuffer payload() {
        return payload.duplicate();
    }

    /** A copy. */
    public byte[] payloadBytes() {
        byte[] bytes = new byte[payload.remaining()];
        payload().get(bytes);
        return bytes;
    }

    /** The same frame with its payload elsewhere, or another. */
    public EncodedFrame withPayload(ByteBuffer other) {
        return new EncodedFrame(
                streamId,
                session,
                sequence,
                pts,
                duration,
                timeBase,
                format,
                keyFrame,
                discontinuity,
                captureMicros,
                other);
    }

    /** The same frame, marked. */
    public EncodedFrame afterDiscontinuity() {
        return new EncodedFrame(
                streamId, session, sequence, pts, duration, timeBase, format, keyFrame, true, captureMicros, payload);
    }
}
