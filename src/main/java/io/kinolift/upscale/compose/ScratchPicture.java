package io.kinolift.upscale.compose;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.upscale.BoundOperator;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** Pictures between two stages, in memory that is freed when nothing refers to them any more. */
final class ScratchPicture {
    private ScratchPicture() {}

    /** A picture with undefined samples, for an output of the operator. */
    static Picture of(BoundOperator operator) {
        PixelFormat format = operator.outputFormat();
        int width = operator.outputWidth();
        int height = operator.outputHeight();
        List<Plane> planes = new ArrayList<>();
        for (int plane = 0; plane < format.planeCount(); plane++) {
            long stride = format.rowBytes(plane, width);
            planes.add(Plane.of(
                    format,
                    plane,
                    Arena.ofAuto().allocate(stride * format.planeHeight(plane, height), Long.BYTES),
                    width,
                    height,
                    stride));
        }
        return new Picture(format, width, height, planes, () -> {});
    }
}
