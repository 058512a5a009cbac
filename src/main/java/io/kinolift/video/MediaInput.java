package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** An opened container: its streams, and its packets in the order they are stored, on one clock that begins with 0. */
final class MediaInput implements AutoCloseable {
    private final String source;
    private final SourceAddress.Kind kind;
    private final AVFormatContext context;
    private final NestedOpens opens;
    private final SourceClock clock;
    /** Where packets come from, instead of the container; or null. */
    private final PacketsAside taken;
    /** Where packets of other streams go than that which is read; or null. */
    private PacketsAside aside;
    /** Where packets of sound go; or null. */
    private SoundIntake sound;

    private final ReadEnd end;
    private boolean broken;

    private MediaInput(String source, SourceAddress.Kind kind, AVFormatContext context, NestedOpens opens) {
        this.source = source;
        this.kind = kind;
        this.context = context;
        this.opens = opens;
        this.clock = clock();
        this.end = new ReadEnd(context, kind == SourceAddress.Kind.URL);
        this.taken = null;
    }

    private MediaInput(PacketsAside taken) {
        this.source = taken.input().source;
        this.kind = taken.input().kind;
        this.context = taken.input().context;
        this.opens = taken.input().opens;
        this.clock = taken.input().clock;
        this.end = taken.input().end;
        this.taken = taken;
    }

    private SourceClock clock() {
        Rational unit = Rational.ONE;
        long start = PictureClock.UNKNOWN;
        for (int i = 0; i < context.nb_streams() && !isWithoutTimes(); i++) {
            AVStream stream = context.streams(i);
            if (isSeenOrHeard(stream) && stream.start_time() != PictureClock.UNKNOWN) {
                Rational own = Ffmpeg.rational(stream.time_base());
                long begin = stream.start_time() + unheard(stream, own);
                if (start == PictureClock.UNKNOWN || isLess(begin, own, start, unit)) {
                    start = begin;
                    unit = own;
                }
            }
        }
        return start == PictureClock.UNKNOWN
                ? new SourceClock(false, 0, Rational.ONE)
                : new SourceClock(mayJump(), start, unit);
    }

    /** Sound that only the decoder needs: Matroska counts it in, FFmpeg's other containers do not. */
    private long unheard(AVStream stream, Rational unit) {
        return context.iformat().name().getString().contains("matroska")
                        && stream.codecpar().sample_rate() > 0
                ? Ticks.nearest(
                        stream.codecpar().initial_padding(),
                        Rational.of(1, stream.codecpar().sample_rate()),
                        unit)
                : 0;
    }

    private static boolean isLess(long a, Rational unitOfA, long b, Rational unitOfB) {
        return Rational.of(a).multiply(unitOfA).compareTo(Rational.of(b).multiply(unitOfB)) < 0;
    }

    private static boolean isSeenOrHeard(AVStream stream) {
        int type = stream.codecpar().codec_type();
        return type == avutil.AVMEDIA_TYPE_AUDIO || (type == avutil.AVMEDIA_TYPE_VIDEO && !isCover(stream));
    }

    /** Whether the stream is one picture beside the video. */
    static boolean isCover(AVStream stream) {
        return (stream.disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0;
    }

    private boolean mayJump() {
        return (context.iformat().flags() & avformat.AVFMT_TS_DISCONT) != 0;
    }

    /** @throws VideoException if FFmpeg finds no container it can read */
    static MediaInput open(Source source) throws VideoException {
        if (source.rest() != null) {
            return new MediaInput(source.rest());
        }
        SourceAddress address = SourceAddress.of(source);
        Ffmpeg.quiet();
        ContainerOpening opening = new ContainerOpening(source, address);
        try {
            return new MediaInput(source.toString(), address.kind(), opening.open(), opening.opens());
        } catch (VideoException e) {
            opening.opens().close();
            throw e;
        }
    }

    /** Keeps the packets of all streams but the one that is read, for somebody else. */
    PacketsAside keepOthers() {
        aside = new PacketsAside(this);
        return aside;
    }

    /** Gives the packets of sound to somebody while others are read; stays the caller's. */
    void hear(SoundIntake intake) {
        sound = intake;
    }

    /** Whether there is nothing more to read; if not, a packet that is not there yet may come. */
    boolean isOver() {
        return taken == null || taken.isOver();
    }

    /** Whether the same pictures can be had once more, from the first on. Of URLs only recordings say how long they are. */
    boolean isRepeatable() {
        return switch (kind) {
            case FILE, PICTURES -> true;
            case PIPE -> false;
            case URL -> context.duration() > 0;
        };
    }

    AVFormatContext context() {
        return context;
    }

    /** The best video stream that is no cover picture. */
    AVStream videoStream() throws VideoException {
        int best = avformat.av_find_best_stream(context, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (best < 0 || (context.streams(best).disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0) {
            close();
            throw new VideoException(source + ": expected a video stream, found none");
        }
        return context.streams(best);
    }

    /** Indices of the video streams that are no covers. */
    List<Integer> videoStreams() {
        return IntStream.range(0, context.nb_streams())
                .filter(i -> context.streams(i).codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO
                        && !isCover(context.streams(i)))
                .boxed()
                .toList();
    }

    /** One of these, by its place among them; the best for a negative number. */
    AVStream videoStream(int number) throws VideoException {
        List<Integer> all = videoStreams();
        if (number < 0 || all.isEmpty()) {
            return videoStream();
        }
        if (number >= all.size()) {
            close();
            throw new VideoException(
                    source + ": expected a video stream from 0 to " + (all.size() - 1) + ", found number " + number);
        }
        return context.streams(all.get(number));
    }

    /** What to add to times at the start of the container's clock. */
    long startShift(Rational unit) {
        return clock.startShift(unit);
    }

    /**
     * Skips the packets of all other streams from now on. Where the container's clock may jump, sound and pictures are
     * read all the same: whoever reads the file, for whichever stream, must see the same jumps.
     */
    void skipAllBut(IntPredicate wanted) {
        if (taken != null || aside != null) {
            return;
        }
        for (int i = 0; i < context.nb_streams(); i++) {
            boolean keep = wanted.test(i)
                    || (sound != null && sound.wants(i))
                    || (mayJump() && isSeenOrHeard(context.streams(i)));
            context.streams(i).discard(keep ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
        }
    }

    /**
     * Goes to the last key frame at or before a time, before anything is read. A container that cannot do that is read from
     * where it is.
     *
     * @param micros after the beginning of the container's clock
     */
    void seek(long micros) {
        long ownMicros = micros - clock.startShift(Rational.of(1, 1_000_000));
        avformat.av_seek_frame(context, -1, ownMicros, avformat.AVSEEK_FLAG_BACKWARD);
    }

    /** How often the clock was set in what has been read of a stream; one that only began anew because it was full was not. */
    int jumpsOf(int streamIndex) {
        return clock.jumpsOf(streamIndex);
    }

    /** How often the container's clock jumped, up to now. */
    int jumps() {
        return clock.jumps();
    }

    boolean hasAudio() {
        for (int i = 0; i < context.nb_streams(); i++) {
            if (context.streams(i).codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
                return true;
            }
        }
        return false;
    }

    /** Raw elementary streams have no times, and the times that FFmpeg makes up are not evenly spaced. */
    boolean isWithoutTimes() {
        return (context.iformat().flags() & avformat.AVFMT_NOTIMESTAMPS) != 0;
    }

    /**
     * Fills the packet with the stream's next; any stream's if the index is negative. False at the end.
     *
     * @throws VideoException if the source has named what must not be opened; FFmpeg would leave it out and go on
     */
    boolean read(AVPacket packet, int streamIndex) throws VideoException {
        if (taken != null) {
            return taken.take(packet);
        }
        while (true) {
            int code = avformat.av_read_frame(context, packet);
            opens.requireNoneRefused();
            if (code == avutil.AVERROR_EAGAIN()) {
                Thread.onSpinWait();
                continue;
            }
            if (code < 0) {
                end.end(code, context);
                broken |= end.breakage() != null;
                if (aside != null) {
                    aside.complete();
                }
                return false;
            }
            shift(packet);
            end.reach(packet, context.streams(packet.stream_index()).time_base());
            if (streamIndex < 0 || packet.stream_index() == streamIndex) {
                broken |= (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0;
                return true;
            }
            if (sound != null && sound.wants(packet.stream_index())) {
                sound.put(packet);
                avcodec.av_packet_unref(packet);
            } else if (aside == null) {
                avcodec.av_packet_unref(packet);
            } else {
                aside.put(packet);
            }
        }
    }

    private void shift(AVPacket packet) {
        AVStream stream = context.streams(packet.stream_index());
        if (isCover(stream)) {
            return;
        }
        int bits = stream.pts_wrap_bits();
        long wrap = bits > 0 && bits < Long.SIZE - 1 ? 1L << bits : 0;
        Rational unit = Ffmpeg.rational(stream.time_base());
        long time = packet.dts() == PictureClock.UNKNOWN ? packet.pts() : packet.dts();
        long shift = isSeenOrHeard(stream)
                ? clock.shift(packet.stream_index(), packet.dts(), packet.duration(), unit, wrap)
                : clock.sparseShift(time, unit);
        if (packet.pts() != PictureClock.UNKNOWN) {
            packet.pts(packet.pts() + shift);
        }
        if (packet.dts() != PictureClock.UNKNOWN) {
            packet.dts(packet.dts() + shift);
        }
    }

    /** Why reading ended before the end; null if it did not. */
    String breakage() {
        return end.breakage();
    }

    /** Whether reading failed, or gave packets with a part missing. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public void close() {
        if (taken != null) {
            return;
        }
        if (aside != null) {
            aside.close();
        }
        avformat.avformat_close_input(context);
        opens.close();
    }
}
