package io.kinolift.fit;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.video.EncoderChoice;
import io.kinolift.video.PictureSideData;
import io.kinolift.video.VideoSettings;
import io.kinolift.video.VideoWriter;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Random;

/** Videos with edges, waves and noise in them: every weight of a kernel is determined. */
public final class SyntheticClip {
    private SyntheticClip() {}

    /** What is at a place in a frame. */
    public interface Scene {
        double at(int x, int y, int frame);
    }

    /** A lossless grey video. */
    public static Path write(Path file, int width, int height, int frames, long seed) throws VideoException {
        Random random = new Random(seed);
        return write(file, width, height, frames, (x, y, frame) -> {
            double wave = 40 * Math.sin((x + 2 * frame) * 0.31) * Math.cos((y - frame) * 0.23 + x * 0.05);
            int block = ((x + frame) / 9 + y / 7) % 2 * 60;
            return 80 + wave + block + 3 * random.nextGaussian();
        });
    }

    /** A lossless grey video of a scene, which is asked row by row. */
    public static Path write(Path file, int width, int height, int frames, Scene scene) throws VideoException {
        try (VideoWriter writer = VideoWriter.create(
                file,
                new VideoSettings(
                        "mkv",
                        EncoderChoice.of("ffv1"),
                        PixelFormat.GRAY8,
                        width,
                        height,
                        Rational.ONE,
                        Colour.UNSPECIFIED,
                        Rational.of(1, 25),
                        Rational.of(25),
                        2,
                        PictureSideData.NONE,
                        null,
                        1))) {
            for (int i = 0; i < frames; i++) {
                try (Picture picture = new AvPictures().allocate(PixelFormat.GRAY8, width, height)) {
                    draw(picture.plane(0), i, scene);
                    writer.write(picture, i, 1);
                }
            }
            writer.finish();
        }
        return file;
    }

    private static void draw(Plane plane, int frame, Scene scene) {
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                int value = (int) Math.clamp(scene.at(x, y, frame), 0, 255);
                plane.data().set(ValueLayout.JAVA_BYTE, y * plane.stride() + x, (byte) value);
            }
        }
    }
}
