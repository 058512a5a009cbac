package io.kinolift.fit;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Rescaler;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.upscale.InputFrames;
import java.lang.foreign.ValueLayout;

/** FFmpeg's scaler in space, and a linear blend of its pictures in time. */
final class FfmpegEnlarger implements Enlarger {
    private static final AvPictures PICTURES = new AvPictures();

    private final TimeScale time;
    private final Rescaler rescaler;

    FfmpegEnlarger(Rescaler.Filter filter, TimeScale time, int width, int height, int factor) {
        this.time = time;
        rescaler = new Rescaler(filter, width, height, width * factor, height * factor);
    }

    @Override
    public long first(long output) {
        return time.first(output);
    }

    @Override
    public long last(long output) {
        return time.last(output);
    }

    @Override
    public Picture enlarge(long output, InputFrames inputs) {
        Picture before = rescaler.rescale(inputs.at(time.first(output)));
        if (time.first(output) == time.last(output)) {
            return before;
        }
        try (before;
                Picture after = rescaler.rescale(inputs.at(time.last(output)))) {
            Picture blend = PICTURES.allocate(PixelFormat.GRAY8, before.width(), before.height());
            blend(before.plane(0), after.plane(0), time.position(output) - time.first(output), blend.plane(0));
            return blend;
        }
    }

    private static void blend(Plane before, Plane after, double share, Plane to) {
        for (int y = 0; y < to.height(); y++) {
            for (int x = 0; x < to.width(); x++) {
                double value = (1 - share) * at(before, x, y) + share * at(after, x, y);
                to.data().set(ValueLayout.JAVA_BYTE, y * to.stride() + x, (byte) Math.floor(value + 0.5));
            }
        }
    }

    private static int at(Plane plane, int x, int y) {
        return plane.data().get(ValueLayout.JAVA_BYTE, y * plane.stride() + x) & 0xff;
    }

    @Override
    public void close() {
        rescaler.close();
    }
}
