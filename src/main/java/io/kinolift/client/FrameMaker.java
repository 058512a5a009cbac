package io.kinolift.client;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.LayoutConversion;
import io.kinolift.ffmpeg.LayoutMemory;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.Frame;

/**
 * Pictures of ours become frames of JavaCV's: one frame and one buffer, used again for the next picture. The memory is
 * Java's, so that a frame that somebody keeps stays readable when the grabber is closed.
 */
final class FrameMaker implements AutoCloseable {
    private final LayoutConversion conversion = new LayoutConversion();
    private final Frame frame = new Frame();
    private ByteBuffer memory = ByteBuffer.allocateDirect(0);

    /**
     * The size and layout of frames.
     *
     * @param number FFmpeg's number of the layout; {@code AV_PIX_FMT_NONE} is that of the picture
     * @param width luma samples per row; 0 is that of the picture
     */
    record Look(int number, int width, int height) {}

    /**
     * A frame that shows a picture, good until the next call.
     *
     * @param picture stays the caller's
     */
    Frame make(Picture picture, EncodedFrame source, boolean discontinuity, Look look) throws VideoException {
        int own = Ffmpeg.number(picture.format());
        int number = look.number() == avutil.AV_PIX_FMT_NONE ? own : look.number();
        int width = look.width() > 0 ? look.width() : picture.width();
        int height = look.height() > 0 ? look.height() : picture.height();
        AVFrame from = AvPictures.isAligned(picture) ? AvPictures.borrow(picture) : copy(picture, own);
        try {
            if (number == own && width == picture.width() && height == picture.height()) {
                store(from);
            } else {
                Colour colour = source.format().colour();
                Ffmpeg.setColour(from, colour);
                AVFrame shown = conversion.convert(
                        from, number, width, height, Colours.converted(colour, own, number, height, false));
                store(shown);
                avutil.av_frame_free(shown);
            }
        } finally {
            avutil.av_frame_free(from);
        }
        describe(number, width, height);
        frame.timestamp = Times.micros(source.pts(), source.timeBase());
        frame.keyFrame = source.keyFrame();
        frame.opaque = new FrameOrigin(
                source.streamId(),
                source.session(),
                source.sequence(),
                source.pts(),
                source.timeBase(),
                discontinuity,
                source.format(),
                number);
        return frame;
    }

    private static AVFrame copy(Picture picture, int number) {
        AVFrame copy = AvPictures.allocateFrame(number, picture.width(), picture.height());
        try (Picture target = AvPictures.wrap(avutil.av_frame_clone(copy), picture.format())) {
            for (int plane = 0; plane < picture.planes().size(); plane++) {
                AvPictures.copy(picture.plane(plane), target.plane(plane));
            }
        }
        return copy;
    }

    private void store(AVFrame shown) {
        int bytes = LayoutMemory.bytes(shown.format(), shown.width(), shown.height());
        if (memory.capacity() < bytes) {
            memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        memory.clear().limit(bytes);
        LayoutMemory.write(shown, MemorySegment.ofBuffer(memory));
    }

    private void describe(int number, int width, int height) {
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(number);
        boolean shorts = layout.comp(0).depth() > Byte.SIZE && layout.comp(0).step() % Short.BYTES == 0;
        int sampleBytes = shorts ? Short.BYTES : Byte.BYTES;
        frame.type = Frame.Type.VIDEO;
        frame.pictType = 'I';
        frame.streamIndex = 0;
        frame.imageWidth = width;
        frame.imageHeight = height;
        frame.imageDepth = shorts ? Frame.DEPTH_USHORT : Frame.DEPTH_UBYTE;
        frame.imageChannels = layout.comp(0).step() / sampleBytes;
        frame.imageStride = avutil.av_image_get_linesize(number, width, 0) / sampleBytes;
        // A slice, since converters take the capacity for the size.
        ByteBuffer slice = memory.slice().order(ByteOrder.nativeOrder());
        frame.image = new Buffer[] {shorts ? slice.asShortBuffer() : slice};
    }

    @Override
    public void close() {
        conversion.close();
    }
}
