package io.kinolift.frame;

import java.util.Optional;

/**
 * The matrices of ITU-T H.273 between Y'CbCr and R'G'B'. With Y' = red R' + green G' + blue B', B' - Y' and R' - Y' are
 * multiples of Cb and Cr.
 *
 * @param red share of red in luma; {@code blue} is the share of blue
 */
public record LumaWeights(double red, double blue) {
    private static final int BT601 = 6;
    private static final int BT709 = 1;
    private static final int LARGEST_601_HEIGHT = 576;

    /** The weights of a MatrixCoefficients code point; empty if the code point names no such matrix. */
    public static Optional<LumaWeights> ofMatrix(int matrix) {
        return switch (matrix) {
            case 1 -> Optional.of(new LumaWeights(0.2126, 0.0722));
            case 4 -> Optional.of(new LumaWeights(0.30, 0.11));
            case 5, 6 -> Optional.of(new LumaWeights(0.299, 0.114));
            case 7 -> Optional.of(new LumaWeights(0.212, 0.087));
            case 9 -> Optional.of(new LumaWeights(0.2627, 0.0593));
            default -> Optional.empty();
        };
    }

    /** The weights for pictures without a stated matrix: BT.601 up to height 576, else BT.709. */
    public static LumaWeights ofHeight(int height) {
        return ofMatrix(height <= LARGEST_601_HEIGHT ? BT601 : BT709).orElseThrow();
    }

    /** The weights for pictures of this colour and height; empty if the colour names no such matrix. */
    public static Optional<LumaWeights> of(Colour colour, int height) {
        return colour.matrix() == Colour.UNSPECIFIED_CODE ? Optional.of(ofHeight(height)) : ofMatrix(colour.matrix());
    }

    public double green() {
        return 1 - red - blue;
    }
}
