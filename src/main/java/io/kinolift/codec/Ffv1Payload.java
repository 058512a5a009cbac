package io.kinolift.codec;

import io.kinolift.codec.FrameCodecException.Reason;
import java.nio.ByteBuffer;

/**
 * FFV1 version 3 keeps its configuration, and any container keeps the size, beside the frames. Here they travel in
 * front of each: the letters FFV1, width and height (32 bits), the configuration's length (16 bits), all big-endian,
 * the configuration record, and the frame.
 */
record Ffv1Payload(int width, int height, byte[] configuration, byte[] frame) {
    private static final int MAGIC = 0x46465631;
    private static final int HEADER_BYTES = 14;

    byte[] toBytes() {
        return ByteBuffer.allocate(HEADER_BYTES + configuration.length + frame.length)
                .putInt(MAGIC).putInt(width).putInt(height).putShort((short) configuration.length)
                .put(configuration).put(frame).array();
    }

    static Ffv1Payload parse(byte[] payload) throws FrameCodecException {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        if (payload.length < HEADER_BYTES || bytes.getInt() != MAGIC) {
            throw new FrameCodecException(Reason.UNDECODABLE,
                    "expected FFV1 with its header, found " + payload.length + " other bytes");
        }
        int width = bytes.getInt();
        int height = bytes.getInt();
        byte[] configuration = new byte[bytes.getShort() & 0xFFFF];
        if (configuration.length >= bytes.remaining()) {
            throw new FrameCodecException(Reason.UNDECODABLE,
                    "expected a configuration of " + configuration.length + " bytes and a frame, found "
                            + bytes.remaining() + " bytes");
        }
        bytes.get(configuration);
        byte[] frame = new byte[bytes.remaining()];
        bytes.get(frame);
        return new Ffv1Payload(width, height, configuration, frame);
    }
}
