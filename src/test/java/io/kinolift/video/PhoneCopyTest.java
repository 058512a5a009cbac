package io.kinolift.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.ffmpeg.FfmpegProgram;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVContentLightMetadata;
import org.bytedeco.ffmpeg.avutil.AVMasteringDisplayMetadata;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cameras say about their recordings. */
class PhoneCopyTest {
    private static final String VIDEO = "testsrc2=size=64x48:rate=25:duration=1";

    @TempDir
    Path folder;

    @BeforeEach
    void requireProgram() {
        assumeTrue(FfmpegProgram.isAvailable(), "FFmpeg's program does not start here (it needs libpulse.so.0)");
    }

    /** A front camera: turned and mirrored. */
    private Path selfie(String name) {
        Path upright = folder.resolve("upright.mov");
        FfmpegProgram.run("-f", "lavfi", "-i", VIDEO, "-c:v", "mpeg4", "-timecode", "10:00:00:05", upright);
        Path file = folder.resolve(name);
        FfmpegProgram.run(
                "-display_rotation",
                90,
                "-display_hflip",
                "-i",
                upright,
                "-map",
                0,
                "-c",
                "copy",
                "-metadata",
                "creation_time=2022-11-09T17:36:38Z",
                "-metadata",
                "location=+48.2082+016.3738/",
                "-metadata",
                "com.apple.quicktime.model=Phone",
                "-movflags",
                "use_metadata_tags",
                file);
        return file;
    }

    @ParameterizedTest
    @CsvSource({"mov", "mp4", "mkv"})
    void aSelfieStaysTurnedMirroredAndDated(String container) throws Exception {
        Path file = selfie("phone.mov");
        Path copy = folder.resolve("copy." + container);
        List<String> remarks = FileCopy.copy(file, copy, StreamChoice.ALL);
        PictureSideData.Item before = matrix(file);
        PictureSideData.Item after = matrix(copy);
        if (container.equals("mkv")) {
            assertThat(Arrays.copyOf(after.bytes(), 20)).isEqualTo(Arrays.copyOf(before.bytes(), 20));
        } else {
            assertThat(after.bytes()).isEqualTo(before.bytes());
        }
        assertThat(remarks).isEmpty();
        assertThat(FileCopy.tags(copy))
                .containsEntry(
                        "creation_time",
                        container.equals("mkv") ? "2022-11-09T17:36:38.000000Z" : "2022-11-09T17:36:38Z")
                .containsEntry("location", "+48.2082+016.3738/")
                .containsEntry("com.apple.quicktime.model", "Phone");
        assertThat(FileCopy.streamTags(copy, 0)).containsEntry("timecode", "10:00:00:05");
    }

    private static PictureSideData.Item matrix(Path file) throws Exception {
        try (VideoReader reader = VideoReader.open(file.toString(), ReaderLimits.DEFAULT)) {
            return reader.info().sideData().items().stream()
                    .filter(item -> item.type() == avcodec.AV_PKT_DATA_DISPLAYMATRIX)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource({"avi", "ts"})
    void whatCannotBeSaidIsNamed(String container) throws Exception {
        List<String> remarks =
                FileCopy.copy(selfie("phone.mov"), folder.resolve("copy." + container), StreamChoice.ALL);
        assertThat(remarks)
                .anyMatch(line -> line.startsWith("not written: 1 property of the pictures (display matrix)"))
                .anyMatch(line -> line.contains("creation_time") && line.contains("location"));
    }

    @ParameterizedTest
    @CsvSource({"mp4, av1", "mkv, av1", "mkv, ffv1", "mov, prores_ks", "webm, av1", "ivf, libsvtav1"})
    void theMasteringDisplayIsCarried(String container, String codec) throws Exception {
        Path file = folder.resolve("hdr.mkv");
        PictureSideData said = hdr10();
        VideoSettings settings = new VideoSettings(
                "mkv",
                EncoderChoice.of("ffv1"),
                PixelFormat.YUV420P10,
                64,
                48,
                Rational.ONE,
                new Colour(Colour.Range.LIMITED, 9, 9, 16, Colour.ChromaLocation.LEFT),
                Rational.of(1, 25),
                Rational.of(25),
                2,
                said,
                null,
                1);
        try (VideoWriter writer = VideoWriter.create(file, settings)) {
            for (int i = 0; i < 5; i++) {
                try (Picture picture = TestPictures.ramp(PixelFormat.YUV420P10, 64, 48, i)) {
                    writer.write(picture, i, 1);
                }
            }
            writer.finish();
        }
        Path copy = folder.resolve("copy." + container);
        assertThat(FileCopy.copy(file, copy, StreamChoice.ALL, codec))
                .noneMatch(line -> line.startsWith("not written"));
        try (VideoReader reader = VideoReader.open(copy.toString(), ReaderLimits.DEFAULT)) {
            PictureSideData found = reader.info().sideData();
            for (PictureSideData.Item item : said.items()) {
                assertThat(found.has(item.type())).as("type " + item.type()).isTrue();
            }
        }
    }

    private static PictureSideData hdr10() {
        AVMasteringDisplayMetadata display = avutil.av_mastering_display_metadata_alloc();
        int[] primaries = {34_000, 16_000, 13_250, 34_500, 7500, 3000};
        // Twelve numbers: x and y of red, green and blue as fractions.
        IntPointer numbers = new IntPointer(display);
        for (int i = 0; i < primaries.length; i++) {
            numbers.put(2L * i, primaries[i]).put(2L * i + 1, 50_000);
        }
        display.white_point(0).num(15_635).den(50_000);
        display.white_point(1).num(16_450).den(50_000);
        display.min_luminance().num(1).den(10_000);
        display.max_luminance().num(1000).den(1);
        display.has_primaries(1).has_luminance(1);
        byte[] mastering = new byte[Pointer.sizeof(AVMasteringDisplayMetadata.class)];
        new BytePointer(display).get(mastering);
        avutil.av_free(display);
        byte[] light = new byte[Pointer.sizeof(AVContentLightMetadata.class)];
        ByteBuffer.wrap(light).order(ByteOrder.nativeOrder()).putInt(1000).putInt(400);
        return new PictureSideData(
                64,
                48,
                List.of(
                        new PictureSideData.Item(avcodec.AV_PKT_DATA_MASTERING_DISPLAY_METADATA, mastering),
                        new PictureSideData.Item(avcodec.AV_PKT_DATA_CONTENT_LIGHT_LEVEL, light)));
    }

    /** A matrix of phones moves the picture back into view, by its own size. */
    @Test
    void aLargerPictureIsMovedFarther() {
        PictureSideData.Item item = PictureSideData.rotated(90).items().getFirst();
        byte[] bytes = item.bytes().clone();
        ByteBuffer matrix = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        matrix.putInt(6 * 4, 1080 << 16);
        PictureSideData phone = new PictureSideData(1920, 1080, List.of(new PictureSideData.Item(item.type(), bytes)));
        PictureSideData twice = phone.forSize(3840, 2160);
        assertThat(ByteBuffer.wrap(twice.items().getFirst().bytes())
                        .order(ByteOrder.nativeOrder())
                        .getInt(6 * 4))
                .isEqualTo(2160 << 16);
        assertThat(twice.rotation()).isEqualTo(90);
    }

    @Test
    void timecodesCountTheNewFrames() {
        var film = Rational.of(25);
        assertThat(Timecodes.atRate("10:00:00:12", film, Rational.of(50))).isEqualTo("10:00:00:24");
        assertThat(Timecodes.atRate("00:59:59;29", Rational.of(30_000, 1001), Rational.of(60_000, 1001)))
                .isEqualTo("00:59:59;58");
        assertThat(Timecodes.atRate("nonsense", film, film)).isEqualTo("nonsense");
    }
}
