package io.kinolift.client;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;

/**
 * A recorded picture and what its frame says of it.
 *
 * @param aspect width of a sample over its height; {@link Rational#ZERO} when unknown
 */
record Shot(Picture picture, Rational aspect, Colour colour) implements AutoCloseable {
    long bytes() {
        return picture.format().pictureBytes(picture.width(), picture.height());
    }

    @Override
    public void close() {
        picture.close();
    }
}
