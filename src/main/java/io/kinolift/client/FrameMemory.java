package io.kinolift.client;

import io.kinolift.ffmpeg.LayoutMemory;
import io.kinolift.ffmpeg.VideoException;
import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.Frame;

/** The memory of JavaCV's frames: which layout it has, and a copy of it that FFmpeg can use. */
final class FrameMemory {
    private FrameMemory() {}

    /**
     * A copy of a frame's image.
     *
     * @param number FFmpeg's number of its layout; {@code AV_PIX_FMT_NONE} is the usual one for its depth and channels
     * @return the caller's to free
     * @throws VideoException if there is no such layout, or the buffers end before the picture
     */
    static AVFrame copyOf(Frame frame, int number) throws VideoException {
        int layout = number == avutil.AV_PIX_FMT_NONE ? usual(frame) : number;
        List<MemorySegment> memory = new ArrayList<>();
        for (Buffer buffer : frame.image) {
            memory.add(segment(buffer));
        }
        return LayoutMemory.copyOf(layout, frame.imageWidth, frame.imageHeight, memory, stride(frame, layout));
    }

    /** In samples of two chroma planes, JavaCV counts a row of NV21 as twice as long as its luma. */
    private static long stride(Frame frame, int layout) {
        boolean isAndroid = layout == avutil.AV_PIX_FMT_NV21 && frame.imageChannels == 2;
        return isAndroid ? frame.imageWidth : (long) frame.imageStride * Frame.pixelSize(frame.imageDepth);
    }

    /** The layout that JavaCV's recorders assume; those of more than 8 bits have OpenCV's order of colours. */
    private static int usual(Frame frame) throws VideoException {
        boolean bytes = frame.imageDepth == Frame.DEPTH_UBYTE || frame.imageDepth == Frame.DEPTH_BYTE;
        boolean shorts = frame.imageDepth == Frame.DEPTH_USHORT || frame.imageDepth == Frame.DEPTH_SHORT;
        boolean bigEndian = frame.image[0] instanceof ShortBuffer samples && samples.order() == ByteOrder.BIG_ENDIAN;
        int layout = switch (frame.imageChannels) {
            case 1 -> bytes ? avutil.AV_PIX_FMT_GRAY8 : avutil.AV_PIX_FMT_GRAY16LE;
            case 2 -> bytes ? avutil.AV_PIX_FMT_NV21 : avutil.AV_PIX_FMT_NONE;
            case 3 -> bytes ? avutil.AV_PIX_FMT_BGR24 : avutil.AV_PIX_FMT_BGR48LE;
            case 4 -> bytes ? avutil.AV_PIX_FMT_RGBA : avutil.AV_PIX_FMT_BGRA64LE;
            default -> avutil.AV_PIX_FMT_NONE;
        };
        if (!(bytes || shorts) || layout == avutil.AV_PIX_FMT_NONE) {
            throw new VideoException("expected UBYTE samples with 1 to 4 channels, USHORT samples with 1, 3 or 4, or a"
                    + " pixel format given to record, found depth " + frame.imageDepth + " with "
                    + frame.imageChannels + " channels");
        }
        return shorts && bigEndian ? avutil.av_pix_fmt_swap_endianness(layout) : layout;
    }

    /** All of a buffer, wherever its position and limit are. */
    static MemorySegment segment(Buffer buffer) throws VideoException {
        return switch (buffer) {
            case ByteBuffer bytes -> MemorySegment.ofBuffer(bytes.duplicate().clear());
            case ShortBuffer shorts -> MemorySegment.ofBuffer(shorts.duplicate().clear());
            case IntBuffer ints -> MemorySegment.ofBuffer(ints.duplicate().clear());
            case FloatBuffer floats -> MemorySegment.ofBuffer(floats.duplicate().clear());
            case null, default ->
                throw new VideoException("expected a buffer of bytes, shorts, ints or floats, found "
                        + (buffer == null ? "none" : buffer.getClass().getSimpleName()));
        };
    }

    /** Whether a frame's image is the first plane of FFmpeg's frame, so that this one says more of it. */
    static boolean isOf(Frame frame, AVFrame decoded) throws VideoException {
        MemorySegment first = segment(frame.image[0]);
        return first.isNative()
                && !decoded.isNull()
                && decoded.data(0) != null
                && first.address() == decoded.data(0).address();
    }
}
