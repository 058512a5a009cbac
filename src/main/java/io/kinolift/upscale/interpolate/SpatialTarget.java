package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Rational;

/** The size of output pictures. */
public sealed interface SpatialTarget {
    /** Luma samples per output row. */
    int outputWidth(int width);

    /** Luma rows of an output picture. */
    int outputHeight(int height);

    /** Output samples per input sample along a row. */
    Rational widthFactor(int width);

    /** Output rows per input row. */
    Rational heightFactor(int height);

    /** Sizes are floor(input * factor). */
    record Factors(Rational height, Rational width) implements SpatialTarget {
        /** @throws IllegalArgumentException if a factor is not positive */
        public Factors {
            Interpolation.requireFactor("height", height);
            Interpolation.requireFactor("width", width);
        }

        @Override
        public int outputWidth(int inputWidth) {
            return Math.toIntExact(width.floorOfProduct(inputWidth));
        }

        @Override
        public int outputHeight(int inputHeight) {
            return Math.toIntExact(height.floorOfProduct(inputHeight));
        }

        @Override
        public Rational widthFactor(int inputWidth) {
            return width;
        }

        @Override
        public Rational heightFactor(int inputHeight) {
            return height;
        }
    }

    /** A size in luma samples; factors follow exactly. */
    record Size(int width, int height) implements SpatialTarget {
        /** @throws IllegalArgumentException if a side is not positive */
        public Size {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException("expected a size of at least 1x1, found " + width + "x" + height);
            }
        }

        @Override
        public int outputWidth(int inputWidth) {
            return width;
        }

        @Override
        public int outputHeight(int inputHeight) {
            return height;
        }

        @Override
        public Rational widthFactor(int inputWidth) {
            return Rational.of(width, inputWidth);
        }

        @Override
        public Rational heightFactor(int inputHeight) {
            return Rational.of(height, inputHeight);
        }
    }
}
