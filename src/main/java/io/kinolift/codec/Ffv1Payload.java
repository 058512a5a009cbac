package io.kinolift.codec;

import io.kinolift.codec.FrameCodecException.Reason;
import java.nio.ByteBuffer;

/**
 * FFV1 version 3 stores its configuration beside the frames, and a container stores the size. Here both travel in front
 * of each frame: the letters FFV1, width and height (32 bits), the configuration's length (16 bits), all big-endian,
 * the configuration record, and the frame.
 */
record Ffv1Payload(int width, int height, ByteBuffer configuration, ByteBuffer frame) {
    private static final int MAGIC = 0x46465631;
    private static final int HEADER_BYTES = 14;

    /** The number of bytes that {@link #write} writes. */
    int bytes() {
        return HEADER_BYTES + configuration.remaining() + frame.remaining();
    }

    ByteBuffer write(ByteBuffer target) {
        return target.putInt(MAGIC)
                .putInt(width)
                .putInt(height)
                .putShort((short) configuration.remaining())
                .put(configuration.duplicate())
                .put(frame.duplicate());
    }

    /**
     * Takes a payload apart.
     *
     * @return parts of the payload, not copied
     */
    static Ffv1Payload parse(ByteBuffer payload) throws FrameCodecException {
        ByteBuffer bytes = payload.slice();
        if (bytes.remaining() < HEADER_BYTES || bytes.getInt() != MAGIC) {
            throw new FrameCodecException(
                    Reason.UNDECODABLE, "expected FFV1 with its header, found " + payload.remaining() + " other bytes");
        }
        int width = bytes.getInt();
        int height = bytes.getInt();
        int configuration = bytes.getShort() & 0xFFFF;
        if (configuration >= bytes.remaining()) {
            throw new FrameCodecException(
                    Reason.UNDECODABLE,
                    "expected a configuration of " + configuration + " bytes and a frame, found " + bytes.remaining()
                            + " bytes");
        }
        int frame = bytes.position() + configuration;
        return new Ffv1Payload(
                width, height, bytes.slice(bytes.position(), configuration), bytes.slice(frame, bytes.limit() - frame));
    }
}
