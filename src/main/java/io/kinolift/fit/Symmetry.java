package io.kinolift.fit;

import io.kinolift.upscale.adapt.GradientClasses;

/** The eight symmetries of a square. A position is its row times the square's size plus its column. */
enum Symmetry {
    IDENTITY,
    MIRROR_X,
    MIRROR_Y,
    TURN,
    TRANSPOSE,
    TRANSPOSE_MIRROR_X,
    TRANSPOSE_MIRROR_Y,
    TRANSPOSE_TURN;

    int apply(int position, int size) {
        int y = position / size;
        int x = position % size;
        y = (ordinal() & 2) != 0 ? size - 1 - y : y;
        x = (ordinal() & 1) != 0 ? size - 1 - x : x;
        return (ordinal() & 4) != 0 ? x * size + y : y * size + x;
    }

    /** The class of {@link GradientClasses} that samples of a class get in a picture transformed this way. */
    int applyToClass(int of) {
        int turned = (ordinal() & 1) != 0 ? GradientClasses.mirrored(of) : of;
        turned = (ordinal() & 2) != 0 ? GradientClasses.mirrored(turned) : turned;
        return (ordinal() & 4) != 0 ? GradientClasses.transposed(turned) : turned;
    }

    /** The mean over all eight. Positions that they exchange get equal values, to the last bit. */
    static double[] mean(double[] square, int size) {
        double[] mean = new double[square.length];
        for (int position = 0; position < square.length; position++) {
            int first = position;
            for (Symmetry symmetry : values()) {
                first = Math.min(first, symmetry.apply(position, size));
            }
            for (Symmetry symmetry : values()) {
                mean[position] += square[symmetry.apply(first, size)] / values().length;
            }
        }
        return mean;
    }
}
