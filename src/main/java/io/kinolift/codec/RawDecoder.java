package io.kinolift.codec;

import io.kinolift.codec.FrameCodecException.Reason;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.SampleRange;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** The planes one after the other, rows without padding. */
final class RawDecoder implements FrameDecoder {
    private final AvPictures pictures = new AvPictures();
    private final DecoderLimits limits;

    RawDecoder(DecoderLimits limits) {
        this.limits = limits;
    }

    @Override
    public Picture decode(FrameFormat expected, ByteBuffer payload) throws FrameCodecException {
        FrameCodecs.requireAffordable(expected, limits);
        long bytes = expected.pixelFormat().pictureBytes(expected.width(), expected.height());
        if (payload.remaining() != bytes) {
            throw new FrameCodecException(
                    Reason.UNDECODABLE,
                    "expected " + bytes + " bytes of " + expected + ", found " + payload.remaining());
        }
        Picture picture = pictures.allocate(expected.pixelFormat(), expected.width(), expected.height());
        MemorySegment source = MemorySegment.ofBuffer(payload);
        long offset = 0;
        for (Plane plane : picture.planes()) {
            for (int y = 0; y < plane.height(); y++, offset += plane.rowBytes()) {
                MemorySegment.copy(source, offset, plane.data(), y * plane.stride(), plane.rowBytes());
            }
        }
        if (!SampleRange.holds(picture)) {
            picture.close();
            throw new FrameCodecException(
                    Reason.UNDECODABLE,
                    "expected little-endian samples up to "
                            + expected.pixelFormat().maxSample() + " in " + expected + ", found larger ones");
        }
        return picture;
    }

    @Override
    public void close() {}
}
