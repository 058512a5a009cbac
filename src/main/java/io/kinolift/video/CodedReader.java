package io.kinolift.video;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.group.AccessUnit;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Rational;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Reads inter-coded pictures as they are, in the order of decoding. Nothing is decoded, so damage shows only where the
 * container tells of it. What comes after damage, up to the next key frame, is left out and counted. One instance is for
 * one thread at a time.
 */
public final class CodedReader implements PictureSource {
    private static final int MOST_WITHOUT_DTS = 17;
    private static final int MOST_WITHOUT_TIME = 300;
    private static final int USUAL_RATE = 25;

    private final Source source;
    private final MediaInput input;
    private final AVStream stream;
    private final Rational timeBase;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final long promised;
    private final SoundIntake sound;
    private final Deque<TimedPicture> ready = new ArrayDeque<>();
    /** The first picture, if its time is still to be found out from the second one; else null. */
    private TimedPicture untimed;

    private long lastPts = PictureClock.UNKNOWN;
    /** Whether the first dts is known, or will not be. */
    private boolean hasDts;

    private CodedFormat format;
    private StreamFilter filter;
    private boolean ended;
    /** Whether something was lost before the next picture. */
    private boolean lost;
    /** Whether only a key frame is of use. */
    private boolean waiting = true;

    private int jumpsSeen;
    private long damaged;
    private long leftOut;
    private int withoutTime;
    private boolean any;
    private boolean closed;

    private CodedReader(Source source, MediaInput input, SoundChoice choice) throws VideoException {
        this.source = source;
        this.input = input;
        boolean opened = false;
        try {
            stream = input.videoStream(StreamChoice.BEST);
            timeBase = Ffmpeg.rational(stream.time_base());
            promised = new StatedLength(input, stream).promisedFrames();
            sound = new SoundIntake(input, stream, choice);
            input.hear(sound);
            input.skipAllBut(index -> index == stream.index());
            format = CodedFormat.of(source, input, stream);
            filter = new StreamFilter(format.codec(), stream);
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    /**
     * Opens a source.
     *
     * @param startMicros after its beginning; a file begins with the key frame at or before it
     * @param sound what is read for {@link #sound()}
     * @throws VideoException if its video is not H.264, HEVC, VP9 or AV1, is interlaced, or has no times
     */
    public static CodedReader open(Source source, long startMicros, SoundChoice sound) throws VideoException {
        CodedReader reader = new CodedReader(source, MediaInput.open(source), sound);
        if (startMicros > 0 && reader.isRepeatable()) {
            reader.input.seek(startMicros);
        }
        return reader;
    }

    @Override
    public TimedPicture next() throws VideoException {
        if (ready.isEmpty()) {
            readAhead();
        }
        return ready.poll();
    }

    /** Some containers, such as Matroska, have no dts, and FFmpeg does not know the first ones at once. */
    private void readAhead() throws VideoException {
        TimedPicture picture = read();
        while (picture != null) {
            ready.add(picture);
            boolean known = hasDts || picture.coded().hasDts() || ready.size() == MOST_WITHOUT_DTS;
            picture = known ? null : read();
        }
        hasDts = true;
        TimedPicture next = ready.peekLast();
        if (next != null && next.coded().hasDts()) {
            List<TimedPicture> backwards = new ArrayList<>(ready.reversed());
            ready.clear();
            for (TimedPicture each : backwards) {
                next = each.coded().hasDts()
                        ? each
                        : each.withDts(Math.min(each.pts(), next.order() - Math.max(1, each.duration())));
                ready.addFirst(next);
            }
        }
    }

    private TimedPicture read() throws VideoException {
        while (!ended) {
            if (!input.read(packet, stream.index())) {
                ended = true;
                if (!any && withoutTime > 0) {
                    throw withoutTimes();
                }
                return lastUntimed();
            }
            try {
                TimedPicture picture = picture();
                if (picture != null && picture.pts() == PictureClock.UNKNOWN) {
                    untimed = picture;
                } else if (picture != null) {
                    addUntimed(picture);
                    return picture;
                }
            } finally {
                avcodec.av_packet_unref(packet);
            }
        }
        return null;
    }

    /** FFmpeg knows no time of a camera's first packet by RTSP, which is its key frame. */
    private void addUntimed(TimedPicture second) {
        if (untimed != null) {
            long time = second.pts() - step();
            ready.add(untimed.at(time, untimed.duration(), untimed.discontinuity())
                    .withDts(time));
            untimed = null;
        }
    }

    /** The first packet if there is no other; null if its time is known. */
    private TimedPicture lastUntimed() {
        TimedPicture only = untimed;
        untimed = null;
        return only == null
                ? null
                : only.at(0, only.duration(), only.discontinuity()).withDts(0);
    }

    /** The usual time from one picture to the next, in the time base. */
    private long step() {
        Rational rate = Ffmpeg.rational(stream.avg_frame_rate());
        Rational usual = rate.isPositive() ? rate : Ffmpeg.rational(stream.r_frame_rate());
        Rational seconds = usual.isPositive() ? usual.inverse() : Rational.of(1, USUAL_RATE);
        return Math.max(1, seconds.divide(timeBase).floorOfProduct(1));
    }

    /** The picture of a packet; null if it is of no use. */
    private TimedPicture picture() throws VideoException {
        boolean jumped = input.jumpsOf(stream.index()) > jumpsSeen;
        jumpsSeen = input.jumpsOf(stream.index());
        lost |= jumped;
        if (packet.size() == 0) {
            return null;
        }
        boolean corrupt = (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0;
        if (corrupt || !filter.apply(packet)) {
            lose();
            return null;
        }
        ByteBuffer bytes = copy(packet.data().capacity(packet.size()).asByteBuffer());
        AccessUnit unit = look(bytes);
        if (unit == null || unit.pictures() != 1) {
            lose();
            return null;
        }
        boolean random =
                unit.random() && (unit.configured() || filter.parameters().hasRemaining());
        if (waiting && !random) {
            leftOut++;
            lost = true;
            return null;
        }
        waiting = false;
        ByteBuffer payload = random && !unit.configured() ? joined(filter.parameters(), bytes) : bytes;
        format.see(payload, random);
        return timed(payload, random);
    }

    private TimedPicture timed(ByteBuffer payload, boolean random) throws VideoException {
        long pts = packet.pts();
        boolean inOrder = stream.codecpar().video_delay() == 0;
        if (pts == PictureClock.UNKNOWN && inOrder) {
            pts = packet.dts();
        }
        if (pts == PictureClock.UNKNOWN && inOrder && lastPts != PictureClock.UNKNOWN) {
            pts = lastPts + step();
        }
        boolean isUnknown = pts == PictureClock.UNKNOWN && (untimed != null || !inOrder);
        if (isUnknown) {
            leaveOutWithoutTime();
            return null;
        }
        boolean mark = any && lost;
        lost = false;
        any = true;
        lastPts = pts;
        long lead = pts == PictureClock.UNKNOWN || packet.dts() == PictureClock.UNKNOWN
                ? CodedPicture.NO_LEAD
                : pts - packet.dts();
        return TimedPicture.coded(
                new CodedPicture(format.current(), payload, lead), pts, Math.max(0, packet.duration()), random, mark);
    }

    /**
     * FFmpeg knows no time of a camera's first key frame by RTSP, and without that frame nothing decodes up to the next one.
     * A source that has no times at all is refused.
     */
    private void leaveOutWithoutTime() throws VideoException {
        withoutTime++;
        leftOut++;
        lost = true;
        waiting = true;
        if (input.isWithoutTimes() || withoutTime > MOST_WITHOUT_TIME) {
            throw withoutTimes();
        }
    }

    private VideoException withoutTimes() {
        return new VideoException(
                source
                        + ": expected a time with every picture for --frame-codec copy, found none (--frame-codec jpeg sends it)");
    }

    /** Null for bytes that are none of the codec's. */
    private AccessUnit look(ByteBuffer bytes) {
        try {
            return AccessUnit.of(format.codec(), bytes);
        } catch (FrameCodecException _) {
            return null;
        }
    }

    private void lose() {
        damaged++;
        lost = true;
        waiting = true;
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second.duplicate())
                .flip();
    }

    /** The codec that its frames have. */
    public Codec codec() {
        return format.codec();
    }

    @Override
    public List<SoundTrack> soundTracks() {
        return sound.tracks();
    }

    @Override
    public List<SoundPacket> sound() {
        return sound.take();
    }

    @Override
    public long damagedPictures() {
        return damaged;
    }

    @Override
    public Rational timeBase() {
        return timeBase;
    }

    @Override
    public long promisedFrames() {
        return promised;
    }

    @Override
    public boolean isRepeatable() {
        return input.isRepeatable();
    }

    @Override
    public String breakage() {
        return ended ? input.breakage() : null;
    }

    @Override
    public List<String> remarks() {
        List<String> lines = new ArrayList<>(sound.remarks());
        if (leftOut > 0) {
            lines.add(leftOut + (leftOut == 1 ? " picture was" : " pictures were")
                    + " left out, because no key frame had come yet, or none since damage");
        }
        return lines;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        avcodec.av_packet_free(packet);
        if (filter != null) {
            filter.close();
        }
        if (format != null) {
            format.close();
        }
        if (sound != null) {
            sound.close();
        }
        input.close();
    }
}
