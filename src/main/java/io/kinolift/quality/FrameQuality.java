package io.kinolift.quality;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Likeness of two pictures of one format and size.
 *
 * @param components Y, U, V or R, G, B, then A; always in this order, whatever the order of the planes; also for NV12
 */
public record FrameQuality(List<Component> components) {
    private static final String ORDER = "YUVRGBA";

    /**
     * The quality of one component of a picture.
     *
     * @param name a capital letter
     * @param samples how many were compared
     */
    public record Component(String name, long samples, PlaneQuality quality) {}

    public FrameQuality {
        components = List.copyOf(components);
    }

    /**
     * Compares two pictures.
     *
     * @param a the original
     * @throws IllegalArgumentException if the pictures differ in format or size
     */
    public static FrameQuality measure(Picture a, Picture b) {
        if (a.format() != b.format() || a.width() != b.width() || a.height() != b.height()) {
            throw new IllegalArgumentException(
                    "expected pictures of one format and size, found " + shape(a) + " and " + shape(b));
        }
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < a.planes().size(); i++) {
            for (int c = 0; c < a.plane(i).components(); c++) {
                Plane plane = a.plane(i);
                components.add(new Component(
                        String.valueOf(plane.roles().get(c).letter()),
                        (long) plane.width() * plane.height(),
                        PlaneQuality.measure(plane, b.plane(i), c, a.format().maxSample())));
            }
        }
        components.sort(Comparator.comparingInt(component -> ORDER.indexOf(component.name())));
        return new FrameQuality(components);
    }

    /** Of all samples together: every component counts by its size, as in FFmpeg's psnr and ssim filters. */
    public PlaneQuality all() {
        PlaneQuality sum = new PlaneQuality(0, 0, 0, 0);
        long samples = 0;
        for (Component component : components) {
            sum = sum.plus(component.quality().times((double) component.samples()));
            samples += component.samples();
        }
        return sum.over((double) samples);
    }

    private static String shape(Picture picture) {
        return picture.format() + " " + picture.width() + "x" + picture.height();
    }
}
