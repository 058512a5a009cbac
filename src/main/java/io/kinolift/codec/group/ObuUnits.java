package io.kinolift.codec.group;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecException.Reason;
import java.nio.ByteBuffer;

/** The OBUs of a temporal unit of AV1 in the low-overhead format (AV1 bitstream specification, 5.2). */
final class ObuUnits {
    private static final int SEQUENCE_HEADER = 1;
    private static final int TEMPORAL_DELIMITER = 2;
    private static final int FRAME_HEADER = 3;
    private static final int FRAME = 6;

    private final ByteBuffer bytes;

    private ObuUnits(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    static AccessUnit accessUnit(ByteBuffer bytes) throws FrameCodecException {
        return new ObuUnits(bytes.duplicate()).read();
    }

    private AccessUnit read() throws FrameCodecException {
        boolean configured = false;
        boolean random = false;
        int units = 0;
        boolean frame = false;
        while (bytes.hasRemaining()) {
            int header = bytes.get();
            boolean hasSize = (header & 2) != 0;
            if (header < 0 || ((header & 4) != 0 && !bytes.hasRemaining())) {
                throw malformed("an OBU header", header & 0xFF);
            }
            if ((header & 4) != 0) {
                bytes.get();
            }
            long size = hasSize ? leb128() : bytes.remaining();
            if (size > bytes.remaining()) {
                throw malformed("an OBU within the payload", size + " bytes of " + bytes.remaining());
            }
            int content = bytes.position();
            switch (header >> 3 & 0xF) {
                case SEQUENCE_HEADER -> configured = true;
                case TEMPORAL_DELIMITER -> units++;
                case FRAME_HEADER, FRAME -> {
                    // show_existing_frame 0, frame_type KEY_FRAME 0, show_frame 1. A hidden key frame is for later.
                    random |= !frame && size > 0 && (bytes.get(content) & 0xF0) == 0x10;
                    frame = true;
                }
                default -> {}
            }
            bytes.position(content + (int) size);
        }
        return new AccessUnit(frame ? Math.max(1, units) : 0, configured, random);
    }

    private long leb128() throws FrameCodecException {
        long value = 0;
        for (int i = 0; i < 5 && bytes.hasRemaining(); i++) {
            int next = bytes.get();
            value |= (next & 0x7FL) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("the size of an OBU", "bytes that end none");
    }

    private static FrameCodecException malformed(String expected, Object found) {
        return new FrameCodecException(Reason.UNDECODABLE, "expected " + expected + " of AV1, found " + found);
    }
}
