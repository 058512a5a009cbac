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
 * @param payload the encoded picture, perhaps a part of its record; it is not copied, and its bytes must not change
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
    /** Makes a view of the payload, so that nobody else moves its position. */
    public EncodedFrame {
        payload = payload.slice();
    }

    /** Takes a whole array as the payload. */
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

    /** The same frame with another payload, or with the same one at another place in memory. */
    public EncodedFrame withPayload(ByteBuffer other) {
        return with(streamId, pts, discontinuity, other);
    }

    /** The same frame of a stream with another id. */
    public EncodedFrame withStreamId(String id) {
        return with(id, pts, discontinuity, payload);
    }

    /** The same frame, shown at another time in the same unit. */
    public EncodedFrame withPts(long other) {
        return with(streamId, other, discontinuity, payload);
    }

    /** The same frame, marked as following a discontinuity. */
    public EncodedFrame afterDiscontinuity() {
        return with(streamId, pts, true, payload);
    }

    private EncodedFrame with(String id, long time, boolean marked, ByteBuffer bytes) {
        return new EncodedFrame(
                id, session, sequence, time, duration, timeBase, format, keyFrame, marked, captureMicros, bytes);
    }
}
