package io.kinolift.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures with a file each, uncompressed video, animations; and encoders as somebody wants them. */
class OtherOutputsTest {
    private static final int FRAMES = 6;
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    @TempDir
    Path folder;

    private static VideoSettings settings(String container, PixelFormat format, EncoderChoice encoder)
            throws VideoException {
        return VideoWriter.withCodec(new VideoSettings(
                container,
                encoder,
                format,
                WIDTH,
                HEIGHT,
                Rational.ONE,
                Colour.UNSPECIFIED,
                Rational.of(1, 25),
                Rational.of(25),
                2,
                PictureSideData.NONE,
                null,
                1));
    }

    /** A grey that has the value 128 in full range. */
    private static Picture grey(PixelFormat format) {
        Picture picture = new AvPictures().allocate(format, WIDTH, HEIGHT);
        int unit = 1 << (format.bitDepth() - 8);
        for (int i = 0; i < picture.planes().size(); i++) {
            Plane plane = picture.plane(i);
            for (int y = 0; y < plane.height(); y++) {
                for (int x = 0; x < plane.width(); x++) {
                    plane.set(x, y, (i == 0 ? 126 : 128) * unit);
                }
            }
        }
        return picture;
    }

    private List<String> write(String url, VideoSettings settings) throws VideoException {
        try (VideoWriter writer = VideoWriter.create(url, settings)) {
            for (int i = 0; i < FRAMES; i++) {
                try (Picture picture = grey(settings.pixelFormat())) {
                    writer.write(picture, i, 1);
                }
            }
            writer.finish();
            return writer.remarks();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "p_%02d.png, YUV420P, RGB24, 128",
        "p_%02d.png, YUV422P10, , 128",
        "p_%02d.jpg, YUV420P, YUV420P, 128",
        "p_%02d.jpg, YUV444P, YUV444P, 128",
        "p_%02d.tif, YUV420P, YUV420P, 126",
        "p_%02d.bmp, YUV420P, , 128",
        "p_%02d.webp, YUV420P, YUV420P, 126",
        "clip.apng, YUV420P, RGB24, 128",
        "clip.gif, YUV420P, , 128",
        "clip.y4m, YUV422P, YUV422P, 126",
        "clip.y4m, YUV420P10, YUV420P10, 504"
    })
    void everyKindIsWritten(String name, PixelFormat format, PixelFormat read, int sample) throws Exception {
        boolean pictures = name.contains("%");
        Path path = folder.resolve(name);
        String url = pictures ? PictureNames.of(path.toString()).orElseThrow().pattern(folder) : "file:" + path;
        write(url, settings(name, format, EncoderChoice.USUAL));
        if (pictures) {
            assertThat(PictureNames.of(path.toString()).orElseThrow().numbers())
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        }
        if (read == null) {
            // Layouts that a reader may refuse.
            return;
        }
        try (VideoReader reader = VideoReader.open(path.toString(), ReaderLimits.DEFAULT)) {
            int count = 0;
            for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
                assertThat(next.picture().format()).isEqualTo(read);
                assertThat((double) next.picture().plane(0).sample(9, 9)).isBetween(sample - 1.0, sample + 1.0);
                assertThat(next.pts() * reader.timeBase().toDouble()).isCloseTo(count / 25.0, within(1e-9));
                next.close();
                count++;
            }
            assertThat(count).isEqualTo(FRAMES);
        }
    }

    @Test
    void rawVideo_saysHowItIsRead() throws Exception {
        for (String name : List.of("clip.yuv", "clip.raw")) {
            Path file = folder.resolve(name);
            List<String> remarks = write("file:" + file, settings(name, PixelFormat.YUV420P, EncoderChoice.USUAL));
            assertThat(file).hasSize(FRAMES * WIDTH * HEIGHT * 3 / 2);
            assertThat(remarks)
                    .singleElement()
                    .asString()
                    .contains(
                            "--input-format rawvideo --input-size 64x48 --input-pixel-format yuv420p --input-rate 25");
        }
    }

    @Test
    void unevenTimes_areSaidWhereThereAreNone() throws Exception {
        Path file = folder.resolve("clip.y4m");
        VideoSettings settings = settings("clip.y4m", PixelFormat.YUV420P, EncoderChoice.USUAL);
        try (VideoWriter writer = VideoWriter.create(file, settings);
                Picture picture = TestPictures.ramp(PixelFormat.YUV420P, WIDTH, HEIGHT, 0)) {
            writer.write(picture, 0, 1);
            writer.write(picture, 5, 1);
            writer.finish();
            assertThat(writer.remarks())
                    .singleElement()
                    .asString()
                    .startsWith("1 of 2 pictures are not at their times");
        }
    }

    @Test
    void onePicture_hasItsNameAsItIs() throws Exception {
        Path file = folder.resolve("100%.png");
        VideoSettings settings = settings("100%.png", PixelFormat.YUV420P, EncoderChoice.USUAL);
        try (VideoWriter writer = VideoWriter.create(file.toString(), settings);
                Picture picture = grey(PixelFormat.YUV420P)) {
            writer.write(picture, 0, 1);
            writer.finish();
        }
        assertThat(file).isRegularFile();
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void manifests_areRefused() {
        assertThatThrownBy(() -> settings("clip.mpd", PixelFormat.YUV420P, EncoderChoice.USUAL))
                .isInstanceOf(VideoException.class)
                .hasMessageStartingWith("expected a container of one file, found dash");
    }

    @ParameterizedTest
    @CsvSource({
        "h264, 0, crfx, 20, 'expected options that libopenh264 has, found \"crfx\": Option not found'",
        "vp9, 0, cpu-used, fast, 'cpu-used'",
        "mpeg4, 0, bf, 2, 'without bf'",
        "ffv1, 1000, , , 'found ffv1, which keeps every sample'",
        "nosuch, 0, , , 'expected a video encoder of FFmpeg, found \"nosuch\"'"
    })
    void anEncoderThatCannot_saysSoAtOnce(String codec, long bitrate, String option, String value, String message) {
        EncoderChoice choice =
                new EncoderChoice(codec, bitrate, option == null ? Map.of() : Map.of(option, value), null);
        assertThatThrownBy(() -> settings("mkv", PixelFormat.YUV420P, choice))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"h264, mkv", "vp9, webm", "mpeg4, avi", "mjpeg, avi"})
    void theBitrate_isFollowed(String codec, String container) throws Exception {
        long small = bytes(container, new EncoderChoice(codec, 100_000, Map.of(), null));
        long large = bytes(container, new EncoderChoice(codec, 4_000_000, Map.of(), null));
        assertThat(large).isGreaterThan(3 * small / 2);
    }

    @Test
    void options_winOverOurs() throws Exception {
        long fine = bytes("mkv", EncoderChoice.of("mpeg4"));
        long coarse = bytes("mkv", new EncoderChoice("mpeg4", 0, Map.of("global_quality", "3658"), null));
        assertThat(coarse).isLessThan(fine / 2);
    }

    private long bytes(String container, EncoderChoice choice) throws Exception {
        Path file = folder.resolve("noise." + container);
        try (VideoWriter writer = VideoWriter.create(file, settings(container, PixelFormat.YUV420P, choice))) {
            for (int i = 0; i < 50; i++) {
                try (Picture picture = grey(PixelFormat.YUV420P)) {
                    grain(picture.plane(0), i);
                    writer.write(picture, i, 1);
                }
            }
            writer.finish();
        }
        return Files.size(file);
    }

    private static void grain(Plane luma, long seed) {
        Random random = new Random(seed);
        for (int y = 0; y < luma.height(); y++) {
            for (int x = 0; x < luma.width(); x++) {
                luma.set(x, y, 64 + x + random.nextInt(64));
            }
        }
    }
}
