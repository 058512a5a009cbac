package io.kinolift.codec;

import io.kinolift.codec.FrameCodecException.Reason;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** The planes one after the other, rows without padding. */
final class RawEncoder implements FrameEncoder {
    private final FrameFormat format;
    private final int bytes;

    RawEncoder(FrameFormat format) throws FrameCodecException {
        long wanted = format.pixelFormat().pictureBytes(format.width(), format.height());
        if (wanted > Integer.MAX_VALUE - 8) {
            throw new FrameCodecException(Reason.TOO_LARGE, "expected a frame that fits an array, found " + format);
        }
        this.format = format;
        this.bytes = (int) wanted;
    }

    @Override
    public ByteBuffer encode(Picture picture, PayloadBuffer payload) throws FrameCodecException {
        AvFrameEncoder.requireFormat(format, picture);
        ByteBuffer room = payload.room(bytes);
        MemorySegment target = MemorySegment.ofBuffer(room);
        long offset = 0;
        for (Plane plane : picture.planes()) {
            for (int y = 0; y < plane.height(); y++, offset += plane.rowBytes()) {
                MemorySegment.copy(plane.data(), y * plane.stride(), target, offset, plane.rowBytes());
            }
        }
        return room;
    }

    @Override
    public void close() {}
}
