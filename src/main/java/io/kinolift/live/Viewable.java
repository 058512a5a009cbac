package io.kinolift.live;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.ffmpeg.EightBits;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.live.watch.Payloads;

/**
 * A picture that a browser can show.
 *
 * @param type media type; empty for a frame that cannot be shown alone
 */
record Viewable(String type, byte[] bytes) {
    private static final EncoderSettings QUALITY = new EncoderSettings(3, false);

    /** Of a frame that cannot be shown. */
    static final Viewable NOTHING = new Viewable("", new byte[0]);

    /** JPEG and PNG as they are; anything else decoded and encoded again, with 8 bits; nothing if it refers to others. */
    static Viewable of(EncodedFrame frame) throws FrameCodecException {
        return switch (frame.format().codec()) {
            case JPEG -> new Viewable("image/jpeg", frame.payloadBytes());
            case PNG -> new Viewable("image/png", frame.payloadBytes());
            case H264, HEVC, VP9, AV1 -> NOTHING;
            default -> {
                try (Picture picture = Payloads.decode(frame)) {
                    yield encode(frame.format(), picture);
                }
            }
        };
    }

    /**
     * A frame that refers to others.
     *
     * @param reel has all of them
     * @return nothing if it cannot be decoded
     */
    static Viewable of(EncodedFrame frame, Reel reel) throws FrameCodecException {
        Viewable made = reel.picture(frame, shown -> encode(frame.format(), shown.picture()));
        return made == null ? NOTHING : made;
    }

    static Viewable encode(FrameFormat format, Picture decoded) throws FrameCodecException {
        PixelFormat pixels = format.pixelFormat().to8Bit();
        boolean isJpeg = FrameCodecs.supported(Codec.JPEG).contains(pixels);
        FrameFormat shown =
                format.withCodec(isJpeg ? Codec.JPEG : Codec.PNG).withPicture(pixels, format.width(), format.height());
        try (Picture picture = EightBits.of(decoded);
                FrameEncoder encoder = FrameCodecs.encoder(shown, QUALITY)) {
            return new Viewable(isJpeg ? "image/jpeg" : "image/png", encoder.encode(picture));
        }
    }
}
