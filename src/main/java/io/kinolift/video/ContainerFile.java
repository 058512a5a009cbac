package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.FfmpegLog;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** A file that is being written: its container, one stream of pictures, and all else beside them. */
final class ContainerFile implements AutoCloseable {
    static final String FILE = "file:";

    private final String url;
    private final VideoSettings settings;
    /** Of sound that is in no file; or null. */
    private final SoundSupply supply;

    private final AVFormatContext context = new AVFormatContext(null);
    private final AVOutputFormat format;
    private AVStream stream;
    private SideStreams sides;
    private SoundStreams sound;
    private PacketSink sink;
    private List<String> missing = List.of();
    private boolean closed;

    /** @param url as of {@link VideoWriter#create(String, VideoSettings)} */
    ContainerFile(String url, VideoSettings settings, SoundSupply supply) throws VideoException {
        this.url = url;
        this.settings = settings;
        this.supply = supply;
        format = OutputFormat.find(settings.container());
        FfmpegLog.forget();
        check("a container", avformat.avformat_alloc_output_context2(context, format, (String) null, url));
        // 10 bits in YUV4MPEG are usual, and no standard.
        context.strict_std_compliance(avcodec.FF_COMPLIANCE_UNOFFICIAL);
    }

    AVOutputFormat format() {
        return format;
    }

    /** FFmpeg's short name of the container. */
    String name() {
        return format.name().getString();
    }

    /** Whether parameters of the encoder stand in the header only. */
    boolean wantsGlobalHeader() {
        return (format.flags() & avformat.AVFMT_GLOBALHEADER) != 0;
    }

    /** Whether pictures follow each other at one rate. */
    boolean hasConstantRate() {
        return (format.flags() & avformat.AVFMT_VARIABLE_FPS) == 0;
    }

    /** Adds the stream of pictures, whose parameters are yet to be set. */
    AVStream addVideo() {
        stream = avformat.avformat_new_stream(context, null);
        Rational tick = hasConstantRate()
                ? settings.frameRate().inverse()
                : ContainerClock.preferredTick(settings.timeBase(), settings.frameRate());
        Ffmpeg.set(stream.time_base(), tick, Integer.MAX_VALUE);
        Ffmpeg.set(stream.avg_frame_rate(), settings.frameRate(), Integer.MAX_VALUE);
        return stream;
    }

    /** Adds all else and writes the header. */
    void begin() throws VideoException {
        sink = new PacketSink(context, stream);
        if (settings.streams() != null && OutputFormat.holdsSound(format)) {
            sides = new SideStreams(settings.streams(), context, stream);
        }
        if (supply != null && OutputFormat.holdsSound(format)) {
            sound = new SoundStreams(supply, context);
        }
        if (!OutputFormat.opensItsFiles(format)) {
            AVIOContext io = new AVIOContext(null);
            check("a file that can be written", avformat.avio_open(io, url, avformat.AVIO_FLAG_WRITE));
            context.pb(io);
        }
        MuxerOptions.sharpenEditLists(context);
        AVDictionary options = sides == null ? new AVDictionary(null) : sides.options();
        MuxerOptions.add(options, context, url);
        int begun = avformat.avformat_write_header(context, options);
        avutil.av_dict_free(options);
        check("streams that " + settings.container() + " can hold", begun);
        if (sides != null) {
            sides.begin();
        }
        Rational tick = tick();
        if (settings.frameRate().multiply(tick).compareTo(Rational.ONE) > 0) {
            throw new VideoException("expected at most " + tick.inverse() + " frames per second in "
                    + settings.container() + ", found " + settings.frameRate() + " (a name ending in .mp4 holds them)");
        }
    }

    /** Seconds, as the container has agreed to. */
    Rational tick() {
        return Ffmpeg.rational(stream.time_base());
    }

    /**
     * Writes a packet of pictures, after all else that comes before it.
     *
     * @param packet in ticks; is empty afterwards
     * @param micros its time in the clock of the sound
     */
    void write(AVPacket packet, long micros) throws VideoException {
        if (sides != null) {
            sides.copyUntil(micros);
        }
        if (sound != null) {
            sound.copyUntil(micros);
        }
        sink.writeAsTimed(packet);
    }

    /** Writes the rest of the other streams, and the file's index. */
    void finish(long endMicros) throws VideoException {
        if (sides != null) {
            sides.copyUntil(Long.MAX_VALUE);
        }
        if (sound != null) {
            sound.finish(endMicros);
        }
        check("to finish the file", avformat.av_write_trailer(context));
        if (context.pb() != null) {
            check("to finish the file", avformat.avio_closep(context.pb()));
            context.pb(null);
        }
        if ((sides != null || sound != null) && url.startsWith(FILE)) {
            missing = ReadBack.missing(context, Path.of(url.substring(FILE.length())), stream.index());
        }
    }

    /** What becomes of other streams besides what was asked for, one line each. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        String shortName = name().split(",", -1)[0];
        if (sides != null) {
            remarks.addAll(sides.remarks());
        }
        if (settings.streams() != null && sides == null) {
            remarks.add(
                    "sound, subtitles and metadata of the input are left out: " + shortName + " holds pictures only");
        }
        if (sound != null) {
            remarks.addAll(sound.remarks());
        } else if (supply != null) {
            remarks.add("sound is left out: " + shortName + " holds pictures only");
        }
        return remarks;
    }

    /** What the finished file lacks although it was given to it. */
    List<String> missing() {
        return missing;
    }

    static void check(String expected, int code) throws VideoException {
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
        if (sides != null) {
            sides.close();
        }
        if (sound != null) {
            sound.close();
        }
        if (!context.isNull()) {
            if (context.pb() != null) {
                avformat.avio_closep(context.pb());
                context.pb(null);
            }
            avformat.avformat_free_context(context);
        }
    }
}
