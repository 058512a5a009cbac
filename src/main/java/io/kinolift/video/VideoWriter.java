package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.FfmpegLog;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Writes pictures to a video file, and another file's audio beside them. The container determines the ticks: mp4 and mov
 * take any, mkv and webm have milliseconds, MPEG-TS has 1/90000 s, avi has one rate. A time is the nearest tick to the
 * exact one, and times strictly increase in all of them.
 * One instance is for one thread at a time. A file that is not finished is not playable.
 */
public final class VideoWriter implements AutoCloseable {
    private static final Rational MICROSECOND = Rational.of(1, 1_000_000);

    private final VideoSettings settings;
    private final AVFormatContext context = new AVFormatContext(null);
    private final AVPacket packet = avcodec.av_packet_alloc();
    /** Times of the pictures inside the encoder, by its own count. */
    private final Map<Long, Time> times = new HashMap<>();

    private VideoEncoder encoder;
    private AudioCopy audio;
    private AVStream stream;
    private ContainerClock clock;
    private long count;
    private boolean closed;

    /** When a picture is shown: in the container's ticks, and in the clock of the audio. */
    private record Time(long tick, long ticks, long micros) {}

    private VideoWriter(VideoSettings settings) {
        this.settings = settings;
    }

    /**
     * Creates a file and writes its header.
     *
     * @param file is replaced
     * @throws VideoException if the container, the codec or the audio is refused, or the file cannot be written
     */
    public static VideoWriter create(Path file, VideoSettings settings) throws VideoException {
        VideoWriter writer = new VideoWriter(settings);
        boolean opened = false;
        try {
            writer.open(file);
            opened = true;
            return writer;
        } finally {
            if (!opened) {
                writer.close();
            }
        }
    }

    /** The codec that suits a file name, for pictures of 4:2:0 and 8 bits: mjpeg for avi, vp9 for webm, else h264. */
    public static String defaultCodec(Path file) {
        return UsualCodecs.common(file.getFileName().toString());
    }

    /**
     * The settings with a codec that takes such pictures: the one they name, or where that is empty, the usual one of the
     * container that loses no chroma or depth.
     *
     * @throws VideoException if there is none
     */
    public static VideoSettings withCodec(VideoSettings settings) throws VideoException {
        if (!settings.videoCodec().isEmpty()) {
            new VideoEncoder(settings, true).close();
            return settings;
        }
        if (EncoderFormat.keepsAlpha(settings)) {
            Optional<VideoSettings> kept = firstThatOpens(settings, UsualCodecs.of(settings, true), true);
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        List<String> codecs = UsualCodecs.of(settings, false);
        return firstThatOpens(settings, codecs, false)
                .orElseThrow(() -> new VideoException(settings.container() + ": expected a codec that loses nothing of "
                        + settings.pixelFormat() + " " + settings.width() + "x" + settings.height() + ", found none"
                        + (codecs.isEmpty() ? "" : " of " + codecs)
                        + UsualCodecs.withLoss(settings)
                        + "; a name ending in .mkv, with --video-codec ffv1, holds any picture"));
    }

    private static Optional<VideoSettings> firstThatOpens(VideoSettings settings, List<String> codecs, boolean alpha) {
        return codecs.stream()
                .map(settings::withVideoCodec)
                .filter(chosen -> opens(chosen, alpha))
                .findFirst();
    }

    /** An encoder may still refuse the size. */
    private static boolean opens(VideoSettings settings, boolean alpha) {
        try (VideoEncoder encoder = new VideoEncoder(settings, true)) {
            return encoder.hasAlpha() == alpha;
        } catch (VideoException _) {
            return false;
        }
    }

    /** What becomes of pictures and audio besides what was asked for, one line each. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(encoder.remarks());
        UnsaidMatrix.remark(context.oformat(), encoder.context()).ifPresent(remarks::add);
        if (audio != null) {
            remarks.addAll(audio.remarks());
        }
        return remarks;
    }

    private void open(Path file) throws VideoException {
        Ffmpeg.quiet();
        AVOutputFormat format = container();
        FfmpegLog.forget();
        check("a container", avformat.avformat_alloc_output_context2(context, format, (String) null, "file:" + file));
        encoder = new VideoEncoder(settings, (format.flags() & avformat.AVFMT_GLOBALHEADER) != 0);
        if (avformat.avformat_query_codec(format, encoder.context().codec_id(), avcodec.FF_COMPLIANCE_NORMAL) == 0) {
            throw new VideoException("expected a video codec that " + settings.container() + " can hold, found "
                    + settings.videoCodec());
        }
        addStream(format);
        if (settings.audioSource() != null) {
            audio = new AudioCopy(settings.audioSource(), context);
        }
        AVIOContext io = new AVIOContext(null);
        check("a file that can be written", avformat.avio_open(io, "file:" + file, avformat.AVIO_FLAG_WRITE));
        context.pb(io);
        check(
                "streams that " + settings.container() + " can hold",
                avformat.avformat_write_header(context, (AVDictionary) null));
        Rational tick = Ffmpeg.rational(stream.time_base());
        if (settings.frameRate().multiply(tick).compareTo(Rational.ONE) > 0) {
            throw new VideoException("expected at most " + tick.inverse() + " frames per second in "
                    + settings.container() + ", found " + settings.frameRate() + " (a name ending in .mp4 holds them)");
        }
        clock = new ContainerClock(tick);
    }

    private AVOutputFormat container() throws VideoException {
        AVOutputFormat format = avformat.av_guess_format(settings.container(), null, null);
        if (format == null) {
            format = avformat.av_guess_format(null, "video." + settings.container(), null);
        }
        if (format == null) {
            throw new VideoException("expected a container that FFmpeg writes, found \"" + settings.container() + "\"");
        }
        return format;
    }

    private void addStream(AVOutputFormat format) {
        stream = avformat.avformat_new_stream(context, null);
        avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder.context());
        boolean constantRate = (format.flags() & avformat.AVFMT_VARIABLE_FPS) == 0;
        Rational tick = constantRate
                ? settings.frameRate().inverse()
                : ContainerClock.preferredTick(settings.timeBase(), settings.frameRate());
        Ffmpeg.set(stream.time_base(), tick, Integer.MAX_VALUE);
        Ffmpeg.set(stream.avg_frame_rate(), settings.frameRate(), Integer.MAX_VALUE);
        if (encoder.hasAlpha() && encoder.isVpx()) {
            // Matroska's mark of a second picture beside the first; other containers leave it out.
            AVDictionary metadata = stream.metadata() == null ? new AVDictionary(null) : stream.metadata();
            avutil.av_dict_set(metadata, "alpha_mode", "1", 0);
            stream.metadata(metadata);
        }
        stream.sample_aspect_ratio(encoder.context().sample_aspect_ratio());
        if (settings.rotation() != 0) {
            addRotation();
        }
    }

    /** Writes the rotation as a display matrix; containers that have no place for one drop it. */
    private void addRotation() {
        try (IntPointer count = new IntPointer(1).put(stream.codecpar().nb_coded_side_data());
                PointerPointer<AVPacketSideData> list = new PointerPointer<>(1)) {
            list.put(0, stream.codecpar().coded_side_data());
            AVPacketSideData added = avcodec.av_packet_side_data_new(
                    list, count, avcodec.AV_PKT_DATA_DISPLAYMATRIX, 9L * Integer.BYTES, 0);
            avutil.av_display_rotation_set(new IntPointer(added.data()), settings.rotation());
            stream.codecpar()
                    .coded_side_data(list.get(AVPacketSideData.class, 0))
                    .nb_coded_side_data(count.get());
        }
    }

    /**
     * Encodes a picture.
     *
     * @param picture of the settings' format and size; stays the caller's, and is not read afterwards
     * @param pts in the settings' time base; where it is not larger than the last, the picture gets the next tick
     * @param duration in the settings' time base; 0 when unknown
     */
    public void write(Picture picture, long pts, long duration) throws VideoException {
        write(picture, pts, duration, settings.timeBase());
    }

    /** As {@link #write(Picture, long, long)}, for a picture with a time base of its own. */
    public void write(Picture picture, long pts, long duration, Rational timeBase) throws VideoException {
        times.put(count++, time(pts, duration, timeBase));
        encoder.send(picture);
        drain();
    }

    private Time time(long pts, long duration, Rational timeBase) throws VideoException {
        try {
            long tick = clock.place(pts, timeBase);
            long ticks = duration == 0 ? 0 : clock.until(Math.addExact(pts, duration), timeBase);
            return new Time(tick, ticks, Ticks.nearest(pts, timeBase, MICROSECOND));
        } catch (ArithmeticException _) {
            throw new VideoException("expected a time that " + settings.container() + " can hold, found " + pts
                    + " times " + timeBase + " s");
        }
    }

    /** Writes what is still inside the encoder, the rest of the audio, and the file's index. */
    public void finish() throws VideoException {
        encoder.send(null);
        drain();
        if (audio != null) {
            audio.copyUntil(Long.MAX_VALUE);
        }
        check("to finish the file", avformat.av_write_trailer(context));
        check("to finish the file", avformat.avio_closep(context.pb()));
        context.pb(null);
    }

    private void drain() throws VideoException {
        while (true) {
            int code = avcodec.avcodec_receive_packet(encoder.context(), packet);
            if (code == avutil.AVERROR_EAGAIN() || code == avutil.AVERROR_EOF()) {
                return;
            }
            check("an encoded picture", code);
            Time time = times.remove(packet.pts());
            if (audio != null) {
                audio.copyUntil(time.micros());
            }
            // Without frames in another order, a picture is decoded when it is shown.
            packet.pts(time.tick()).dts(time.tick()).duration(time.ticks()).stream_index(stream.index());
            check("to write a picture", avformat.av_interleaved_write_frame(context, packet));
        }
    }

    private static void check(String expected, int code) throws VideoException {
        if (code < 0) {
            throw new VideoException("expected " + expected + ", found " + FfmpegLog.reason(code));
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (encoder != null) {
            encoder.close();
        }
        if (audio != null) {
            audio.close();
        }
        if (!context.isNull()) {
            if (context.pb() != null) {
                avformat.avio_closep(context.pb());
                context.pb(null);
            }
            avformat.avformat_free_context(context);
        }
        avcodec.av_packet_free(packet);
    }
}
