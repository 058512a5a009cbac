package io.kinolift.fit;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.video.VideoSettings;
import io.kinolift.video.VideoWriter;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Random;

/** Videos with edges, waves and noise in them: every weight of a kernel is determined. */
public final class SyntheticClip {
    private SyntheticClip() {}

    /** A lossless grey video. */
    public static Path write(Path file, int width, int height, int frames, long seed) throws VideoException {
        Random random = new Random(seed);
        try (VideoWriter writer = VideoWriter.create(
                file,
                new VideoSettings(
                        "mkv",
                        "ffv1",
                        PixelFormat.GRAY8,
                        width,
                        height,
                        Rational.ONE,
                        Colour.UNSPECIFIED,
                        Rational.of(1, 25),
                        Rational.of(25),
                        2,
                        0,
                        null,
                        null,
                        1))) {
            for (int i = 0; i < frames; i++) {
                try (Picture picture = new AvPictures().allocate(PixelFormat.GRAY8, width, height)) {
                    draw(picture.plane(0), i, random);
                    writer.write(picture, i, 1);
                }
            }
            writer.finish();
        }
        return file;
    }

    private static void draw(Plane plane, int frame, Random random) {
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                double wave = 40 * Math.sin((x + 2 * frame) * 0.31) * Math.cos((y - frame) * 0.23 + x * 0.05);
                int block = ((x + frame) / 9 + y / 7) % 2 * 60;
                int value = (int) Math.clamp(80 + wave + block + 3 * random.nextGaussian(), 0, 255);
                plane.data().set(ValueLayout.JAVA_BYTE, y * plane.stride() + x, (byte) value);
            }
        }
    }
}
