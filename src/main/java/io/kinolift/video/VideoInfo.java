package io.kinolift.video;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;

/**
 * The properties of a video that its container and its first picture state.
 *
 * @param codec FFmpeg's name of the video codec
 * @param width luma samples per row of the first picture
 * @param height luma rows of the first picture
 * @param sampleAspectRatio {@link Rational#ZERO} when unknown
 * @param frameRate FFmpeg's guess of the nominal rate, frames per second; ZERO when unknown
 * @param averageFrameRate frames over duration; ZERO when unknown
 * @param timeBase seconds per unit of every pts
 * @param duration of the video in {@code timeBase} units; 0 when unknown
 * @param promisedFrames how many frames the container says it has; 0 when it does not say
 * @param sideData how a player shows the pictures
 * @param stream index of the video among the source's streams
 */
public record VideoInfo(
        String codec,
        PixelFormat pixelFormat,
        int width,
        int height,
        Rational sampleAspectRatio,
        Colour colour,
        Rational frameRate,
        Rational averageFrameRate,
        Rational timeBase,
        long duration,
        long promisedFrames,
        boolean hasAudio,
        PictureSideData sideData,
        int stream) {
    /** Degrees clockwise that a player turns the picture by: 0 to 359. */
    public int rotation() {
        return sideData.rotation();
    }

    /** The same pictures' properties if there are so many times as many of them in a second. */
    VideoInfo timesRate(Rational factor) {
        return new VideoInfo(
                codec,
                pixelFormat,
                width,
                height,
                sampleAspectRatio,
                colour,
                frameRate.multiply(factor),
                averageFrameRate.multiply(factor),
                timeBase.divide(factor),
                factor.floorOfProduct(duration),
                factor.floorOfProduct(promisedFrames),
                hasAudio,
                sideData,
                stream);
    }
}
