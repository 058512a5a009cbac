package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.TimedPicture;
import io.kinolift.video.VideoReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Video of 10 bits from file to file through a real broker: no sample loses its last two bits on the way. */
class HighDepthVideoIT {
    private static final int WIDTH = 98;
    private static final int HEIGHT = 54;
    private static final int FRAMES = 9;

    /** Where chroma lies in a video that does not say it. */
    private static final Colour LEFT = new Colour(
            Colour.Range.UNSPECIFIED,
            Colour.UNSPECIFIED_CODE,
            Colour.UNSPECIFIED_CODE,
            Colour.UNSPECIFIED_CODE,
            Colour.ChromaLocation.LEFT);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "ffv1, yuv420p10le, YUV420P10, --window-size=4", "libaom-av1, yuv420p10le, YUV420P10, --window-size=16",
        "ffv1, yuv422p10le, YUV422P10, --operator=conv-transpose3d --weights=trilinear",
                "ffv1, gray10le, GRAY10, --frame-codec=raw"
    })
    void everySampleIsTheOperatorsInOneShot(String codec, String pixels, PixelFormat format, String options)
            throws Exception {
        Path input = clip(codec, pixels);
        Path output = folder.resolve("out.mkv");
        assertThat(upscale(input, output, options)).isZero();
        List<Picture> frames = read(input, format);
        List<Picture> found = read(output, format);
        try {
            assertThat(frames).hasSize(FRAMES).anyMatch(HighDepthVideoIT::hasLastBits);
            assertThat(found).hasSize(2 * FRAMES);
            BoundOperator operator = InterpolationOperator.of(new Interpolation(
                            Mode.TRILINEAR,
                            Rational.of(2),
                            new SpatialTarget.Factors(Rational.of(2), Rational.of(2)),
                            false,
                            TemporalGrid.HALF_PIXEL))
                    .bind(format, WIDTH, HEIGHT, LEFT);
            for (int o = 0; o < found.size(); o++) {
                try (Picture expected = new AvPictures().allocate(format, 2 * WIDTH, 2 * HEIGHT)) {
                    operator.upscale(o, new Whole(frames), expected, Bands.ONE);
                    assertThat(TestPictures.samples(found.get(o)))
                            .as("output %d", o)
                            .isEqualTo(TestPictures.samples(expected));
                }
            }
        } finally {
            frames.forEach(Picture::close);
            found.forEach(Picture::close);
        }
    }

    @Test
    void anMp4KeepsTenBits() throws Exception {
        Path output = folder.resolve("out.mp4");
        assertThat(upscale(clip("ffv1", "yuv420p10le"), output, "--window-size=16"))
                .isZero();
        try (VideoReader reader = VideoReader.open(output.toString(), ReaderLimits.DEFAULT)) {
            assertThat(reader.info().codec()).isEqualTo("av1");
            assertThat(reader.info().pixelFormat()).isEqualTo(PixelFormat.YUV420P10);
        }
    }

    private static int upscale(Path input, Path output, String options) {
        List<String> arguments = new ArrayList<>(List.of(
                "upscale", input.toString(), output.toString(), "--scale-factor", "2,2,2", "--scene-cut", "off"));
        arguments.addAll(Arrays.asList(options.split(" ")));
        return Kinolift.execute(arguments.toArray(String[]::new));
    }

    private Path clip(String codec, String pixels) throws Exception {
        Path file = folder.resolve("in.mkv");
        Process process = new ProcessBuilder(
                        Loader.load(ffmpeg.class),
                        "-v",
                        "error",
                        "-nostdin",
                        "-f",
                        "lavfi",
                        "-i",
                        "gradients=size=" + WIDTH + "x" + HEIGHT + ":rate=25:seed=1:speed=0.1",
                        "-frames:v",
                        Integer.toString(FRAMES),
                        "-pix_fmt",
                        pixels,
                        "-c:v",
                        codec,
                        file.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        return file;
    }

    private static List<Picture> read(Path video, PixelFormat format) throws Exception {
        List<Picture> pictures = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(video.toString(), ReaderLimits.DEFAULT)) {
            for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
                assertThat(next.picture().format()).isEqualTo(format);
                pictures.add(next.picture());
            }
        }
        return pictures;
    }

    /** Whether there is more in it than 8 bits could say. */
    private static boolean hasLastBits(Picture picture) {
        for (int x = 0; x < WIDTH; x++) {
            if (picture.plane(0).sample(x, HEIGHT / 2) % 4 != 0) {
                return true;
            }
        }
        return false;
    }

    private record Whole(List<Picture> frames) implements InputFrames {
        @Override
        public long first() {
            return 0;
        }

        @Override
        public long last() {
            return frames.size() - 1L;
        }

        @Override
        public Picture at(long index) {
            return frames.get((int) index);
        }
    }
}
