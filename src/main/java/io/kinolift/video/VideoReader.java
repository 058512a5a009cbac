package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avformat.AVStream;
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
    /** Pictures right after a key frame that is not the first may need one before it. */
    private static final long LEAD_MICROS = 1_000_000;

    private final Source source;
    private final MediaInput input;
    private final AVStream stream;
    private final PacketDecoder decoder;
    private final PacketsAside rest;
    private final SoundIntake sound;
    private final StatedLength length;
    private final FrameIntake intake;
    private final VideoInfo info;
    private TimedPicture first;
    private boolean closed;

    /**
     * How much of a source is read.
     *
     * @param video which of its video streams that are no covers, counted from 0; a negative number leaves it to FFmpeg
     * @param keepsRest whether what else is in it is kept for {@link #rest()}
     * @param startMicros after the source's beginning, if it can be read again
     * @param sound what is read for {@link #sound()}
     */
    private record Opening(int video, boolean keepsRest, long startMicros, SoundChoice sound) {
        static final Opening PLAIN = new Opening(StreamChoice.BEST, false, 0, SoundChoice.NONE);
    }

    private VideoReader(Source source, MediaInput input, ReaderLimits limits, Opening opening) throws VideoException {
        this.source = source;
        this.input = input;
        stream = input.videoStream(opening.video());
        length = new StatedLength(input, stream);
        intake = new FrameIntake(source, input.context(), stream);
        Rational rate = Ffmpeg.rational(avformat.av_guess_frame_rate(input.context(), stream, null));
        decoder = new PacketDecoder(source, input, stream, rate, limits.threads());
        rest = opening.keepsRest() && !input.isRepeatable() ? input.keepOthers() : null;
        boolean opened = false;
        try {
            sound = new SoundIntake(input, stream, opening.sound());
            input.hear(sound);
            input.skipAllBut(index -> index == stream.index());
            decoder.open(limits);
            if (opening.startMicros() > 0 && input.isRepeatable()) {
                input.seek(opening.startMicros());
            }
            first = decodeNext();
            if (first == null) {
                throw decoder.refused("a video", "not one picture that decodes");
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
        return open(source, limits, Opening.PLAIN);
    }

    /** As {@link PictureSource#openNear}. */
    static VideoReader openNear(Source source, ReaderLimits limits, long startMicros, SoundChoice sound)
            throws VideoException {
        long seekMicros = Math.max(0, startMicros - LEAD_MICROS);
        VideoReader reader = open(source, limits, new Opening(StreamChoice.BEST, false, seekMicros, sound));
        if (seekMicros == 0
                || reader.first.pts() <= Ticks.nearest(startMicros, Rational.MICROSECOND, reader.timeBase())) {
            return reader;
        }
        // Transport streams have no index: FFmpeg guesses, and may land behind.
        boolean again = reader.isRepeatable();
        if (again) {
            reader.close();
        }
        return again ? open(source, limits, new Opening(StreamChoice.BEST, false, 0, sound)) : reader;
    }

    /**
     * As {@link #open(Source, ReaderLimits)}; what else is in the source is kept for {@link #rest()}.
     *
     * @param video which of its video streams that are no covers, counted from 0; a negative number leaves it to FFmpeg
     */
    public static VideoReader openAndKeepRest(Source source, ReaderLimits limits, int video) throws VideoException {
        return open(source, limits, new Opening(video, true, 0, SoundChoice.NONE));
    }

    private static VideoReader open(Source source, ReaderLimits limits, Opening opening) throws VideoException {
        return new VideoReader(source, MediaInput.open(source), limits, opening);
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
        return decoder.isDrained() ? input.breakage() : null;
    }

    @Override
    public long damagedPictures() {
        return decoder.damagedFrames() + decoder.failedPackets();
    }

    @Override
    public List<String> remarks() {
        List<String> lines = new ArrayList<>(intake.remarks());
        lines.addAll(decoder.remarks());
        lines.addAll(sound.remarks());
        return lines;
    }

    @Override
    public List<SoundTrack> soundTracks() {
        return sound.tracks();
    }

    @Override
    public List<SoundPacket> sound() {
        return sound.take();
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
        boolean fewer = promised > decoder.frames() + decoder.failedPackets();
        boolean missing = decoder.isDrained()
                && (fewer || length.endsBefore(decoder.clock().last()));
        return new ReadReport(
                decoder.frames(),
                decoder.damagedFrames(),
                decoder.failedPackets(),
                promised,
                decoder.clock().repaired(),
                input.jumps(),
                input.isBroken() || missing);
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
                decoder.sideData(),
                stream.index());
    }

    private TimedPicture decodeNext() throws VideoException {
        AVFrame frame = decoder.next();
        if (frame == null) {
            return null;
        }
        boolean owned = false;
        try {
            TimedPicture picture = intake.accept(frame);
            owned = true;
            return decoder.isFirstAfterJump(picture.pts())
                    ? picture.at(picture.pts(), picture.duration(), true)
                    : picture;
        } finally {
            if (!owned) {
                avutil.av_frame_free(frame);
            }
        }
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
        decoder.close();
        intake.close();
        if (sound != null) {
            sound.close();
        }
        input.close();
    }
}
