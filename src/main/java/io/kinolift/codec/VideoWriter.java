package io.kinolift.codec;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Writes pictures to a video file, and another file's audio beside them. Times are exact if the container can hold
 * them: mp4 and mov can, mkv and webm have milliseconds, avi has one rate. Times strictly increase in all of them.
 * One instance is for one thread at a time. A file that is not finished is not playable.
 */
public final class VideoWriter implements AutoCloseable {
    private final VideoSettings settings;
    private final AVFormatContext context = new AVFormatContext(null);
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVRational timeBase = new AVRational();
    /** Times of the pictures inside the encoder, by its own count. */
    private final Map<Long, long[]> times = new HashMap<>();

    private VideoEncoder encoder;
    private AudioCopy audio;
    private AVStream stream;
    private long count;
    private long lastPts = PictureClock.UNKNOWN;
    private long lastWritten = PictureClock.UNKNOWN;
    private boolean closed;

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

    /** The codec that suits a file name: mjpeg for avi, vp9 for webm, h264 for all others. */
    public static String defaultCodec(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".avi") ? "mjpeg" : name.endsWith(".webm") ? "vp9" : "h264";
    }

    private void open(Path file) throws VideoException {
        Ffmpeg.quiet();
        AVOutputFormat format = container();
        check("a container", avformat.avformat_alloc_output_context2(context, format, (String) null, file.toString()));
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
        check("a file that can be written", avformat.avio_open(io, file.toString(), avformat.AVIO_FLAG_WRITE));
        context.pb(io);
        check(
                "streams that " + settings.container() + " can hold",
                avformat.avformat_write_header(context, (AVDictionary) null));
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
        Ffmpeg.set(timeBase, settings.timeBase(), Integer.MAX_VALUE);
        boolean constantRate = (format.flags() & avformat.AVFMT_VARIABLE_FPS) == 0;
        Rational unit = constantRate ? settings.frameRate().inverse() : settings.timeBase();
        Ffmpeg.set(stream.time_base(), unit, Integer.MAX_VALUE);
        Ffmpeg.set(stream.avg_frame_rate(), settings.frameRate(), Integer.MAX_VALUE);
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
     * @param pts larger than the last, in the settings' time base
     * @param duration in the settings' time base; 0 when unknown
     */
    public void write(Picture picture, long pts, long duration) throws VideoException {
        if (lastPts != PictureClock.UNKNOWN && pts <= lastPts) {
            throw new VideoException("expected a pts above " + lastPts + ", found " + pts);
        }
        lastPts = pts;
        times.put(count++, new long[] {pts, duration});
        encoder.send(picture);
        drain();
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
            long[] time = times.remove(packet.pts());
            if (audio != null) {
                audio.copyUntil(Ffmpeg.micros(time[0], timeBase));
            }
            // Without frames in another order, a picture is decoded when it is shown.
            packet.pts(time[0]).dts(time[0]).duration(time[1]).stream_index(stream.index());
            avcodec.av_packet_rescale_ts(packet, timeBase, stream.time_base());
            if (lastWritten != PictureClock.UNKNOWN && packet.pts() <= lastWritten) {
                packet.pts(lastWritten + 1).dts(lastWritten + 1);
            }
            lastWritten = packet.pts();
            check("to write a picture", avformat.av_interleaved_write_frame(context, packet));
        }
    }

    private static void check(String expected, int code) throws VideoException {
        if (code < 0) {
            throw new VideoException("expected " + expected + ", found " + Ffmpeg.error(code));
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
        timeBase.close();
    }
}
