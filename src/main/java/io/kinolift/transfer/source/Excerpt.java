package io.kinolift.transfer.source;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import io.kinolift.video.PictureSource;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import io.kinolift.video.Ticks;
import io.kinolift.video.TimedPicture;
import java.util.List;

/** Pictures from a time of the source on, or up to one after its first picture; and their sound. */
final class Excerpt implements PictureSource {
    /** Decoders of sound want a little of what is before. */
    private static final long LEAD_MICROS = 100_000;

    private final PictureSource source;
    private final long skipped;
    private final long lasting;
    private boolean any;
    private long first;

    private Excerpt(PictureSource source, long skippedTicks, long lastingTicks) {
        this.source = source;
        this.skipped = skippedTicks;
        this.lasting = lastingTicks;
    }

    /** What is shown from so many microseconds on; times begin with 0 there. */
    static PictureSource from(PictureSource source, long micros) {
        return new Excerpt(source, Ticks.nearest(micros, Rational.MICROSECOND, source.timeBase()), Long.MAX_VALUE);
    }

    static PictureSource lasting(PictureSource source, long micros) {
        return new Excerpt(source, 0, Ticks.nearest(micros, Rational.MICROSECOND, source.timeBase()));
    }

    @Override
    public TimedPicture next() throws VideoException {
        TimedPicture picture = source.next();
        // Others may refer to a picture that is not decoded: from its key frame on, all are kept.
        while (picture != null && picture.coded() == null && picture.pts() < skipped) {
            picture.close();
            picture = source.next();
        }
        if (picture == null) {
            return null;
        }
        if (!any) {
            first = picture.order();
            any = true;
        }
        if (picture.order() - first >= lasting) {
            picture.close();
            return null;
        }
        return skipped == 0
                ? picture
                : picture.at(picture.pts() - skipped, picture.duration(), picture.discontinuity());
    }

    @Override
    public List<SoundTrack> soundTracks() {
        return source.soundTracks();
    }

    @Override
    public List<SoundPacket> sound() {
        Rational unit = timeBase();
        long from = skipped == 0 ? Long.MIN_VALUE : skipped - Ticks.nearest(LEAD_MICROS, Rational.MICROSECOND, unit);
        long end = any && lasting != Long.MAX_VALUE ? first + lasting : Long.MAX_VALUE;
        return source.sound().stream()
                .filter(packet -> packet.start(unit) >= from && packet.start(unit) < end)
                .map(packet -> packet.later(-skipped, unit))
                .toList();
    }

    @Override
    public Rational timeBase() {
        return source.timeBase();
    }

    /** Nobody knows how many the part has. */
    @Override
    public long promisedFrames() {
        return 0;
    }

    @Override
    public boolean isRepeatable() {
        return source.isRepeatable();
    }

    @Override
    public String breakage() {
        return source.breakage();
    }

    @Override
    public long damagedPictures() {
        return source.damagedPictures();
    }

    @Override
    public List<String> remarks() {
        return source.remarks();
    }

    @Override
    public void close() {
        source.close();
    }
}
