package io.kinolift.client;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.InputLayout;
import io.kinolift.ffmpeg.LayoutConversion;
import io.kinolift.ffmpeg.LayoutReader;
import io.kinolift.ffmpeg.SampleRange;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.Frame;

/**
 * JavaCV's frames become pictures of ours: copies, since grabbers use their memory again. Samples change only where a
 * target says so, or no format of ours has them.
 */
final class FrameReader implements AutoCloseable {
    private final LayoutConversion conversion = new LayoutConversion();
    private final LayoutReader samples = new LayoutReader();

    /** What a frame's image is, as far as anything says so. */
    private record Image(AVFrame frame, Rational aspect, Colour colour) {}

    /**
     * The layout and size that pictures get.
     *
     * @param number FFmpeg's number of the layout; {@code AV_PIX_FMT_NONE} leaves it
     * @param jpeg whether RGB of 8 bits without alpha becomes YUV 4:2:0 of full range, as JPEG is
     * @param width luma samples per row; 0 leaves the size
     */
    record Target(int number, boolean jpeg, int width, int height) {}

    /**
     * The picture of a frame that has an image.
     *
     * @param number FFmpeg's number of its layout; {@code AV_PIX_FMT_NONE} if the frame tells
     * @return the caller's to close
     * @throws VideoException if the frame's fields do not describe a picture
     */
    Shot read(Frame frame, int number, Target target) throws VideoException {
        Image image = image(frame, number);
        try {
            InputLayout layout = InputLayout.of(image.frame())
                    .orElseThrow(() -> new VideoException("expected pictures in memory, found pixel format "
                            + Ffmpeg.pixelFormatName(image.frame().format())));
            int wanted = wanted(layout, target);
            boolean resized = target.width() > 0
                    && (target.width() != image.frame().width()
                            || target.height() != image.frame().height());
            if (wanted != avutil.AV_PIX_FMT_NONE || resized) {
                return converted(
                        image, wanted == avutil.AV_PIX_FMT_NONE ? image.frame().format() : wanted, target);
            }
            return new Shot(picture(image.frame(), layout), image.aspect(), image.colour());
        } finally {
            avutil.av_frame_free(image.frame());
        }
    }

    private static int wanted(InputLayout layout, Target target) {
        if (target.number() != avutil.AV_PIX_FMT_NONE) {
            return target.number() == layout.number() ? avutil.AV_PIX_FMT_NONE : target.number();
        }
        boolean plain = layout.format() == PixelFormat.RGB24
                || layout.format() == PixelFormat.BGR24
                || layout.format() == PixelFormat.GBRP;
        return target.jpeg() && plain ? avutil.AV_PIX_FMT_YUV420P : avutil.AV_PIX_FMT_NONE;
    }

    /** By FFmpeg's scaler, first to the layout and then to a format of ours. */
    private Shot converted(Image image, int number, Target target) throws VideoException {
        AVFrame from = image.frame();
        int width = target.width() > 0 ? target.width() : from.width();
        int height = target.width() > 0 ? target.height() : from.height();
        Colour colour = Colours.converted(image.colour(), from.format(), number, height, target.jpeg());
        AVFrame made = conversion.convert(from, number, width, height, colour);
        try {
            InputLayout layout = InputLayout.of(made)
                    .orElseThrow(() -> new VideoException(
                            "expected a pixel format that lies in memory, found " + Ffmpeg.pixelFormatName(number)));
            return new Shot(picture(made, layout), image.aspect(), colour);
        } finally {
            avutil.av_frame_free(made);
        }
    }

    /** A picture of a format of ours; the frame stays the caller's. */
    private Picture picture(AVFrame frame, InputLayout layout) throws VideoException {
        Picture picture = switch (layout.way()) {
            case SAME -> AvPictures.wrap(avutil.av_frame_clone(frame), layout.format());
            case SAMPLES -> samples.read(frame, layout);
            case SCALER ->
                AvPictures.wrap(
                        conversion.convert(frame, Ffmpeg.number(layout.format()), Ffmpeg.colour(frame)),
                        layout.format());
        };
        if (!SampleRange.holds(picture)) {
            picture.close();
            throw new VideoException("expected samples up to " + layout.format().maxSample() + " in " + layout.format()
                    + ", found larger ones");
        }
        return picture;
    }

    private static Image image(Frame frame, int number) throws VideoException {
        if (frame.opaque instanceof AVFrame decoded && FrameMemory.isOf(frame, decoded)) {
            if (number == avutil.AV_PIX_FMT_NONE || number == decoded.format()) {
                return ofDecoder(decoded);
            }
        }
        if (frame.opaque instanceof FrameOrigin origin && frame.imageWidth > 0) {
            if (number == avutil.AV_PIX_FMT_NONE || number == origin.pixelFormat()) {
                AVFrame copy = FrameMemory.copyOf(frame, origin.pixelFormat());
                Colour colour = Colours.shown(origin.format(), origin.pixelFormat(), frame.imageHeight);
                Ffmpeg.setColour(copy, colour);
                return new Image(copy, origin.format().sampleAspectRatio(), colour);
            }
        }
        AVFrame copy = FrameMemory.copyOf(frame, number);
        Colour colour = Colours.usual(copy);
        Ffmpeg.setColour(copy, colour);
        return new Image(copy, Rational.ZERO, colour);
    }

    /** FFmpeg's frame has all planes, where JavaCV shows one, and knows its colours. */
    private static Image ofDecoder(AVFrame decoded) throws VideoException {
        InputLayout layout = InputLayout.of(decoded)
                .orElseThrow(() -> new VideoException(
                        "expected pictures in memory, found pixel format " + Ffmpeg.pixelFormatName(decoded.format())));
        AVFrame copy = AvPictures.allocateFrame(decoded.format(), decoded.width(), decoded.height());
        avutil.av_frame_copy(copy, decoded);
        // JavaCV's scaler writes into memory that FFmpeg does not count, and copies the colour of its source.
        Colour colour = decoded.buf(0) == null ? Colours.usual(copy) : layout.colour(decoded);
        Ffmpeg.setColour(copy, colour);
        return new Image(copy, Ffmpeg.rational(decoded.sample_aspect_ratio()), colour);
    }

    @Override
    public void close() {
        conversion.close();
        samples.close();
    }
}
