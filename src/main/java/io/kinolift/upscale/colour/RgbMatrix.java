package io.kinolift.upscale.colour;

import io.kinolift.frame.Colour;
import io.kinolift.frame.LumaWeights;
import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.colour.RgbCoefficients;
import java.util.Optional;

/**
 * Converts between Y'CbCr samples of 8 bits and R'G'B' in units of 0 to 255, as ITU-T H.273 defines it; nothing is
 * clamped. Samples of more bits are larger by a power of two, and so are their R'G'B'.
 *
 * @param blackLevel luma sample of black
 * @param lumaScale RGB units per luma sample
 * @param chromaScale RGB units per chroma sample
 */
public record RgbMatrix(LumaWeights weights, double blackLevel, double lumaScale, double chromaScale) {
    private static final float NEUTRAL = 128;

    /** An unstated matrix is the usual one, an unstated range is limited; empty if there is no matrix. */
    public static Optional<RgbMatrix> of(Colour colour, int height) {
        return LumaWeights.of(colour, height)
                .map(weights -> colour.range() == Colour.Range.FULL
                        ? new RgbMatrix(weights, 0, 1, 1)
                        : new RgbMatrix(weights, 16, 255.0 / 219, 255.0 / 224));
    }

    public RgbCoefficients coefficients(PixelFormat format) {
        double red = weights.red();
        double green = weights.green();
        double blue = weights.blue();
        return new RgbCoefficients(
                (float) (blackLevel * format.scaleFrom8Bit()),
                (float) lumaScale,
                (float) (2 * (1 - red) * chromaScale),
                (float) (-2 * blue * (1 - blue) / green * chromaScale),
                (float) (-2 * red * (1 - red) / green * chromaScale),
                (float) (2 * (1 - blue) * chromaScale),
                (float) red,
                (float) green,
                (float) blue,
                (float) (1 / lumaScale),
                (float) (1 / (2 * (1 - blue) * chromaScale)),
                (float) (1 / (2 * (1 - red) * chromaScale)),
                NEUTRAL * format.scaleFrom8Bit());
    }
}
