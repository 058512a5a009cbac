package io.kinolift.video;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.Footage;
import io.kinolift.ffmpeg.FfmpegProgram;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoReaderTest {
    private static final int CLIP_FRAMES = 50;

    @TempDir
    Path folder;

    @Test
    void whatIsNoVideoIsRefusedInOneLine() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        Path text = Files.writeString(folder.resolve("text.mp4"), "no video at all\n");
        assertThatThrownBy(() -> open(empty)).isInstanceOf(VideoException.class).hasMessageEndingWith("an empty file");
        assertThatThrownBy(() -> open(text)).isInstanceOf(VideoException.class).hasMessageContaining("Invalid data");
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("a directory");
        assertThatThrownBy(() -> open(folder.resolve("none.mp4"))).hasMessageEndingWith("found nothing");
    }

    @Test
    void filtersAreASource() throws Exception {
        try (PictureSource source = PictureSource.open(
                Source.of("lavfi:testsrc2=size=64x48:rate=20:duration=0.25,realtime"), ReaderLimits.DEFAULT)) {
            long start = System.nanoTime();
            List<Long> times = new ArrayList<>();
            for (TimedPicture next = source.next(); next != null; next = source.next()) {
                assertThat(next.picture().width()).isEqualTo(64);
                assertThat(next.picture().format()).isEqualTo(PixelFormat.YUV420P);
                times.add(next.pts());
                next.close();
            }
            assertThat(source.timeBase()).isEqualTo(Rational.of(1, 20));
            assertThat(times).containsExactly(0L, 1L, 2L, 3L, 4L);
            assertThat(System.nanoTime() - start).as("as slow as a camera").isGreaterThan(150_000_000);
        }
        assertThatThrownBy(() -> PictureSource.open(Source.of("lavfi:nosuch=1"), ReaderLimits.DEFAULT))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("nosuch");
    }

    /** A camera that has run for 10 hours, or has no other clock than the calendar's. */
    @ParameterizedTest
    @CsvSource({"mp4, 36000", "mov, 36000", "mkv, 36000", "ts, 36000", "mkv, 1700000000", "avi, 0", "ts, 95440"})
    void timesBeginWithTheSource(String container, long startSeconds) throws Exception {
        Path file = clip(folder.resolve("clip." + container), startSeconds, null);
        Read read = read(file);
        assertThat(read.pts).hasSize(CLIP_FRAMES);
        double unit = read.info.timeBase().toDouble();
        for (int i = 0; i < CLIP_FRAMES; i++) {
            assertThat(read.pts.get(i) * unit).isCloseTo(i / 25.0, within(0.001));
        }
        assertThat(read.report.clockJumps()).isZero();
        assertThat(read.report.repairedTimes()).isZero();
        assertThat(read.report.truncated()).isFalse();
    }

    @Test
    void joinedFilesAreOneVideo_andSoundStaysWithIt() throws Exception {
        Path sound = TestSound.write(folder.resolve("sound.wav"), 2);
        Path part = clip(folder.resolve("part.mkv"), 0, sound);
        Path transport = folder.resolve("part.ts");
        FfmpegProgram.run("-i", part, "-c:v", "copy", "-c:a", "mp2", transport);
        assumeTrue(Files.exists(transport), "FFmpeg's program does not start here (it needs libpulse.so.0)");
        Path joined = folder.resolve("joined.ts");
        byte[] bytes = Files.readAllBytes(transport);
        Files.write(joined, bytes);
        Files.write(joined, bytes, StandardOpenOption.APPEND);

        Read read = read(joined);
        assertThat(read.pts).hasSize(2 * CLIP_FRAMES).isSorted().doesNotHaveDuplicates();
        assertThat(read.report.clockJumps()).isEqualTo(1);
        long length = read.pts.get(CLIP_FRAMES) - read.pts.getFirst();
        assertThat(length / 90_000.0).isCloseTo(2, within(0.1));
        List<Long> heard = audioTimes(joined);
        double distance = (read.pts.getFirst() - heard.getFirst()) / 90_000.0;
        assertThat((read.pts.get(CLIP_FRAMES) - heard.get(heard.size() / 2)) / 90_000.0)
                .isCloseTo(distance, within(0.001));
    }

    private static List<Long> audioTimes(Path file) throws Exception {
        List<Long> times = new ArrayList<>();
        try (MediaInput input = MediaInput.open(Source.of(file.toString()));
                AVPacket packet = avcodec.av_packet_alloc()) {
            while (input.read(packet, 1)) {
                times.add(packet.pts());
                avcodec.av_packet_unref(packet);
            }
        }
        return times;
    }

    /** Two seconds at 25 frames per second. */
    private static Path clip(Path file, long startSeconds, Path sound) throws Exception {
        String container = file.getFileName().toString();
        VideoSettings settings = new VideoSettings(
                container,
                EncoderChoice.of("h264"),
                PixelFormat.YUV420P,
                64,
                48,
                Rational.ONE,
                Colour.UNSPECIFIED,
                Rational.of(1, 25),
                Rational.of(25),
                2,
                PictureSideData.NONE,
                sound == null ? null : StreamSource.audioOf(Source.of(sound.toString())),
                1);
        try (VideoWriter writer = VideoWriter.create(file, settings)) {
            for (int i = 0; i < CLIP_FRAMES; i++) {
                try (Picture picture = TestPictures.ramp(PixelFormat.YUV420P, 64, 48, i)) {
                    writer.write(picture, 25 * startSeconds + i, 1);
                }
            }
            writer.finish();
        }
        return file;
    }

    /** Kernels rely on it: sums of larger ones would not fit their lanes. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 3", "1, 8", "2, 11"})
    void samplesBeyondTheirRangeAreRefused(int frame, int place) throws Exception {
        Path good = uncompressed("good.y4m", 0, 0, 1023);
        try (VideoReader reader = open(good);
                TimedPicture first = reader.next()) {
            assertThat(first.picture().format()).isEqualTo(PixelFormat.YUV420P10);
            assertThat(first.picture().plane(0).sample(0, 0)).isEqualTo(1023);
        }
        assertThatThrownBy(() -> readAll(uncompressed("bad.y4m", frame, place, 1024)))
                .isInstanceOf(VideoException.class)
                .hasMessageEndingWith("bad.y4m: expected samples up to 1023 in YUV420P10, found larger ones");
    }

    private void readAll(Path file) throws VideoException {
        try (VideoReader reader = open(file)) {
            for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
                next.close();
            }
        }
    }

    /** Three frames of 4x2, black but for one sample. */
    private Path uncompressed(String name, int frame, int place, int sample) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("YUV4MPEG2 W4 H2 F25:1 Ip A1:1 C420p10 XYSCSS=420P10\n".getBytes(US_ASCII));
        for (int i = 0; i < 3; i++) {
            bytes.writeBytes("FRAME\n".getBytes(US_ASCII));
            ByteBuffer samples = ByteBuffer.allocate(2 * (4 * 2 + 2 + 2)).order(ByteOrder.LITTLE_ENDIAN);
            if (i == frame) {
                samples.putShort(2 * place, (short) sample);
            }
            bytes.writeBytes(samples.array());
        }
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    @Test
    void soundAloneIsRefused() throws Exception {
        Path sound = TestSound.write(folder.resolve("sound.wav"), 1);
        assertThatThrownBy(() -> open(sound)).hasMessageEndingWith("expected a video stream, found none");
    }

    @ParameterizedTest
    @CsvSource({
        "flower_540p.mp4, 150", "friday_480p_bw.mp4, 185", "tears_of_steel_332p.webm, 221", "cars_432p12.mp4, 60",
        "person_432p10.mp4, 61", "asl_walk_480p.mkv, 89", "plant_240p.mp4, 36", "rooftop_360p.mp4, 250"
    })
    @EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".+")
    void everyClipIsReadCompletely(String name, int frames) throws Exception {
        readsCompletely(name, frames);
    }

    @Tag("endurance")
    @ParameterizedTest
    @CsvSource({"cockatoo_720p20.mp4, 280", "cactusflower_720p.mkv, 300", "coffee_720p.mp4, 287", "blocks_720p.mp4, 292"
    })
    @EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".+")
    void everyLargeClipIsReadCompletely(String name, int frames) throws Exception {
        readsCompletely(name, frames);
    }

    private static void readsCompletely(String name, int frames) throws Exception {
        Read read = read(Footage.clip(name));
        assertThat(read.hashes).hasSize(frames);
        assertThat(read.pts).isSorted().doesNotHaveDuplicates();
        assertThat(read.report.truncated()).isFalse();
        assertThat(read.report.failedPackets()).isZero();
        assertThat(read.report.clockJumps()).isZero();
        assertThat(read.report.repairedTimes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "footage/plant_240p.mp4",
        "footage/asl_walk_480p.mkv",
        "awkward/h264_annexb_bframes_no_pts.264",
        "awkward/vp9_177x145_420.webm",
        "awkward/ffv1_gray_33x17.mkv",
        "awkward/h264_vfr_hole.mp4",
        "awkward/phone_hdr10_1080p_10bit_vfr.mp4"
    })
    @EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".+")
    void samplesAreThoseOfFfmpegsProgram(String name) throws Exception {
        assumeTrue(FfmpegProgram.isAvailable(), "FFmpeg's program does not start here (it needs libpulse.so.0)");
        Path file = Path.of(System.getenv(Footage.VARIABLE)).resolve(name);
        assertThat(read(file).hashes)
                .isEqualTo(FfmpegProgram.pictureHashes(file))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "h264_576i_bff_mbaff.mp4, 'expected progressive video, found interlaced frames'",
        "not_a_video.mp4, 'expected a video, found Invalid data'",
        "zero_bytes.mp4, 'expected a video, found an empty file'",
        "trunc_no_moov.mp4, 'expected a video, found Invalid data'"
    })
    @EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".+")
    void awkwardFilesAreRefusedByName(String name, String message) {
        assertThatThrownBy(() -> read(Footage.awkward(name)))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "desks_h263_cif_vfr.3gp, false",
        "h264_framecrop_300x168.264, false",
        "h264_annexb_bframes_no_pts.264, false",
        "nasa_rotated.mp4, false",
        "vp9_177x145_420.webm, false",
        "ffv1_gray_33x17.mkv, false",
        "ffv1_yuva444_alpha.mkv, false",
        "mjpeg_422_480p.avi, false",
        "h264_res_change.264, false",
        "h264_vfr_hole.mp4, false",
        "phone_hdr10_1080p_10bit_vfr.mp4, false",
        "single_frame.mp4, false",
        "trunc.mkv, true",
        "bitflips.ts, true"
    })
    @EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".+")
    void awkwardFilesAreRead(String name, boolean damaged) throws Exception {
        Read read = read(Footage.awkward(name));
        assertThat(read.pts).isSorted().doesNotHaveDuplicates();
        assertThat(read.report.truncated() || read.report.failedPackets() + read.report.damagedFrames() > 0)
                .isEqualTo(damaged);
        assertThat(read.hashes).hasSize((int) read.report.frames()).isNotEmpty();
    }

    @Test
    @EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".+")
    void whatTheContainerSaysIsReported() throws Exception {
        assertThat(read(Footage.awkward("nasa_rotated.mp4")).info.rotation()).isIn(90, 270);
        assertThat(read(Footage.awkward("ffv1_gray_33x17.mkv")).info.pixelFormat())
                .isEqualTo(PixelFormat.GRAY8);
        VideoInfo webcam = read(Footage.awkward("mjpeg_422_480p.avi")).info;
        assertThat(webcam.pixelFormat()).isEqualTo(PixelFormat.YUV422P);
        assertThat(webcam.colour().range()).isEqualTo(Colour.Range.FULL);
        assertThat(read(Footage.awkward("h264_framecrop_300x168.264")).sizes).containsExactly("326x168");
        assertThat(read(Footage.awkward("h264_res_change.264")).sizes).hasSize(3);
        VideoInfo phone = read(Footage.awkward("desks_h263_cif_vfr.3gp")).info;
        assertThat(phone.sampleAspectRatio()).isNotEqualTo(Rational.ONE);
    }

    private static VideoReader open(Path file) throws VideoException {
        return VideoReader.open(file.toString(), ReaderLimits.DEFAULT);
    }

    /** All of a file: its sizes in order, and per picture the pts and the MD5 of the samples. */
    record Read(VideoInfo info, ReadReport report, List<String> sizes, List<Long> pts, List<String> hashes) {}

    static Read read(Path file) throws Exception {
        List<String> sizes = new ArrayList<>();
        List<Long> pts = new ArrayList<>();
        List<String> hashes = new ArrayList<>();
        try (VideoReader reader = open(file)) {
            for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
                try (TimedPicture timed = next) {
                    String size =
                            timed.picture().width() + "x" + timed.picture().height();
                    if (sizes.isEmpty() || !sizes.getLast().equals(size)) {
                        sizes.add(size);
                    }
                    pts.add(timed.pts());
                    byte[] digest = MessageDigest.getInstance("MD5").digest(TestPictures.samples(timed.picture()));
                    hashes.add(HexFormat.of().formatHex(digest));
                }
            }
            return new Read(reader.info(), reader.report(), sizes, pts, hashes);
        }
    }

    /** Frames before the cut are in the file, because the first frame that is shown needs them. */
    @Test
    void aFileThatAnEditListTrims_isWhole() throws Exception {
        assumeTrue(FfmpegProgram.isAvailable(), "FFmpeg's program does not start here (it needs libpulse.so.0)");
        Path whole = folder.resolve("whole.mp4");
        Path cut = folder.resolve("cut.mp4");
        FfmpegProgram.run(
                "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25:duration=2", "-c:v", "mpeg4", "-g", 50, whole);
        FfmpegProgram.run("-ss", 0.52, "-i", whole, "-c", "copy", cut);
        try (VideoReader reader = VideoReader.open(cut.toString(), ReaderLimits.DEFAULT)) {
            int frames = 0;
            for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
                next.close();
                frames++;
            }
            assertThat(frames).isEqualTo(37);
            assertThat(reader.report().promisedFrames()).isEqualTo(37);
            assertThat(reader.report().truncated()).isFalse();
        }
    }
}
