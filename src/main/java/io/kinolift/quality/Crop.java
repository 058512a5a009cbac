package io.kinolift.quality;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;

/** A detail of a picture, kept after the picture is closed. */
public final class Crop {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 72;
    /** Of what moves, more has to be seen. */
    private static final int MOVING_WIDTH = 160;

    private static final int MOVING_HEIGHT = 120;

    private final BufferedImage image;
    private final Rectangle place;

    private Crop(BufferedImage whole, Rectangle place) {
        this.place = place;
        image = new BufferedImage(place.width, place.height, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().drawImage(whole.getSubimage(place.x, place.y, place.width, place.height), 0, 0, null);
    }

    /** The region with the most detail. The colour is unknown here, so the usual one is assumed. */
    public static Crop ofMostDetail(Picture picture) {
        BufferedImage whole = RgbImages.of(picture, Colour.UNSPECIFIED);
        return new Crop(whole, DetailRegion.find(whole, WIDTH, HEIGHT));
    }

    /**
     * The region of a picture where another of its size differs most.
     *
     * @param picture of unknown colour, as above
     */
    public static Crop ofMostDifference(Picture picture, Picture other) {
        BufferedImage whole = RgbImages.of(picture, Colour.UNSPECIFIED);
        BufferedImage difference = RgbImages.difference(whole, RgbImages.of(other, Colour.UNSPECIFIED));
        return new Crop(whole, DetailRegion.find(difference, MOVING_WIDTH, MOVING_HEIGHT));
    }

    /** The same place of another picture of that size. */
    public Crop same(Picture picture) {
        return new Crop(RgbImages.of(picture, Colour.UNSPECIFIED), place);
    }

    BufferedImage image() {
        return image;
    }
}
