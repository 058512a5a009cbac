package io.kinolift.video;

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
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** Decoded frames become pictures of a format of ours. For one thread at a time. */
final class FrameIntake implements AutoCloseable {
    private final Source source;
    private final AVFormatContext context;
    private final AVStream stream;
    private final LayoutConversion conversion = new LayoutConversion();
    private final LayoutReader samples = new LayoutReader();
    private final Set<String> remarks = new LinkedHashSet<>();
    private InputLayout palette;

    FrameIntake(Source source, AVFormatContext context, AVStream stream) {
        this.source = source;
        this.context = context;
        this.stream = stream;
    }

    /** What becomes of the pictures on the way, one line each, up to now. */
    Set<String> remarks() {
        return remarks;
    }

    /**
     * The picture of a frame, which it takes over if this returns.
     *
     * @throws VideoException if the frame lies in a graphics card, or has samples beyond their depth
     */
    TimedPicture accept(AVFrame frame) throws VideoException {
        InputLayout layout = requireLayout(frame);
        long pts = frame.pts();
        long duration = frame.duration();
        boolean key = (frame.flags() & AVFrame.AV_FRAME_FLAG_KEY) != 0;
        Rational aspect = Ffmpeg.rational(avformat.av_guess_sample_aspect_ratio(context, stream, frame));
        Colour colour = ChromaDefault.in(
                layout.colour(frame), layout.format(), stream.codecpar().codec_id());
        return requireInRange(new TimedPicture(picture(frame, layout), pts, duration, key, aspect, colour));
    }

    /** Uncompressed files can contain anything, such as 10 bits in the upper bits of 16. */
    private TimedPicture requireInRange(TimedPicture timed) throws VideoException {
        PixelFormat format = timed.picture().format();
        if (!SampleRange.holds(timed.picture())) {
            timed.close();
            throw refused("samples up to " + format.maxSample() + " in " + format, "larger ones");
        }
        return timed;
    }

    private Picture picture(AVFrame frame, InputLayout layout) throws VideoException {
        if (layout.way() == InputLayout.Way.SAME) {
            return upright(frame, layout.format());
        }
        Picture picture = layout.way() == InputLayout.Way.SAMPLES
                ? samples.read(frame, layout)
                : AvPictures.wrap(
                        conversion.convert(frame, Ffmpeg.number(layout.format()), Ffmpeg.colour(frame)),
                        layout.format());
        avutil.av_frame_free(frame);
        return picture;
    }

    /** Some uncompressed formats count rows from below; nothing else here expects that. */
    private static Picture upright(AVFrame frame, PixelFormat format) {
        if (frame.linesize(0) > 0) {
            return AvPictures.wrap(frame, format);
        }
        AVFrame copy = AvPictures.allocateFrame(frame.format(), frame.width(), frame.height());
        avutil.av_frame_copy(copy, frame);
        avutil.av_frame_free(frame);
        return AvPictures.wrap(copy, format);
    }

    private InputLayout requireLayout(AVFrame frame) throws VideoException {
        Optional<InputLayout> layout = InputLayout.of(frame);
        if (layout.isEmpty()) {
            throw refused(
                    "pictures in memory",
                    "pixel format " + Ffmpeg.pixelFormatName(frame.format()) + ", which lies in a graphics card");
        }
        // A palette that becomes transparent on the way has no alpha: all pictures have one format.
        InputLayout chosen = layout.get().isPalette() && palette != null ? palette : layout.get();
        palette = chosen.isPalette() ? chosen : palette;
        if (chosen.sentence() != null) {
            remarks.add(chosen.sentence());
        }
        return chosen;
    }

    private VideoException refused(String expected, String found) {
        return new VideoException(source + ": expected " + expected + ", found " + found);
    }

    @Override
    public void close() {
        conversion.close();
        samples.close();
    }
}
