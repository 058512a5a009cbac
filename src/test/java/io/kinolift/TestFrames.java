package io.kinolift;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;

/** Frames of noise that depends on their sequence alone; 40 ms each. */
public final class TestFrames {
    private TestFrames() {}

    public static EncodedFrame raw(String stream, long sequence, int width, int height) {
        return of(stream, sequence, Codec.RAW, PixelFormat.YUV420P, width, height);
    }

    public static EncodedFrame of(
            String stream, long sequence, Codec codec, PixelFormat pixels, int width, int height) {
        FrameFormat format = new FrameFormat(codec, pixels, width, height, Rational.ONE, Colour.UNSPECIFIED);
        try (Picture picture = TestPictures.noise(pixels, width, height, sequence);
                FrameEncoder encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT)) {
            return withPayload(stream, sequence, format, encoder.encode(picture));
        } catch (FrameCodecException e) {
            throw new AssertionError(e);
        }
    }

    public static EncodedFrame withPayload(String stream, long sequence, FrameFormat format, byte[] payload) {
        return new EncodedFrame(
                stream, 0, sequence, sequence * 40, 40, Rational.of(1, 1000), format, true, false, 0, payload);
    }
}
