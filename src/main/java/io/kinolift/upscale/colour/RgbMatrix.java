package io.kinolift.upscale.colour;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.colour.RgbCoefficients;
import java.util.Optional;

/**
 * Between Y'CbCr samples of 8 bits and R'G'B' in units of 0 to 255, as ITU-T H.273 defines it; nothing is clamped.
 * High-depth samples are four times as large, and so are their R'G'B'.
 *
 * @param blackLevel luma sample of black
 * @param lumaScale RGB units per luma sample
 * @param chromaScale RGB units per chroma sample
 */
public record RgbMatrix(double red, double blue, double blackLevel, double lumaScale, double chromaScale) {
    private static final float NEUTRAL = 128;
    private static final int LARGEST_601_HEIGHT = 576;

    /** Unspecified is BT.601 up to height 576, else BT.709; and limited range. */
    public static Optional<RgbMatrix> of(Colour colour, int height) {
        int unspecified = height <= LARGEST_601_HEIGHT ? 6 : 1;
        return switch (colour.matrix() == Colour.UNSPECIFIED_CODE ? unspecified : colour.matrix()) {
            case 1 -> Optional.of(of(0.2126, 0.0722, colour));
            case 4 -> Optional.of(of(0.30, 0.11, colour));
            case 5, 6 -> Optional.of(of(0.299, 0.114, colour));
            case 7 -> Optional.of(of(0.212, 0.087, colour));
            case 9 -> Optional.of(of(0.2627, 0.0593, colour));
            default -> Optional.empty();
        };
    }

    private static RgbMatrix of(double red, double blue, Colour colour) {
        return colour.range() == Colour.Range.FULL
                ? new RgbMatrix(red, blue, 0, 1, 1)
                : new RgbMatrix(red, blue, 16, 255.0 / 219, 255.0 / 224);
    }

    double green() {
        return 1 - red - blue;
    }

    public RgbCoefficients coefficients(PixelFormat format) {
        return new RgbCoefficients(
                (float) (blackLevel * format.scaleFrom8Bit()),
                (float) lumaScale,
                (float) (2 * (1 - red) * chromaScale),
                (float) (-2 * blue * (1 - blue) / green() * chromaScale),
                (float) (-2 * red * (1 - red) / green() * chromaScale),
                (float) (2 * (1 - blue) * chromaScale),
                (float) red,
                (float) green(),
                (float) blue,
                (float) (1 / lumaScale),
                (float) (1 / (2 * (1 - blue) * chromaScale)),
                (float) (1 / (2 * (1 - red) * chromaScale)),
                NEUTRAL * format.scaleFrom8Bit());
    }
}
