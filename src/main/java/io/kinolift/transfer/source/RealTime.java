package io.kinolift.transfer.source;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import io.kinolift.video.PictureSource;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import io.kinolift.video.Ticks;
import io.kinolift.video.TimedPicture;
import java.time.Duration;
import java.util.List;

/** Gives each picture when its time has come, counted from the first. */
final class RealTime implements PictureSource {
    private static final Rational NANOSECOND = Rational.of(1, 1_000_000_000);
    /** One that is later than this does not catch up: what follows is counted from it. */
    private static final long LATE_NANOS = 2_000_000_000L;

    private final PictureSource source;
    private final Stop stop;
    private boolean any;
    private long first;
    private long firstNanos;

    RealTime(PictureSource source, Stop stop) {
        this.source = source;
        this.stop = stop;
    }

    @Override
    public TimedPicture next() throws VideoException {
        TimedPicture picture = source.next();
        if (picture == null) {
            return null;
        }
        long now = System.nanoTime();
        long early = any ? firstNanos + Ticks.nearest(picture.order() - first, timeBase(), NANOSECOND) - now : 0;
        if (!any || early < -LATE_NANOS) {
            any = true;
            first = picture.order();
            firstNanos = now;
        } else if (early > 0) {
            stop.await(Duration.ofNanos(early));
            if (stop.isRequested()) {
                // Its time has not come.
                picture.close();
                return null;
            }
        }
        return picture;
    }

    @Override
    public List<SoundTrack> soundTracks() {
        return source.soundTracks();
    }

    @Override
    public List<SoundPacket> sound() {
        return source.sound();
    }

    @Override
    public Rational timeBase() {
        return source.timeBase();
    }

    @Override
    public long promisedFrames() {
        return source.promisedFrames();
    }

    @Override
    public String breakage() {
        return source.breakage();
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
