package io.kinolift.fit;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameDecoder;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.codec.PayloadBuffer;
import io.kinolift.ffmpeg.Rescaler;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;

/** A {@link Degradation} of luma pictures of one size. One instance is for one thread at a time. */
public final class Degrader implements AutoCloseable {
    private final Rescaler rescaler;
    private final FrameFormat small;
    private final FrameEncoder encoder;
    private final FrameDecoder decoder;
    private final PayloadBuffer buffer = new PayloadBuffer();

    /**
     * @param width of the large picture, a multiple of the factor
     * @param height of the large picture, also a multiple of the factor
     * @throws FrameCodecException if there is no JPEG of the small size
     */
    public Degrader(Degradation degradation, int width, int height) throws FrameCodecException {
        small = new FrameFormat(
                Codec.JPEG,
                PixelFormat.GRAY8,
                width / degradation.factor(),
                height / degradation.factor(),
                Rational.ONE,
                Colour.UNSPECIFIED);
        boolean jpeg = degradation.jpegQuality() > 0;
        encoder = jpeg ? FrameCodecs.encoder(small, new EncoderSettings(degradation.jpegQuality(), true)) : null;
        decoder = jpeg ? FrameCodecs.decoder(Codec.JPEG, DecoderLimits.DEFAULT) : null;
        rescaler = new Rescaler(degradation.filter(), width, height, small.width(), small.height());
    }

    /**
     * Makes the small picture.
     *
     * @param large GRAY8; stays the caller's
     * @return GRAY8, which the caller closes
     */
    public Picture apply(Picture large) throws FrameCodecException {
        Picture shrunk = rescaler.rescale(large);
        if (encoder == null) {
            return shrunk;
        }
        try (shrunk) {
            return decoder.decode(small, encoder.encode(shrunk, buffer));
        }
    }

    @Override
    public void close() {
        rescaler.close();
        if (encoder != null) {
            encoder.close();
            decoder.close();
        }
    }
}
