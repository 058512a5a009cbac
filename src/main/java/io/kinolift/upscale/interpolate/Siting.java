package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.frame.Role;

/**
 * Where the samples of a plane lie in their cells: a sample i of an axis has its centre at {@code i + offset} of its own
 * samples. It is a half for all but chroma that is coarser than luma and lies on a sample of luma instead of between two.
 * Enlarging keeps the offset, so that the chroma location of a picture is also that of the enlarged one.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-H.273">ITU-T H.273, ChromaLocType</a>
 */
record Siting(Rational rows, Rational columns) {
    private static final Rational FIRST = Rational.of(1, 4);
    private static final Rational SECOND = Rational.of(3, 4);
    private static final Siting CENTRE = new Siting(Coordinates.HALF, Coordinates.HALF);

    /** An unspecified location is the centre: every plane is enlarged by itself, as PyTorch would do it. */
    static Siting of(PixelFormat format, int plane, Colour.ChromaLocation location) {
        if (!format.roles(plane).contains(Role.CB) && !format.roles(plane).contains(Role.CR)) {
            return CENTRE;
        }
        Siting halved = switch (location) {
            case UNSPECIFIED, CENTER -> CENTRE;
            case LEFT -> new Siting(Coordinates.HALF, FIRST);
            case TOP_LEFT -> new Siting(FIRST, FIRST);
            case TOP -> new Siting(FIRST, Coordinates.HALF);
            case BOTTOM_LEFT -> new Siting(SECOND, FIRST);
            case BOTTOM -> new Siting(SECOND, Coordinates.HALF);
        };
        return new Siting(
                format.rowsPerChroma() == 2 ? halved.rows : Coordinates.HALF,
                format.columnsPerChroma() == 2 ? halved.columns : Coordinates.HALF);
    }
}
