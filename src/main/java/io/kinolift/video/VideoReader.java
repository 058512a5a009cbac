package io.kinolift.video;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Reads the pictures of a file, device or URL in order of display. Their times begin with the source's earliest stream,
 * so that those of sound and pictures fit together. One instance is for one thread at a time; the
 * decoder has threads of its own. Pictures outlive the reader.
 */
public final class VideoReader implements PictureSource {
    private static final Rational MICROSECOND = Rational.of(1, 1_000_000);
    /** Pictures right after a key frame that is not the first may need one before it. */
    private static final long LEAD_MICROS = 1_000_000;

    private final Source source;
    private final MediaInput input;
    private final AVStream stream;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVCodecContext context;
    private final PictureClock clock;
    private final Deinterlacer deinterlacer;
    private final PacketsAside rest;
    private final StatedLength length;
    private final FrameIntake intake;
    private final VideoInfo info;
    private final UncarriedSideData uncarried;
    private PictureSideData sideData;
    private List<PictureSideData.Item> packetSideData = List.of();
    private TimedPicture first;
    private boolean packetPending;
    private boolean drained;
    private boolean closed;
    private int jumpsSeen;
    /** Where pictures after a jump of the container's clock begin; {@link PictureClock#UNKNOWN} if none is awaited. */
    private long jumpsTo = PictureClock.UNKNOWN;

    private long frames;
    private long damagedFrames;
    private long failedPackets;

    private VideoReader(
            Source source, MediaInput input, AVStream stream, ReaderLimits limits, boolean keepsRest, long startMicros)
            throws VideoException {
        this.source = source;
        this.input = input;
        this.stream = stream;
        context = avcodec.avcodec_alloc_context3(null);
        uncarried = new UncarriedSideData(stream.codecpar());
        length = new StatedLength(input, stream);
        intake = new FrameIntake(source, input.context(), stream);
        deinterlacer = new Deinterlacer(source, Ffmpeg.rational(stream.time_base()), limits.threads());
        rest = keepsRest && !input.isRepeatable() ? input.keepOthers() : null;
        boolean opened = false;
        try {
            input.skipAllBut(index -> index == stream.index());
            openDecoder(limits);
            Rational rate = Ffmpeg.rational(avformat.av_guess_frame_rate(input.context(), stream, null));
            clock = new PictureClock(stepOf(rate), input.isWithoutTimes());
            if (startMicros > 0 && input.isRepeatable()) {
                input.seek(startMicros);
            }
            first = decodeNext();
            if (first == null) {
                throw refused("a video", "not one picture that decodes");
            }
            VideoInfo stored = describe(rate);
            info = source.deinterlace() == Deinterlace.FIELD ? stored.timesRate(Rational.of(2)) : stored;
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    /** Opens a video that says everything itself; interlaced frames are refused. */
    public static VideoReader open(String source, ReaderLimits limits) throws VideoException {
        return open(Source.of(source), limits);
    }

    /**
     * Opens a video and reads its properties.
     *
     * @throws VideoException if there is no video
     */
    public static VideoReader open(Source source, ReaderLimits limits) throws VideoException {
        return open(source, limits, StreamChoice.BEST, false);
    }

    /** As {@link PictureSource#openNear}. */
    static VideoReader openNear(Source source, ReaderLimits limits, long startMicros) throws VideoException {
        VideoReader reader = open(source, limits, StreamChoice.BEST, false, Math.max(0, startMicros - LEAD_MICROS));
        if (reader.first.pts() <= Ticks.nearest(startMicros, MICROSECOND, reader.timeBase())) {
            return reader;
        }
        // Transport streams have no index: FFmpeg guesses, and may land behind.
        boolean again = reader.isRepeatable();
        if (again) {
            reader.close();
        }
        return again ? open(source, limits) : reader;
    }

    /**
     * As {@link #open(Source, ReaderLimits)}; what else is in the source is kept for {@link #rest()}.
     *
     * @param video which of its video streams that are no covers, counted from 0; a negative number leaves it to FFmpeg
     */
    public static VideoReader openAndKeepRest(Source source, ReaderLimits limits, int video) throws VideoException {
        return open(source, limits, video, true);
    }

    private static VideoReader open(Source source, ReaderLimits limits, int video, boolean keepsRest)
            throws VideoException {
        return open(source, limits, video, keepsRest, 0);
    }

    private static VideoReader open(Source source, ReaderLimits limits, int video, boolean keepsRest, long startMicros)
            throws VideoException {
        MediaInput input = MediaInput.open(source);
        return new VideoReader(source, input, input.videoStream(video), limits, keepsRest, startMicros);
    }

    /**
     * The source once more, for what is not its pictures. Where it cannot be opened twice, that is what this reader has kept;
     * then this reader must be open for as long, and one thread may read pictures while another reads the rest.
     */
    public Source rest() {
        return source.withRest(rest);
    }

    @Override
    public boolean isRepeatable() {
        return input.isRepeatable();
    }

    @Override
    public String breakage() {
        return drained && input.isCut() ? "reading failed" : null;
    }

    @Override
    public List<String> remarks() {
        List<String> lines = new ArrayList<>(intake.remarks());
        lines.addAll(uncarried.lines());
        if (deinterlacer.remark() != null) {
            lines.add(deinterlacer.remark());
        }
        return lines;
    }

    public VideoInfo info() {
        return info;
    }

    /**
     * The next picture, or null after the last. Its size may differ from the one before.
     *
     * @throws VideoException if the picture is interlaced and that is refused, or has samples beyond their depth, such as
     *     10 bits above 1023
     */
    @Override
    public TimedPicture next() throws VideoException {
        if (first != null) {
            TimedPicture picture = first;
            first = null;
            return picture;
        }
        return decodeNext();
    }

    @Override
    public Rational timeBase() {
        return info.timeBase();
    }

    @Override
    public long promisedFrames() {
        return info.promisedFrames();
    }

    /** The counts up to now; complete once {@link #next()} has returned null. */
    public ReadReport report() {
        long promised = length.promisedFrames();
        boolean missing = drained && (promised > frames + failedPackets || length.endsBefore(clock.last()));
        return new ReadReport(
                frames,
                damagedFrames,
                failedPackets,
                promised,
                clock.repaired(),
                input.jumps(),
                input.isBroken() || missing);
    }

    private void openDecoder(ReaderLimits limits) throws VideoException {
        AVCodec codec = InputDecoder.of(stream);
        if (codec == null) {
            throw refused(
                    "a video codec that FFmpeg decodes",
                    avcodec.avcodec_get_name(stream.codecpar().codec_id()).getString());
        }
        avcodec.avcodec_parameters_to_context(context, stream.codecpar());
        context.thread_count(limits.threads());
        context.pkt_timebase(stream.time_base());
        context.max_pixels(limits.maxPixels());
        requireAffordable(context.width(), context.height(), limits);
        int code = avcodec.avcodec_open2(context, codec, (AVDictionary) null);
        if (code < 0) {
            throw refused("a video that FFmpeg decodes", Ffmpeg.error(code));
        }
    }

    private void requireAffordable(long width, long height, ReaderLimits limits) throws VideoException {
        if (width * height > limits.maxPixels()) {
            throw refused("at most " + limits.maxPixels() + " pixels", width + "x" + height);
        }
    }

    /** 25 frames per second if the rate is unknown; FFmpeg assumes the same. */
    private Rational stepOf(Rational rate) {
        Rational seconds = rate.isPositive() ? rate.inverse() : Rational.of(1, 25);
        return seconds.divide(Ffmpeg.rational(stream.time_base()));
    }

    private VideoInfo describe(Rational rate) {
        Picture picture = first.picture();
        return new VideoInfo(
                avcodec.avcodec_get_name(stream.codecpar().codec_id()).getString(),
                picture.format(),
                picture.width(),
                picture.height(),
                first.sampleAspectRatio(),
                first.colour(),
                rate,
                Ffmpeg.rational(stream.avg_frame_rate()),
                Ffmpeg.rational(stream.time_base()),
                length.duration(),
                length.promisedFrames(),
                input.hasAudio(),
                sideData,
                stream.index());
    }

    private TimedPicture decodeNext() throws VideoException {
        AVFrame frame = nextFrame();
        if (frame == null) {
            return null;
        }
        boolean owned = false;
        try {
            TimedPicture picture = intake.accept(frame);
            owned = true;
            boolean jumped = jumpsTo != PictureClock.UNKNOWN && picture.pts() >= jumpsTo;
            jumpsTo = jumped ? PictureClock.UNKNOWN : jumpsTo;
            return jumped ? picture.at(picture.pts(), picture.duration(), true) : picture;
        } finally {
            if (!owned) {
                avutil.av_frame_free(frame);
            }
        }
    }

    /** The next progressive frame, with our times; null after the last. */
    private AVFrame nextFrame() throws VideoException {
        AVFrame next = deinterlacer.poll();
        while (next == null && !drained) {
            AVFrame frame = AvPictures.newFrame();
            int code = avcodec.avcodec_receive_frame(context, frame);
            if (code >= 0) {
                count(frame);
                frame.duration(clock.duration(frame.duration())).pts(clock.next(frame.best_effort_timestamp()));
                deinterlacer.send(frame);
            } else {
                avutil.av_frame_free(frame);
                if (code == avutil.AVERROR_EOF()) {
                    drained = true;
                    deinterlacer.end();
                } else if (code == avutil.AVERROR_EAGAIN()) {
                    feed();
                } else {
                    failedPackets++;
                }
            }
            next = deinterlacer.poll();
        }
        return next;
    }

    private void count(AVFrame frame) {
        if (frames++ == 0) {
            sideData = PictureSideData.of(stream.codecpar(), frame, packetSideData);
        }
        uncarried.see(frame);
        if (frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
            damagedFrames++;
        }
    }

    /** Gives the decoder one more packet, or tells it that there are none. */
    private void feed() throws VideoException {
        if (!packetPending && !input.read(packet, stream.index())) {
            avcodec.avcodec_send_packet(context, null);
            return;
        }
        if (input.jumpsOf(stream.index()) > jumpsSeen) {
            jumpsSeen = input.jumpsOf(stream.index());
            jumpsTo = packet.pts() == PictureClock.UNKNOWN ? packet.dts() : packet.pts();
        }
        if (frames == 0 && packetSideData.isEmpty() && stream.codecpar().codec_id() == avcodec.AV_CODEC_ID_AV1) {
            packetSideData =
                    Av1Metadata.of(packet.data().capacity(packet.size()).asByteBuffer());
        }
        int code = avcodec.avcodec_send_packet(context, packet);
        packetPending = code == avutil.AVERROR_EAGAIN();
        if (!packetPending) {
            avcodec.av_packet_unref(packet);
            if (code < 0) {
                failedPackets++;
            }
        }
    }

    private VideoException refused(String expected, String found) {
        return new VideoException(source + ": expected " + expected + ", found " + found);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (first != null) {
            first.close();
        }
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(context);
        intake.close();
        deinterlacer.close();
        input.close();
    }
}
