package io.kinolift.live;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameDecoder;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.ffmpeg.EightBits;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;

/**
 * A picture that a browser can show.
 *
 * @param type media type
 */
record Viewable(String type, byte[] bytes) {
    private static final EncoderSettings QUALITY = new EncoderSettings(3, false);

    /** JPEG and PNG as they are; anything else decoded and encoded again, with 8 bits. */
    static Viewable of(EncodedFrame frame) throws FrameCodecException {
        return switch (frame.format().codec()) {
            case JPEG -> new Viewable("image/jpeg", frame.payloadBytes());
            case PNG -> new Viewable("image/png", frame.payloadBytes());
            default -> encode(frame);
        };
    }

    private static Viewable encode(EncodedFrame frame) throws FrameCodecException {
        FrameFormat format = frame.format();
        PixelFormat pixels = format.pixelFormat().to8Bit();
        boolean isJpeg = FrameCodecs.supported(Codec.JPEG).contains(pixels);
        FrameFormat shown =
                format.withCodec(isJpeg ? Codec.JPEG : Codec.PNG).withPicture(pixels, format.width(), format.height());
        try (FrameDecoder decoder = FrameCodecs.decoder(format.codec(), DecoderLimits.DEFAULT);
                Picture decoded = decoder.decode(format, frame.payload());
                Picture picture = EightBits.of(decoded);
                FrameEncoder encoder = FrameCodecs.encoder(shown, QUALITY)) {
            return new Viewable(isJpeg ? "image/jpeg" : "image/png", encoder.encode(picture));
        }
    }
}
