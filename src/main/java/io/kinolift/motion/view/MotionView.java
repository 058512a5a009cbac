package io.kinolift.motion.view;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.kernel.Kernels;
import io.kinolift.motion.BetweenPicture;
import io.kinolift.motion.MotionMap;
import io.kinolift.motion.MotionPair;
import io.kinolift.quality.RgbImages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** The motion half way between two pictures. */
public final class MotionView {
    private final Picture first;
    private final MotionPair pair;
    private final MotionMap map;

    /**
     * Looks for the motion between two pictures of one format and size.
     *
     * @param first must be open until everything is drawn
     * @param range samples that anything may move on each axis
     */
    public MotionView(Picture first, Picture second, int range) {
        this.first = first;
        pair = MotionPair.of(Kernels.motion(), Kernels.warp(), first, second, range);
        map = pair.map(1, 2);
    }

    public MotionFigures figures() {
        return MotionFigures.of(map);
    }

    /**
     * Writes a PNG: arrows over the picture that is made half way.
     *
     * @param allocator of that picture
     * @param title stands first above it
     * @param subtitle stands behind the title
     * @param file is replaced
     */
    public void write(PictureAllocator allocator, Colour colour, String title, String subtitle, Path file)
            throws IOException {
        try (Picture made = allocator.allocate(first.format(), first.width(), first.height())) {
            BetweenPicture between = pair.at(1, 2);
            for (int plane = 0; plane < made.planes().size(); plane++) {
                between.write(made, plane, 0, made.plane(plane).height());
            }
            MotionPlot plot = new MotionPlot(RgbImages.of(made, colour), map);
            // A stream of our own: where it cannot be opened, ImageIO prints a stack trace and hides the reason.
            try (OutputStream out = Files.newOutputStream(file)) {
                if (!ImageIO.write(plot.draw(title, subtitle), "png", out)) {
                    throw new IOException(file + ": this Java cannot write PNG");
                }
            }
        }
    }
}
