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
 */
public record TimedPicture(
        Picture picture, long pts, long duration, boolean keyFrame, Rational sampleAspectRatio, Colour colour)
        implements AutoCloseable {
    @Override
    public void close() {
        picture.close();
    }
}
