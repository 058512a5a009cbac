package io.kinolift.ffmpeg;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import java.util.Random;

/** Pictures made for tests, and their samples as bytes. */
public final class TestPictures {
    private TestPictures() {}

    public static FrameFormat format(Codec codec, PixelFormat format, int width, int height) {
        return new FrameFormat(codec, format, width, height, Rational.ONE, Colour.UNSPECIFIED);
    }

    /** Every sample random. */
    public static Picture noise(PixelFormat format, int width, int height, long seed) {
        Random random = new Random(seed);
        return filled(format, width, height, (x, y) -> random.nextInt(format.maxSample() + 1));
    }

    /** A gradient that lossy codecs keep nearly as it is. */
    public static Picture ramp(PixelFormat format, int width, int height, int offset) {
        return filled(format, width, height, (x, y) -> ((offset + x / 2 + y / 2) % 200 + 20) * format.scaleFrom8Bit());
    }

    private static Picture filled(PixelFormat format, int width, int height, Samples samples) {
        Picture picture = new AvPictures().allocate(format, width, height);
        for (Plane plane : picture.planes()) {
            for (int y = 0; y < plane.height(); y++) {
                for (int x = 0; x < plane.rowSamples(); x++) {
                    plane.set(x, y, samples.at(x, y));
                }
            }
        }
        return picture;
    }

    /** All samples, without padding. */
    public static byte[] samples(Picture picture) {
        FrameFormat format = format(Codec.RAW, picture.format(), picture.width(), picture.height());
        try (FrameEncoder encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT)) {
            return encoder.encode(picture);
        } catch (FrameCodecException e) {
            throw new AssertionError(e);
        }
    }

    public static double meanDifference(byte[] a, byte[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 0xFF) - (b[i] & 0xFF));
        }
        return (double) sum / a.length;
    }

    @FunctionalInterface
    private interface Samples {
        int at(int x, int y);
    }
}
