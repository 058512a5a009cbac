package io.kinolift.video;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.nio.file.Path;

/**
 * How a video file is written.
 *
 * @param container FFmpeg's name of a container, or a file name or extension that implies one
 * @param videoCodec FFmpeg's name of an encoder or a codec: h264, vp9, av1, mpeg4, mjpeg, ffv1, ...; of these av1 and
 *     ffv1 take pictures of more than 8 bits
 * @param sampleAspectRatio {@link Rational#ZERO} when unknown
 * @param timeBase of every pts and duration written, seconds per unit
 * @param frameRate nominal, positive; for the encoder's rate control, not for times
 * @param quality FFmpeg's qscale, 1 (best) to 31, translated for codecs that measure otherwise
 * @param rotation degrees clockwise that a player shall turn the picture by, 0 to 359
 * @param audioSource a file whose audio streams are copied, packet for packet; null for none
 * @param background what transparent pictures are composed over; null keeps alpha where codec and container can hold it
 * @param threads of the encoder, at least 1
 */
public record VideoSettings(
        String container,
        String videoCodec,
        PixelFormat pixelFormat,
        int width,
        int height,
        Rational sampleAspectRatio,
        Colour colour,
        Rational timeBase,
        Rational frameRate,
        int quality,
        int rotation,
        Path audioSource,
        Background background,
        int threads) {
    /** @throws IllegalArgumentException if a number is out of range */
    public VideoSettings {
        if (rotation < 0 || rotation > 359) {
            throw new IllegalArgumentException("expected a rotation from 0 to 359 degrees, found " + rotation);
        }
        if (width < 1
                || height < 1
                || threads < 1
                || quality < 1
                || quality > 31
                || !timeBase.isPositive()
                || !frameRate.isPositive()) {
            throw new IllegalArgumentException("expected a positive size, time base, frame rate and number of threads"
                    + " and a quality from 1 to 31, found " + width + "x" + height + ", " + timeBase + ", " + frameRate
                    + ", " + threads + " and " + quality);
        }
    }

    VideoSettings withVideoCodec(String codec) {
        return new VideoSettings(
                container,
                codec,
                pixelFormat,
                width,
                height,
                sampleAspectRatio,
                colour,
                timeBase,
                frameRate,
                quality,
                rotation,
                audioSource,
                background,
                threads);
    }
}
