package io.kinolift.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.Footage;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VideoWriterTest {
    private static final Rational MILLIS = Rational.of(1, 1000);
    private static final Colour COLOUR = new Colour(Colour.Range.LIMITED, 1, 1, 1, Colour.ChromaLocation.LEFT);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = PixelFormat.class,
            names = {"GRAY8", "YUV420P", "YUV422P", "YUV444P", "RGB24", "GRAY10", "YUV420P10", "YUV422P10", "YUV444P10"
            })
    void ffv1ReturnsEverySampleAndTime(PixelFormat format) throws Exception {
        Path file = folder.resolve("clip.mkv");
        List<byte[]> written = new ArrayList<>();
        try (VideoWriter writer = VideoWriter.create(file, settings("mkv", "ffv1", format, 177, 145, MILLIS, null))) {
            for (int i = 0; i < 12; i++) {
                try (Picture picture = TestPictures.noise(format, 177, 145, i)) {
                    writer.write(picture, 41L * i + i % 3, 41);
                    written.add(TestPictures.samples(picture));
                }
            }
            writer.finish();
        }
        try (VideoReader reader = VideoReader.open(file.toString(), ReaderLimits.DEFAULT)) {
            for (int i = 0; i < 12; i++) {
                try (TimedPicture timed = reader.next()) {
                    assertThat(timed.pts()).isEqualTo(41L * i + i % 3);
                    assertThat(TestPictures.samples(timed.picture())).isEqualTo(written.get(i));
                    assertThat(timed.colour().matrix()).isEqualTo(format.isRgb() ? 0 : COLOUR.matrix());
                }
            }
            assertThat(reader.next()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mp4, h264, YUV420P", "mov, h264, NV12", "mkv, h264, GRAY8", "webm, vp9, YUV420P", "avi, mjpeg, YUV422P",
        "mp4, mpeg4, YUV420P", "mkv, av1, YUV420P", "mp4, av1, YUV420P10", "mkv, av1, YUV422P10",
                "webm, av1, YUV444P10",
        "mp4, av1, GRAY10", "mov, prores_ks, YUV422P10", "avi, ffv1, YUV422P10"
    })
    void lossyCodecsKeepCountTimesAndLooks(String container, String codec, PixelFormat format) throws Exception {
        Path file = folder.resolve("clip." + container);
        Rational timeBase = container.equals("avi") ? Rational.of(1001, 30000) : Rational.of(1, 90000);
        long step = container.equals("avi") ? 1 : 3003;
        try (VideoWriter writer =
                VideoWriter.create(file, settings(container, codec, format, 320, 180, timeBase, null))) {
            for (int i = 0; i < 20; i++) {
                try (Picture picture = TestPictures.ramp(format, 320, 180, i)) {
                    writer.write(picture, i * step, step);
                }
            }
            writer.finish();
        }
        VideoReaderTest.Read read = VideoReaderTest.read(file);
        assertThat(read.hashes()).hasSize(20);
        assertThat(read.pts()).isSorted().doesNotHaveDuplicates();
        if (container.equals("mp4") || container.equals("mov")) {
            Rational unit = read.info().timeBase();
            assertThat(unit.multiply(Rational.of(read.pts().get(19)))).isEqualTo(Rational.of(19 * 3003, 90000));
        }
        try (VideoReader reader = VideoReader.open(file.toString(), ReaderLimits.DEFAULT);
                TimedPicture timed = reader.next()) {
            assertThat(timed.picture().format().bitDepth()).isEqualTo(format.bitDepth());
            try (Picture first = TestPictures.ramp(format, 320, 180, 0)) {
                assertThat(meanLumaDifference(first, timed.picture())).isLessThan(4 * format.scaleFrom8Bit());
            }
        }
    }

    /** The clock of an upscaled 29.97 stream from Matroska, by 2.0: no container can count it. */
    @ParameterizedTest
    @CsvSource({"mp4", "mov", "mkv", "webm", "ts", "avi"})
    void aClockThatNoContainerCountsLosesNoTime(String container) throws Exception {
        Path file = folder.resolve("clip." + container);
        Rational rate = Rational.of(60_000, 1001);
        Rational unit = Rational.of(1, 30_000L * 999_999);
        String codec = container.equals("webm") ? "vp9" : container.equals("avi") ? "mjpeg" : "h264";
        VideoSettings settings = new VideoSettings(
                container,
                EncoderChoice.of(codec),
                PixelFormat.YUV420P,
                64,
                48,
                Rational.ONE,
                COLOUR,
                unit,
                rate,
                2,
                PictureSideData.NONE,
                null,
                1);
        try (VideoWriter writer = VideoWriter.create(file, settings)) {
            for (int i = 0; i < 120; i++) {
                try (Picture picture = TestPictures.ramp(PixelFormat.YUV420P, 64, 48, i)) {
                    writer.write(picture, Ticks.nearest(i, rate.inverse(), unit), 500_499_499);
                }
            }
            writer.finish();
        }
        VideoReaderTest.Read read = VideoReaderTest.read(file);
        assertThat(read.pts()).hasSize(120);
        Rational tick = read.info().timeBase();
        for (int i = 0; i < 120; i++) {
            assertThat(read.pts().get(i) - read.pts().getFirst()).isEqualTo(Ticks.nearest(i, rate.inverse(), tick));
        }
    }

    /** Nothing is refused that some codec of the container takes. */
    @ParameterizedTest
    @CsvSource({
        "mp4, YUV420P, 64, 48, h264", "mp4, YUV444P, 64, 48, av1", "mp4, YUV422P, 65, 47, av1",
        "mp4, YUV420P10, 64, 48, av1", "mp4, RGB24, 64, 48, av1", "mp4, YUV420P, 7680, 4320, av1",
        "mov, YUV420P10, 64, 48, prores_ks", "mov, GRAY10, 64, 48, prores_ks", "mov, YUV444P, 64, 48, mjpeg",
        "mov, RGB24, 64, 48, png", "mkv, RGB24, 65, 47, ffv1", "mkv, YUV444P10, 65, 47, ffv1",
        "webm, YUV422P, 64, 48, vp9", "webm, YUV420P10, 64, 48, av1", "avi, YUV444P, 64, 48, mjpeg"
    })
    void theUsualCodecTakesThePictures(String container, PixelFormat format, int width, int height, String codec)
            throws Exception {
        VideoSettings settings =
                VideoWriter.withCodec(settings(container, "", format, width, height, Rational.of(1, 25), null));
        assertThat(settings.videoCodec()).isEqualTo(codec);
        Path file = folder.resolve("clip." + container);
        try (VideoWriter writer = VideoWriter.create(file, settings)) {
            if (width > 1000) {
                return; // takes a minute
            }
            for (int i = 0; i < 3; i++) {
                try (Picture picture = TestPictures.ramp(format, width, height, i)) {
                    writer.write(picture, i, 1);
                }
            }
            writer.finish();
        }
        VideoReaderTest.Read read = VideoReaderTest.read(file);
        assertThat(read.sizes()).containsExactly(width + "x" + height);
        assertThat(read.hashes()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"webm, vp9, opus", "mkv, h264, copied"})
    void audioThatTheContainerCannotHoldIsConverted(String container, String codec, String expected) throws Exception {
        Path sound = TestSound.write(folder.resolve("sound.wav"), 2);
        Path file = folder.resolve("clip." + container);
        try (VideoWriter writer =
                VideoWriter.create(file, settings(container, codec, PixelFormat.YUV420P, 64, 64, MILLIS, sound))) {
            try (Picture picture = TestPictures.ramp(PixelFormat.YUV420P, 64, 64, 0)) {
                writer.write(picture, 0, 40);
            }
            writer.finish();
            assertThat(writer.remarks())
                    .isEqualTo(
                            expected.equals("copied")
                                    ? List.of()
                                    : List.of("the audio is written as opus: webm cannot hold pcm_s16le"));
        }
        TestSound.Packets packets = TestSound.packets(file);
        assertThat(packets.firstMicros()).isBetween(-7_000L, 1_000L);
        if (!expected.equals("copied")) {
            assertThat(packets.count()).as("packets of 20 ms").isBetween(99L, 103L);
        }
    }

    @Test
    void anOddSizeIsCutWhereTheCodecHasEvenOnesOnly() throws Exception {
        Path file = folder.resolve("clip.mp4");
        try (VideoWriter writer =
                VideoWriter.create(file, settings("mp4", "h264", PixelFormat.YUV420P, 65, 49, MILLIS, null))) {
            for (int i = 0; i < 5; i++) {
                try (Picture picture = TestPictures.ramp(PixelFormat.YUV420P, 65, 49, i)) {
                    writer.write(picture, 40L * i, 40);
                }
            }
            assertThat(writer.remarks())
                    .containsExactly("65x49 is written as 64x48: h264 has even sizes only, the last column or row is"
                            + " left out");
            writer.finish();
        }
        assertThat(VideoReaderTest.read(file).sizes()).containsExactly("64x48");
        try (VideoReader reader = VideoReader.open(file.toString(), ReaderLimits.DEFAULT);
                TimedPicture timed = reader.next();
                Picture first = TestPictures.ramp(PixelFormat.YUV420P, 65, 49, 0)) {
            assertThat(Math.abs(timed.picture().plane(0).sample(60, 40)
                            - first.plane(0).sample(60, 40)))
                    .isLessThan(5);
        }
    }

    @Test
    void aColonInANameIsNoProtocol() throws Exception {
        Path file = folder.resolve("2024-05-01T12:30:45.mkv");
        writeRamps(file, settings("mkv", "h264", PixelFormat.YUV420P, 64, 64, MILLIS, null), 0);
        assertThatThrownBy(() -> SourceAddress.of(Source.of(file.getFileName().toString())))
                .as("not in this folder")
                .isInstanceOf(VideoException.class);
        assertThat(SourceAddress.of(Source.of(file.toString())).url()).startsWith("file:");
        assertThat(VideoReaderTest.read(file).hashes()).hasSize(10);
    }

    @Test
    void aPictureMayHaveAClockOfItsOwn() throws Exception {
        Path file = folder.resolve("clip.mkv");
        try (VideoWriter writer = VideoWriter.create(
                file, settings("mkv", "h264", PixelFormat.YUV420P, 64, 64, Rational.of(1, 25), null))) {
            for (int i = 0; i < 8; i++) {
                try (Picture picture = TestPictures.ramp(PixelFormat.YUV420P, 64, 64, i)) {
                    writer.write(picture, 900L * i, 900, Rational.of(1, 90_000));
                }
            }
            writer.finish();
        }
        assertThat(VideoReaderTest.read(file).pts()).containsExactly(0L, 10L, 20L, 30L, 40L, 50L, 60L, 70L);
    }

    @Test
    void aRateBeyondTheContainersClockIsRefused() {
        VideoSettings settings = new VideoSettings(
                "mkv",
                EncoderChoice.of("h264"),
                PixelFormat.YUV420P,
                64,
                64,
                Rational.ONE,
                COLOUR,
                Rational.of(1, 2000),
                Rational.of(2000),
                2,
                PictureSideData.NONE,
                null,
                1);
        assertRefused(settings, "at most 1000 frames per second in mkv, found 2000");
    }

    @Test
    void h264OfSeveralThreadsIsTheSameEachTime() throws Exception {
        List<List<String>> runs = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            Path file = folder.resolve("run-" + run + ".mkv");
            try (VideoWriter writer = VideoWriter.create(
                    file, settings("mkv", "h264", PixelFormat.YUV420P, 640, 480, Rational.of(1, 1000), null))) {
                for (int i = 0; i < 24; i++) {
                    // Half noise: slices of equal height take unequal time.
                    try (Picture picture = TestPictures.noise(PixelFormat.YUV420P, 640, 480, i)) {
                        Plane luma = picture.plane(0);
                        luma.data().asSlice(0, luma.stride() * 240).fill((byte) i);
                        writer.write(picture, 40L * i, 40);
                    }
                }
                writer.finish();
            }
            runs.add(VideoReaderTest.read(file).hashes());
        }
        assertThat(runs).allMatch(runs.getFirst()::equals);
    }

    private static double meanLumaDifference(Picture a, Picture b) {
        Plane luma = a.plane(0);
        long sum = 0;
        for (int y = 0; y < luma.height(); y++) {
            for (int x = 0; x < luma.width(); x++) {
                sum += Math.abs(luma.sample(x, y) - b.plane(0).sample(x, y));
            }
        }
        return (double) sum / luma.width() / luma.height();
    }

    @ParameterizedTest
    @CsvSource({"mp4, 90", "mov, 270", "mkv, 180"})
    void playersAreToldToTurnThePicture(String container, int rotation) throws Exception {
        Path file = folder.resolve("clip." + container);
        writeRamps(file, settings(container, "h264", PixelFormat.YUV420P, 64, 64, MILLIS, rotation, null), 0);
        try (VideoReader reader = VideoReader.open(file.toString(), ReaderLimits.DEFAULT)) {
            assertThat(reader.info().rotation()).isEqualTo(rotation);
        }
    }

    @Test
    void soundIsCopiedPacketForPacket() throws Exception {
        Path sound = TestSound.write(folder.resolve("sound.wav"), 2);
        Path file = folder.resolve("clip.mkv");
        writeRamps(file, settings("mkv", "h264", PixelFormat.YUV420P, 64, 64, MILLIS, sound), 0);
        assertThat(TestSound.packets(file)).isEqualTo(TestSound.packets(sound));
    }

    @Test
    @EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".+")
    void realSoundIsCopiedPacketForPacket() throws Exception {
        for (String name : List.of("flower_540p.mp4", "plant_240p.mp4", "coffee_720p.mp4")) {
            Path source = Footage.clip(name);
            Path file = folder.resolve("clip.mp4");
            writeRamps(file, settings("mp4", "h264", PixelFormat.YUV420P, 64, 64, MILLIS, source), 0);
            assertThat(TestSound.packets(file)).isEqualTo(TestSound.packets(source));
        }
    }

    @Test
    void whatCannotBeWrittenIsRefusedByName() throws Exception {
        assertRefused(
                settings("mp4", "h264", PixelFormat.YUV420P, 8192, 8192, MILLIS, null), "8192x8192, found libopenh264");
        assertRefused(settings("mp4", "h264", PixelFormat.YUV444P, 64, 64, MILLIS, null), "found YUV444P");
        assertRefused(settings("mp4", "h264", PixelFormat.YUV420P10, 64, 64, MILLIS, null), "av1 and .mp4, holds");
        assertRefused(settings("mp4", "nonsense", PixelFormat.YUV420P, 64, 64, MILLIS, null), "\"nonsense\"");
        assertRefused(settings("nonsense", "h264", PixelFormat.YUV420P, 64, 64, MILLIS, null), "\"nonsense\"");
        assertRefused(settings("webm", "h264", PixelFormat.YUV420P, 64, 64, MILLIS, null), "webm can hold");
        assertThatThrownBy(() -> VideoWriter.create(
                        folder.resolve("no/such/clip.mp4"),
                        settings("mp4", "h264", PixelFormat.YUV420P, 64, 64, MILLIS, null)))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("No such file");
    }

    private void assertRefused(VideoSettings settings, String message) {
        assertThatThrownBy(() -> VideoWriter.create(folder.resolve("refused"), settings))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining(message);
    }

    private static void writeRamps(Path file, VideoSettings settings, long start) throws Exception {
        try (VideoWriter writer = VideoWriter.create(file, settings)) {
            for (int i = 0; i < 10; i++) {
                try (Picture picture =
                        TestPictures.ramp(settings.pixelFormat(), settings.width(), settings.height(), i)) {
                    writer.write(picture, start + 40L * i, 40);
                }
            }
            writer.finish();
        }
    }

    private static VideoSettings settings(
            String container, String codec, PixelFormat format, int width, int height, Rational timeBase, Path audio) {
        return settings(container, codec, format, width, height, timeBase, 0, audio);
    }

    private static VideoSettings settings(
            String container,
            String codec,
            PixelFormat format,
            int width,
            int height,
            Rational timeBase,
            int rotation,
            Path audio) {
        return new VideoSettings(
                container,
                EncoderChoice.of(codec),
                format,
                width,
                height,
                Rational.ONE,
                COLOUR,
                timeBase,
                Rational.of(30000, 1001),
                2,
                PictureSideData.rotated(rotation),
                audio == null ? null : StreamSource.audioOf(Source.of(audio.toString())),
                2);
    }
}
