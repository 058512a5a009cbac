package io.kinolift.client;

import io.kinolift.ffmpeg.LayoutMemory;
import io.kinolift.ffmpeg.VideoException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacv.Frame;

/** The samples of JavaCV's frames as arrays without padding. */
final class FrameBytes {
    private FrameBytes() {}

    /** Of a packed image. */
    static byte[] of(Frame frame, int channels) {
        return of(frame, channels, frame.imageHeight);
    }

    /** @param rows more than its height where other planes follow the first */
    static byte[] of(Frame frame, int channels, int rows) {
        try {
            MemorySegment image = FrameMemory.segment(frame.image[0]);
            int size = Frame.pixelSize(frame.imageDepth);
            int row = frame.imageWidth * channels * size;
            byte[] bytes = new byte[row * rows];
            for (int y = 0; y < rows; y++) {
                MemorySegment.copy(
                        image, ValueLayout.JAVA_BYTE, (long) y * frame.imageStride * size, bytes, y * row, row);
            }
            return bytes;
        } catch (VideoException e) {
            throw new AssertionError(e);
        }
    }

    /** All that the image's buffer has. */
    static byte[] all(Frame frame) throws VideoException {
        return FrameMemory.segment(frame.image[0]).toArray(ValueLayout.JAVA_BYTE);
    }

    /** All planes of the frame that FFmpeg decoded. */
    static byte[] decoded(Frame frame) {
        AVFrame decoded = (AVFrame) frame.opaque;
        byte[] bytes = new byte[LayoutMemory.bytes(decoded.format(), decoded.width(), decoded.height())];
        LayoutMemory.write(decoded, MemorySegment.ofArray(bytes));
        return bytes;
    }

    /** A frame of UBYTE samples that depend on their place and a seed, with padding of another value. */
    static Frame bytes(int width, int height, int channels, int stride, int seed) {
        Frame frame = new Frame(width, height, Frame.DEPTH_UBYTE, channels, stride);
        ByteBuffer image = (ByteBuffer) frame.image[0];
        for (int y = 0; y < height; y++) {
            for (int i = 0; i < stride; i++) {
                image.put(y * stride + i, (byte) (i < width * channels ? 31 * y + 7 * i + 13 * seed : 0xEE));
            }
        }
        return frame;
    }

    /** The same of USHORT samples over their whole range. */
    static Frame shorts(int width, int height, int channels, int stride, int seed) {
        Frame frame = new Frame(width, height, Frame.DEPTH_USHORT, channels, stride);
        ShortBuffer image = (ShortBuffer) frame.image[0];
        for (int y = 0; y < height; y++) {
            for (int i = 0; i < stride; i++) {
                image.put(y * stride + i, (short) (i < width * channels ? 3121 * y + 1709 * i + 997 * seed : 0xEEEE));
            }
        }
        return frame;
    }
}
