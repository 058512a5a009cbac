package io.kinolift.video;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
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
import org.bytedeco.ffmpeg.global.avutil;

/** Decodes the packets of a video stream to progressive frames in order of display, and counts what fails. */
final class PacketDecoder implements AutoCloseable {
    private final Source source;
    private final MediaInput input;
    private final AVStream stream;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVCodecContext context = avcodec.avcodec_alloc_context3(null);
    private final PictureClock clock;
    private final Deinterlacer deinterlacer;
    private final UncarriedSideData uncarried;
    private PictureSideData sideData;
    private List<PictureSideData.Item> packetSideData = List.of();
    private boolean packetPending;
    private boolean drained;
    private int jumpsSeen;
    /** Where pictures after a jump of the container's clock begin; {@link PictureClock#UNKNOWN} if none is awaited. */
    private long jumpsTo = PictureClock.UNKNOWN;

    private long frames;
    private long damagedFrames;
    private long failedPackets;

    /**
     * A decoder that is to be opened.
     *
     * @param input stays the caller's
     * @param rate frames per second; zero when unknown
     */
    PacketDecoder(Source source, MediaInput input, AVStream stream, Rational rate, int threads) {
        this.source = source;
        this.input = input;
        this.stream = stream;
        Rational unit = Ffmpeg.rational(stream.time_base());
        clock = new PictureClock(step(rate, unit), input.isWithoutTimes());
        deinterlacer = new Deinterlacer(source, unit, threads);
        uncarried = new UncarriedSideData(stream.codecpar());
    }

    /** 25 frames per second if the rate is unknown; FFmpeg assumes the same. */
    private static Rational step(Rational rate, Rational unit) {
        Rational seconds = rate.isPositive() ? rate.inverse() : Rational.of(1, 25);
        return seconds.divide(unit);
    }

    /** @throws VideoException if FFmpeg has no decoder for it, or its pictures are too large */
    void open(ReaderLimits limits) throws VideoException {
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

    /** The next progressive frame, with our times; null after the last. */
    AVFrame next() throws VideoException {
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

    /** Whether a picture is the first behind a jump of the container's clock. To be asked once for each, in order. */
    boolean isFirstAfterJump(long pts) {
        boolean jumped = jumpsTo != PictureClock.UNKNOWN && pts >= jumpsTo;
        jumpsTo = jumped ? PictureClock.UNKNOWN : jumpsTo;
        return jumped;
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

    /** Of the first frame; null before it. */
    PictureSideData sideData() {
        return sideData;
    }

    PictureClock clock() {
        return clock;
    }

    /** Whether there are no more frames. */
    boolean isDrained() {
        return drained;
    }

    long frames() {
        return frames;
    }

    /** Frames with errors in them. */
    long damagedFrames() {
        return damagedFrames;
    }

    long failedPackets() {
        return failedPackets;
    }

    /** As {@link PictureSource#remarks}. */
    List<String> remarks() {
        List<String> lines = new ArrayList<>(uncarried.lines());
        if (deinterlacer.remark() != null) {
            lines.add(deinterlacer.remark());
        }
        return lines;
    }

    VideoException refused(String expected, String found) {
        return new VideoException(source + ": expected " + expected + ", found " + found);
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(context);
        deinterlacer.close();
    }
}
