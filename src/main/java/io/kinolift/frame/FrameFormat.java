package io.kinolift.frame;

/**
 * The properties that all frames of a segment share. A frame with another format starts a new segment.
 *
 * @param width luma samples per row
 * @param height luma rows
 * @param sampleAspectRatio width of a sample over its height; {@link Rational#ZERO} when unknown
 */
public record FrameFormat(
        Codec codec, PixelFormat pixelFormat, int width, int height, Rational sampleAspectRatio, Colour colour) {
    public FrameFormat withCodec(Codec other) {
        return new FrameFormat(other, pixelFormat, width, height, sampleAspectRatio, colour);
    }

    public FrameFormat withPicture(PixelFormat otherFormat, int otherWidth, int otherHeight) {
        return new FrameFormat(codec, otherFormat, otherWidth, otherHeight, sampleAspectRatio, colour);
    }

    @Override
    public String toString() {
        return codec + " " + pixelFormat + " " + width + "x" + height;
    }
}
