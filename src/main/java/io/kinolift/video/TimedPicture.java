package io.kinolift.video;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;

/**
 * A picture and when it is shown.
 *
 * @param picture the receiver's, who closes it (or this); null for one that is not decoded
 * @param coded the picture as the source has it; null for one that is decoded
 * @param pts in the video's time base; each is larger than the one before, unless pictures come in the order of decoding
 * @param duration in the video's time base; 0 when unknown
 * @param sampleAspectRatio {@link Rational#ZERO} when unknown
 * @param discontinuity whether it does not follow the one before: the source's clock was set, or it was opened anew
 */
public record TimedPicture(
        Picture picture,
        CodedPicture coded,
        long pts,
        long duration,
        boolean keyFrame,
        Rational sampleAspectRatio,
        Colour colour,
        boolean discontinuity)
        implements AutoCloseable {
    /** A decoded picture. */
    public TimedPicture(
            Picture picture,
            long pts,
            long duration,
            boolean keyFrame,
            Rational sampleAspectRatio,
            Colour colour,
            boolean discontinuity) {
        this(picture, null, pts, duration, keyFrame, sampleAspectRatio, colour, discontinuity);
    }

    /** A picture that is not decoded. */
    static TimedPicture coded(CodedPicture coded, long pts, long duration, boolean keyFrame, boolean discontinuity) {
        return new TimedPicture(
                null,
                coded,
                pts,
                duration,
                keyFrame,
                coded.format().sampleAspectRatio(),
                coded.format().colour(),
                discontinuity);
    }

    /** A picture that follows the one before. */
    public TimedPicture(
            Picture picture, long pts, long duration, boolean keyFrame, Rational sampleAspectRatio, Colour colour) {
        this(picture, pts, duration, keyFrame, sampleAspectRatio, colour, false);
    }

    /** The same picture at another time, in another time base perhaps. */
    public TimedPicture at(long otherPts, long otherDuration, boolean otherDiscontinuity) {
        return new TimedPicture(
                picture, coded, otherPts, otherDuration, keyFrame, sampleAspectRatio, colour, otherDiscontinuity);
    }

    /** How much earlier it comes than it is shown, in the time base of {@code pts}; 0 for a decoded picture. */
    public long lead() {
        return coded == null || !coded.hasDts() ? 0 : coded.lead();
    }

    /** The same picture with another lead. */
    public TimedPicture leading(long other) {
        return coded == null || !coded.hasDts()
                ? this
                : new TimedPicture(
                        null, coded.leading(other), pts, duration, keyFrame, sampleAspectRatio, colour, discontinuity);
    }

    /** The same picture that is not decoded, with a dts. */
    TimedPicture withDts(long dts) {
        return new TimedPicture(
                null, coded.leading(pts - dts), pts, duration, keyFrame, sampleAspectRatio, colour, discontinuity);
    }

    /** When it comes in the order of its source: each is larger than the one before. */
    public long order() {
        return pts - lead();
    }

    @Override
    public void close() {
        if (picture != null) {
            picture.close();
        }
    }
}
