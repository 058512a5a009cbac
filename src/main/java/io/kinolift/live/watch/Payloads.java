package io.kinolift.live.watch;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameDecoder;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.codec.group.StreamDecoder;
import io.kinolift.ffmpeg.ScreenScaler;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import java.nio.ByteBuffer;

/** How payloads become pictures for people. Any thread may ask, but no stream thread should. */
public final class Payloads {
    private static final EncoderSettings QUALITY = new EncoderSettings(3, false);

    private Payloads() {}

    /** A decoder of outputs, which come in the order of display. */
    public static StreamDecoder stream() {
        return new StreamDecoder(DecoderLimits.DEFAULT, false);
    }

    /**
     * Decodes a frame that refers to no other.
     *
     * @return the caller's to close
     * @throws FrameCodecException if the payload is not what its format says, or refers to others
     */
    public static Picture decode(EncodedFrame frame) throws FrameCodecException {
        if (frame.format().codec().isInterCoded()) {
            throw new FrameCodecException(
                    FrameCodecException.Reason.UNSUPPORTED,
                    "expected a frame that can be shown alone, found one of "
                            + frame.format().codec());
        }
        try (FrameDecoder decoder = FrameCodecs.decoder(frame.format().codec(), DecoderLimits.DEFAULT)) {
            return decoder.decode(frame.format(), frame.payload());
        }
    }

    /**
     * A picture as JPEG, 4:2:0 with 8 bits.
     *
     * @param picture stays the caller's
     */
    static ByteBuffer jpeg(EncodedFrame frame, Picture picture) throws VideoException {
        FrameFormat format = frame.format();
        Colour colour = ScreenScaler.ofJpeg(format.colour());
        FrameFormat shown = new FrameFormat(
                Codec.JPEG, PixelFormat.YUV420P, format.width(), format.height(), format.sampleAspectRatio(), colour);
        try (ScreenScaler scaler = new ScreenScaler();
                Picture scaled = scaler.convert(picture, format.colour(), format.width(), format.height(), colour);
                FrameEncoder encoder = FrameCodecs.encoder(shown, QUALITY)) {
            return ByteBuffer.wrap(encoder.encode(scaled));
        } catch (FrameCodecException e) {
            throw new VideoException(e.getMessage());
        }
    }
}
