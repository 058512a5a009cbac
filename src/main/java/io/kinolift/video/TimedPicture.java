package io.kinolift.video;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;

/**
 * A picture and when it is shown.
 *
 * @param picture the receiver's, who closes it (or this)
 * @param pts in the video's time base; each is larger than the one before
 * @param duration in the video's time base; 0 when unknown
 * @param sampleAspectRatio {@link Rational#ZERO} when unknown
 * @param discontinuity whether it does not follow the one before: the source's clock was set, or it was opened anew
 */
public record TimedPicture(
        Picture picture,
        long pts,
        long duration,
        boolean keyFrame,
        Rational sampleAspectRatio,
        Colour colour,
        boolean discontinuity)
        implements AutoCloseable {
    /** A picture that follows the one before. */
    public TimedPicture(
            Picture picture, long pts, long duration, boolean keyFrame, Rational sampleAspectRatio, Colour colour) {
        this(picture, pts, duration, keyFrame, sampleAspectRatio, colour, false);
    }

    /** The same picture at another time, in another time base perhaps. */
    public TimedPicture at(long otherPts, long otherDuration, boolean otherDiscontinuity) {
        return new TimedPicture(
                picture, otherPts, otherDuration, keyFrame, sampleAspectRatio, colour, otherDiscontinuity);
    }

    @Override
    public void close() {
        picture.close();
    }
}
