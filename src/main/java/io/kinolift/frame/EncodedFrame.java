package io.kinolift.frame;

import java.nio.ByteBuffer;

/**
 * One frame of a stream as it travels.
 *
 * @param streamId the Kafka record key
 * @param session the producer's run; higher is newer
 * @param sequence 0, 1, 2, ... without holes on input
 * @param pts start of display in units of {@code timeBase}
 * @param dts when an inter-coded frame is to be decoded, at most its pts and above that of the frame before;
 *     {@link #NO_DTS} when unknown
 * @param duration display time in units of {@code timeBase}; 0 when unknown
 * @param timeBase seconds per unit
 * @param keyFrame whether decoding can start here
 * @param discontinuity whether something is missing or cut just before this frame
 * @param captureMicros wall-clock microseconds since the epoch when the picture was taken; 0 when unknown
 * @param level how far below its plan an output was made, to keep up with a live stream; 0 for as planned
 * @param payload the encoded picture, perhaps a part of its record; it is not copied, and its bytes must not change
 */
public record EncodedFrame(
        String streamId,
        long session,
        long sequence,
        long pts,
        long dts,
        long duration,
        Rational timeBase,
        FrameFormat format,
        boolean keyFrame,
        boolean discontinuity,
        long captureMicros,
        int level,
        ByteBuffer payload) {
    /** Also FFmpeg's word for it. */
    public static final long NO_DTS = Long.MIN_VALUE;

    /** Makes a view of the payload, so that nobody else moves its position. */
    public EncodedFrame {
        payload = payload.slice();
    }

    /** A frame as planned. */
    public EncodedFrame(
            String streamId,
            long session,
            long sequence,
            long pts,
            long dts,
            long duration,
            Rational timeBase,
            FrameFormat format,
            boolean keyFrame,
            boolean discontinuity,
            long captureMicros,
            ByteBuffer payload) {
        this(
                streamId,
                session,
                sequence,
                pts,
                dts,
                duration,
                timeBase,
                format,
                keyFrame,
                discontinuity,
                captureMicros,
                0,
                payload);
    }

    /** A frame without a time at which it is to be decoded. */
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
            ByteBuffer payload) {
        this(
                streamId,
                session,
                sequence,
                pts,
                NO_DTS,
                duration,
                timeBase,
                format,
                keyFrame,
                discontinuity,
                captureMicros,
                0,
                payload);
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
        return with(streamId, pts, dts, discontinuity, level, other);
    }

    /** The same frame of a stream with another id. */
    public EncodedFrame withStreamId(String id) {
        return with(id, pts, dts, discontinuity, level, payload);
    }

    /** The same frame, shown at another time in the same unit; when to decode it is no longer known. */
    public EncodedFrame withPts(long other) {
        return with(streamId, other, NO_DTS, discontinuity, level, payload);
    }

    /** The same frame, shown and decoded later by a time in the same unit. */
    public EncodedFrame shifted(long by) {
        return with(streamId, pts + by, dts == NO_DTS ? NO_DTS : dts + by, discontinuity, level, payload);
    }

    /** The same frame, marked as following a discontinuity. */
    public EncodedFrame afterDiscontinuity() {
        return with(streamId, pts, dts, true, level, payload);
    }

    /** The same frame, to be decoded at a time in the same unit. */
    public EncodedFrame withDts(long time) {
        return with(streamId, pts, time, discontinuity, level, payload);
    }

    /** The same frame, made so far below its plan. */
    public EncodedFrame atLevel(int other) {
        return with(streamId, pts, dts, discontinuity, other, payload);
    }

    private EncodedFrame with(String id, long shown, long decoded, boolean marked, int made, ByteBuffer bytes) {
        return new EncodedFrame(
                id,
                session,
                sequence,
                shown,
                decoded,
                duration,
                timeBase,
                format,
                keyFrame,
                marked,
                captureMicros,
                made,
                bytes);
    }
}
