package io.kinolift.transfer.source;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.video.PictureSource;
import io.kinolift.video.TimedPicture;

/** A source of blank pictures at given times. */
final class Ticking implements PictureSource {
    private final Rational timeBase;
    private final boolean repeatable;
    private final String failure;
    private final long[] pts;
    private int index;

    Ticking(Rational timeBase, boolean repeatable, String failure, long... pts) {
        this.timeBase = timeBase;
        this.repeatable = repeatable;
        this.failure = failure;
        this.pts = pts;
    }

    static Ticking file(long... pts) {
        return new Ticking(Rational.of(1, 1000), true, null, pts);
    }

    static Ticking camera(String failure, long... pts) {
        return new Ticking(Rational.of(1, 1000), false, failure, pts);
    }

    @Override
    public TimedPicture next() throws VideoException {
        if (index == pts.length) {
            if (failure != null) {
                throw new VideoException(failure);
            }
            return null;
        }
        return new TimedPicture(
                new AvPictures().allocate(PixelFormat.GRAY8, 2, 2),
                pts[index++],
                40 * timeBase.denominator() / 1000,
                true,
                Rational.ONE,
                Colour.UNSPECIFIED);
    }

    @Override
    public Rational timeBase() {
        return timeBase;
    }

    @Override
    public long promisedFrames() {
        return pts.length;
    }

    @Override
    public boolean isRepeatable() {
        return repeatable;
    }

    @Override
    public void close() {}
}
