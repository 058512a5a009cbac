package io.kinolift.codec;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Stands before the real one on a class path: decodes like it, but payloads of 0x66 alone are a native fault. */
final class RawDecoder implements FrameDecoder {
    private static final int SIGSEGV = 11;

    RawDecoder(DecoderLimits limits) {}

    @Override
    public Picture decode(FrameFormat expected, ByteBuffer payload) throws FrameCodecException {
        byte[] deadly = new byte[payload.remaining()];
        Arrays.fill(deadly, (byte) 0x66);
        if (payload.equals(ByteBuffer.wrap(deadly))) {
            die();
        }
        Picture picture = new AvPictures().allocate(expected.pixelFormat(), expected.width(), expected.height());
        MemorySegment source = MemorySegment.ofBuffer(payload);
        long offset = 0;
        for (Plane plane : picture.planes()) {
            for (int row = 0; row < plane.height(); row++) {
                MemorySegment.copy(source, offset, plane.data(), row * plane.stride(), plane.rowBytes());
                offset += plane.rowBytes();
            }
        }
        return picture;
    }

    private static void die() {
        Linker linker = Linker.nativeLinker();
        try {
            int result = (int) linker.downcallHandle(linker.defaultLookup().find("raise").orElseThrow(),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)).invokeExact(SIGSEGV);
            throw new IllegalStateException("raise: " + result);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {}
}
