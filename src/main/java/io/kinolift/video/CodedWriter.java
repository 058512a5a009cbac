package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Rational;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;

/**
 * Writes pictures to a video file as they are, without decoding them. They come in the order of decoding, beginning with
 * one that decoding can begin with. One instance is for one thread at a time. A file that is not finished is not playable.
 */
public final class CodedWriter implements AutoCloseable {
    /** Those whose payloads are also what containers hold. */
    private static final Set<Codec> CODECS =
            EnumSet.of(Codec.JPEG, Codec.PNG, Codec.H264, Codec.HEVC, Codec.VP9, Codec.AV1);

    private final VideoSettings settings;
    private final ContainerFile file;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private Rational tick;
    private long lastTick = Long.MIN_VALUE;
    private long endMicros = Long.MIN_VALUE;
    private boolean closed;

    private CodedWriter(String url, VideoSettings settings, SoundSupply supply) throws VideoException {
        this.settings = settings;
        this.file = new ContainerFile(url, settings, supply);
    }

    /**
     * Begins to write to a place.
     *
     * @param url as of {@link VideoWriter#create(String, VideoSettings)}
     * @param settings its encoder is not used
     * @param first the frame that will be written first
     * @param supply of sound that comes packet by packet; null for none
     * @throws VideoException if the container cannot hold such frames, or the place cannot be written to
     */
    public static CodedWriter create(String url, VideoSettings settings, EncodedFrame first, SoundSupply supply)
            throws VideoException {
        CodedWriter writer = new CodedWriter(url, settings, supply);
        boolean opened = false;
        try {
            writer.open(first);
            opened = true;
            return writer;
        } finally {
            if (!opened) {
                writer.close();
            }
        }
    }

    private void open(EncodedFrame first) throws VideoException {
        FrameFormat format = first.format();
        if (!CODECS.contains(format.codec())) {
            throw new VideoException("expected frames of one of " + CODECS + " to write them as they are, found "
                    + format.codec() + " (another --video-codec encodes them)");
        }
        int codec = Ffmpeg.codecNumber(format.codec());
        if (OutputFormat.isWithoutTimes(file.format())
                || avformat.avformat_query_codec(file.format(), codec, avcodec.FF_COMPLIANCE_NORMAL) == 0) {
            throw new VideoException("expected a container that holds " + format.codec() + ", found "
                    + settings.container() + " (a name ending in .mkv does)");
        }
        AVStream stream = file.addVideo();
        CodedParameters.set(stream.codecpar(), format, first.payload());
        stream.sample_aspect_ratio(stream.codecpar().sample_aspect_ratio());
        settings.sideData().forSize(format.width(), format.height()).addTo(stream.codecpar());
        file.begin();
        tick = file.tick();
    }

    /**
     * Writes the next frame in the order of decoding.
     *
     * @throws VideoException if its place in time is not known, or the file cannot be written
     */
    public void write(EncodedFrame frame) throws VideoException {
        boolean timed = frame.dts() != EncodedFrame.NO_DTS;
        long dts = timed ? frame.dts() : frame.pts();
        if (file.hasConstantRate() && dts != frame.pts()) {
            throw new VideoException("expected frames in the order of display for " + file.name()
                    + ", which has one rate, found frame " + frame.sequence() + " in another (a name ending in .mkv"
                    + " holds them)");
        }
        long shown = ticks(frame.pts(), frame.timeBase());
        long decoded = ticks(dts, frame.timeBase());
        if (!timed && decoded <= lastTick && lastTick - decoded > 1) {
            throw new VideoException("expected a dts with frames that are not in the order of display, found none at"
                    + " frame " + frame.sequence());
        }
        // Containers want times that rise, also where ticks are coarse or a session begins before the last one's end.
        lastTick = Math.max(decoded, lastTick == Long.MIN_VALUE ? decoded : lastTick + 1);
        long ticks = frame.duration() == 0 ? 0 : ticks(frame.pts() + frame.duration(), frame.timeBase()) - shown;
        CodedParameters.fill(packet, frame.payload());
        packet.dts(lastTick)
                .pts(Math.max(shown, lastTick))
                .duration(Math.max(0, ticks))
                .flags(frame.keyFrame() ? avcodec.AV_PKT_FLAG_KEY : 0);
        endMicros = Math.max(
                endMicros, Ticks.nearest(frame.pts() + frame.duration(), frame.timeBase(), Rational.MICROSECOND));
        file.write(packet, Ticks.nearest(dts, frame.timeBase(), Rational.MICROSECOND));
    }

    private long ticks(long time, Rational unit) throws VideoException {
        try {
            return Ticks.nearest(time, unit, tick);
        } catch (ArithmeticException _) {
            throw new VideoException("expected a time that " + settings.container() + " can hold, found " + time
                    + " times " + unit + " s");
        }
    }

    /** Writes the rest of the other streams, and the file's index. */
    public void finish() throws VideoException {
        file.finish(endMicros);
    }

    /** What becomes of other streams besides what was asked for, one line each. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(file.remarks());
        remarks.addAll(file.missing());
        return remarks;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        file.close();
        avcodec.av_packet_free(packet);
    }
}
