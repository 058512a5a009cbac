package io.kinolift.fit;

import io.kinolift.codec.AvPictures;
import io.kinolift.codec.Rescaler;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;

/** FFmpeg's scaler in space, and a linear blend of its pictures in time. */
final class FfmpegEnlarger implements Enlarger {
    private final TimeScale time;
    private final Rescaler rescaler;
    private final Picture small;

    FfmpegEnlarger(Rescaler.Filter filter, TimeScale time, int width, int height, int factor) {
        this.time = time;
        rescaler = new Rescaler(filter, width, height, width * factor, height * factor);
        small = new AvPictures().allocate(PixelFormat.GRAY8, width, height);
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
    public void add(long output, long input, Samples picture, double[] sums) {
        double weight = 1 - Math.abs(time.position(output) - input);
        picture.copyTo(small.plane(0));
        try (Picture large = rescaler.rescale(small)) {
            int[] values = Samples.of(large.plane(0)).values();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += weight * values[i];
            }
        }
    }

    @Override
    public void close() {
        rescaler.close();
        small.close();
    }
}
