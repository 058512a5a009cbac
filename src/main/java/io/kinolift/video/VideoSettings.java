package io.kinolift.video;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;

/**
 * How a video file is written.
 *
 * @param container FFmpeg's name of a container, or a file name or extension that implies one
 * @param sampleAspectRatio {@link Rational#ZERO} when unknown
 * @param timeBase of every pts and duration written, seconds per unit
 * @param frameRate nominal, positive; for the encoder's rate control, not for times
 * @param quality FFmpeg's qscale, 1 (best) to 31, translated for codecs that measure otherwise
 * @param sideData how a player shall show the pictures
 * @param streams the source of sound, subtitles and all else; null for none
 * @param threads of the encoder, at least 1
 */
public record VideoSettings(
        String container,
        EncoderChoice encoder,
        PixelFormat pixelFormat,
        int width,
        int height,
        Rational sampleAspectRatio,
        Colour colour,
        Rational timeBase,
        Rational frameRate,
        int quality,
        PictureSideData sideData,
        StreamSource streams,
        int threads) {
    /** @throws IllegalArgumentException if a number is out of range */
    public VideoSettings {
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

    /** FFmpeg's name of an encoder or a codec; empty for the usual one. */
    String videoCodec() {
        return encoder.codec();
    }

    VideoSettings withVideoCodec(String codec) {
        return new VideoSettings(
                container,
                encoder.withCodec(codec),
                pixelFormat,
                width,
                height,
                sampleAspectRatio,
                colour,
                timeBase,
                frameRate,
                quality,
                sideData,
                streams,
                threads);
    }
}
