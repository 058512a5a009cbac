package io.kinolift.video;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.FfmpegLog;
import io.kinolift.ffmpeg.Interleaving;
import io.kinolift.ffmpeg.LayoutConversion;
import io.kinolift.ffmpeg.LayoutWriter;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The encoder of a video file. It counts frames at the nominal rate, so that no encoder gets a time base that it cannot
 * write, or takes a variable rate for a change of motion. Real times are put on its packets afterwards.
 */
final class VideoEncoder implements AutoCloseable {
    private final VideoSettings settings;
    private final AVCodec codec;
    private final EncoderFormat format;
    private final LayoutConversion conversion;
    private final LayoutWriter samples;
    /** Null if pictures keep their alpha, or have none. */
    private final Composition composition;

    private final Colour colour;
    /** Colours of GIF; null for all others. */
    private final GifPalette palette;

    private final int width;
    private final int height;
    private final AVCodecContext context;
    private long count;

    /** @throws VideoException if there is no such encoder, or it cannot take such pictures */
    VideoEncoder(VideoSettings settings, boolean globalHeader) throws VideoException {
        this.settings = settings;
        codec = find(settings.videoCodec());
        requireChoice();
        width = isOpenH264() ? even(settings.width()) : settings.width();
        height = isOpenH264() ? even(settings.height()) : settings.height();
        format = EncoderFormat.of(codec, settings);
        conversion = new LayoutConversion();
        samples = new LayoutWriter();
        composition = format.isComposed() ? composition() : null;
        colour = format.colour(settings.colour(), settings.height());
        palette = codec.id() == avcodec.AV_CODEC_ID_GIF ? new GifPalette() : null;
        context = avcodec.avcodec_alloc_context3(codec);
        EncoderTuning tuning = new EncoderTuning(codec, settings, context, format.hasAlpha());
        configure(globalHeader, tuning);
        settings.sideData().forSize(width, height).addTo(context);
        AVDictionary options = tuning.options();
        settings.encoder().options().forEach((name, value) -> avutil.av_dict_set(options, name, value, 0));
        FfmpegLog.forget();
        int code = avcodec.avcodec_open2(context, codec, options);
        String unknown = settings.encoder().options().keySet().stream()
                .filter(name -> avutil.av_dict_get(options, name, null, 0) != null)
                .findFirst()
                .orElse(null);
        avutil.av_dict_free(options);
        if (code >= 0 && unknown != null) {
            close();
            throw new VideoException("expected options that " + codec.name().getString() + " has, found \"" + unknown
                    + "\": " + Ffmpeg.error(avutil.AVERROR_OPTION_NOT_FOUND()));
        }
        if (code < 0) {
            close();
            throw new VideoException("expected " + settings.videoCodec() + " to encode " + settings.pixelFormat() + " "
                    + width + "x" + height + ", found " + FfmpegLog.reason(code));
        }
    }

    private Composition composition() {
        Background background = settings.encoder().background() == null
                ? Background.BLACK
                : settings.encoder().background();
        return new Composition(settings.pixelFormat(), background, settings.colour(), settings.height());
    }

    /** @throws VideoException if there is no such encoder of video */
    static AVCodec find(String name) throws VideoException {
        Ffmpeg.quiet();
        AVCodec codec = avcodec.avcodec_find_encoder_by_name(name.equals("h264") ? "libopenh264" : name);
        if (codec == null) {
            var descriptor = avcodec.avcodec_descriptor_get_by_name(name);
            codec = descriptor == null ? null : avcodec.avcodec_find_encoder(descriptor.id());
        }
        if (codec == null || codec.type() != avutil.AVMEDIA_TYPE_VIDEO) {
            throw new VideoException("expected a video encoder of FFmpeg, found \"" + name + "\"");
        }
        return codec;
    }

    private void requireChoice() throws VideoException {
        if (codec.name().getString().matches(".*_(vaapi|vulkan)")) {
            throw new VideoException("expected an encoder that takes pictures from the processor's memory, found "
                    + codec.name().getString() + " (nvenc, qsv and v4l2m2m ones do)");
        }
        var descriptor = avcodec.avcodec_descriptor_get(codec.id());
        boolean lossy = descriptor == null || (descriptor.props() & avcodec.AV_CODEC_PROP_LOSSY) != 0;
        if (settings.encoder().bitrate() > 0 && !lossy) {
            throw new VideoException("expected a codec whose size can be chosen for --bitrate, found "
                    + codec.name().getString() + ", which keeps every sample");
        }
        if (settings.encoder().options().containsKey("bf")) {
            throw new VideoException(
                    "expected encoder options without bf, found it: pictures are stored in the order in"
                            + " which they are shown");
        }
    }

    private boolean isOpenH264() {
        return codec.name().getString().equals("libopenh264");
    }

    /** The last column or row is left out; one alone is left to the encoder to refuse. */
    private static int even(int length) {
        return length > 1 ? length - length % 2 : length;
    }

    /** What becomes of the pictures besides their encoding, one line each. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (width != settings.width() || height != settings.height()) {
            remarks.add(settings.width() + "x" + settings.height() + " is written as " + width + "x" + height + ": "
                    + settings.videoCodec() + " has even sizes only, the last column or row is left out");
        }
        if (palette == null) {
            remarks.addAll(format.remarks(settings));
        } else {
            remarks.add(settings.pixelFormat() + " is written in 256 colours, which gif encodes");
        }
        return remarks;
    }

    boolean isVpx() {
        return codec.name().getString().startsWith("libvpx");
    }

    /** Whether transparent pictures stay so. */
    boolean hasAlpha() {
        return format.hasAlpha();
    }

    private void configure(boolean globalHeader, EncoderTuning tuning) {
        context.width(width).height(height).pix_fmt(palette != null ? GifPalette.LAYOUT : format.number());
        // MPEG-4 counts time in 16 bits.
        Ffmpeg.set(context.framerate(), settings.frameRate(), 65_535);
        context.time_base().num(context.framerate().den());
        context.time_base().den(context.framerate().num());
        Ffmpeg.set(context.sample_aspect_ratio(), settings.sampleAspectRatio(), 65_535);
        Ffmpeg.setColour(context, colour);
        context.max_b_frames(0);
        context.thread_count(settings.threads());
        // Threads that work on several frames would keep pictures longer than the caller allows.
        context.thread_type(AVCodecContext.FF_THREAD_SLICE);
        context.strict_std_compliance(avcodec.FF_COMPLIANCE_UNOFFICIAL);
        if (globalHeader) {
            context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        tuning.configure();
    }

    /** FFmpeg's name of the layout that is encoded. */
    String layout() {
        return Ffmpeg.pixelFormatName(format.number());
    }

    String size() {
        return width + "x" + height;
    }

    AVCodecContext context() {
        return context;
    }

    /** Hands over the next picture; null says that there are no more. */
    void send(Picture picture) throws VideoException {
        AVFrame frame = picture == null ? null : toFrame(picture);
        if (frame != null && palette != null) {
            frame = palette.convert(frame);
        }
        FfmpegLog.forget();
        int code = avcodec.avcodec_send_frame(context, frame);
        if (frame != null) {
            avutil.av_frame_free(frame);
        }
        if (code < 0) {
            throw new VideoException("expected " + settings.videoCodec() + " to encode frame " + (count - 1)
                    + ", found " + FfmpegLog.reason(code));
        }
    }

    private AVFrame toFrame(Picture picture) throws VideoException {
        if (picture.format() != settings.pixelFormat()
                || picture.width() != settings.width()
                || picture.height() != settings.height()) {
            throw new VideoException("expected pictures of " + settings.pixelFormat() + " " + settings.width() + "x"
                    + settings.height() + ", found " + picture.format() + " " + picture.width() + "x"
                    + picture.height());
        }
        AVFrame frame = composition == null ? fill(cut(picture)) : fillOpaque(cut(picture));
        Ffmpeg.setColour(frame, colour);
        frame.pts(count++);
        frame.duration(1);
        frame.quality(context.global_quality());
        return frame;
    }

    private AVFrame fillOpaque(Picture picture) throws VideoException {
        try (Picture opaque = composition.compose(picture)) {
            // The picture is gone before the encoder is done with a frame over its memory.
            return format.way() == EncoderFormat.Way.ORDER ? copy(opaque, format.own()) : fill(opaque);
        }
    }

    private AVFrame fill(Picture picture) throws VideoException {
        return switch (format.way()) {
            case ORDER -> reorder(picture);
            case SAMPLES -> samples.write(picture, format.number());
            case SCALER -> convert(picture);
        };
    }

    /** The same memory, without an odd column or row that the encoder has no place for. */
    private Picture cut(Picture picture) {
        if (picture.width() == width && picture.height() == height) {
            return picture;
        }
        PixelFormat pixels = picture.format();
        List<Plane> planes = new ArrayList<>();
        for (int i = 0; i < picture.planes().size(); i++) {
            Plane plane = picture.plane(i);
            planes.add(Plane.of(pixels, i, plane.data(), width, height, plane.stride()));
        }
        return new Picture(pixels, width, height, planes, () -> {});
    }

    private AVFrame reorder(Picture picture) {
        boolean delays = (codec.capabilities() & avcodec.AV_CODEC_CAP_DELAY) != 0;
        return picture.format() == format.own() && AvPictures.isAligned(picture) && !delays
                ? AvPictures.borrow(picture)
                : copy(picture, format.own());
    }

    private AVFrame convert(Picture picture) throws VideoException {
        AVFrame frame = AvPictures.isAligned(picture) ? AvPictures.borrow(picture) : copy(picture, picture.format());
        try {
            Ffmpeg.setColour(frame, settings.colour());
            return conversion.convert(frame, format.number(), colour);
        } finally {
            avutil.av_frame_free(frame);
        }
    }

    private AVFrame copy(Picture picture, PixelFormat pixels) {
        AVFrame frame = AvPictures.allocateFrame(Ffmpeg.number(pixels), width, height);
        // The view is never closed: the frame goes on to the encoder.
        Interleaving.move(picture, AvPictures.wrap(frame, pixels));
        return frame;
    }

    @Override
    public void close() {
        conversion.close();
        samples.close();
        avcodec.avcodec_free_context(context);
    }
}
