package io.kinolift.fit;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.tensor.Tensor;
import io.kinolift.upscale.InputFrames;
import io.kinolift.weights.ConvTransposeGeometry;
import io.kinolift.weights.ConvTransposeWeights;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Optional;

/** What the stream's operator makes of a picture with a kernel. */
final class Convolved {
    private Convolved() {}

    static IntPlane apply(PhaseGrid grid, double[] kernel, IntPlane input) {
        Tensor weight = Tensor.zeros(1, 1, 1, grid.kernel(), grid.kernel());
        for (int i = 0; i < kernel.length; i++) {
            weight.data()[i] = (float) kernel[i];
        }
        ConvTransposeGeometry geometry = ConvTransposeGeometry.enlarging(weight, 1, grid.factor(), grid.factor());
        Contender contender =
                Contender.of("kernel", new ConvTransposeWeights(weight, Optional.empty()), geometry, Map.of());
        try (Picture small = new AvPictures().allocate(PixelFormat.GRAY8, input.width(), input.height());
                Enlarger enlarger = contender.enlarger(input.width(), input.height(), TimeScale.NONE, grid.factor())) {
            Plane plane = small.plane(0);
            for (int i = 0; i < input.values().length; i++) {
                plane.data().set(ValueLayout.JAVA_BYTE, i / input.width() * plane.stride() + i % input.width(), (byte)
                        input.values()[i]);
            }
            try (Picture large = enlarger.enlarge(0, new One(small))) {
                return IntPlane.of(large.plane(0));
            }
        }
    }

    private record One(Picture picture) implements InputFrames {
        @Override
        public long first() {
            return 0;
        }

        @Override
        public long last() {
            return 0;
        }

        @Override
        public Picture at(long index) {
            return picture;
        }
    }
}
