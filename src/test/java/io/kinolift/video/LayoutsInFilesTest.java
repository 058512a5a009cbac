package io.kinolift.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.ffmpeg.FfmpegProgram;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Role;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files with layouts that Kinolift has no format for, made by FFmpeg's program. */
class LayoutsInFilesTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    @TempDir
    private Path folder;

    @BeforeAll
    static void needTheProgram() {
        assumeTrue(FfmpegProgram.isAvailable(), "FFmpeg's program does not start here (it needs libpulse.so.0)");
    }

    private record Read(Picture picture, VideoInfo info, List<String> remarks) implements AutoCloseable {
        @Override
        public void close() {
            picture.close();
        }
    }

    private Read read(String name, String codec, String layout) throws Exception {
        Path file = folder.resolve(name);
        FfmpegProgram.run(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=" + WIDTH + "x" + HEIGHT + ":rate=25",
                "-vf",
                "noise=alls=60:all_seed=3,format=" + layout,
                "-frames:v",
                2,
                "-c:v",
                codec,
                file);
        return read(file);
    }

    private static Read read(Path file) throws Exception {
        try (VideoReader reader = VideoReader.open(file.toString(), ReaderLimits.DEFAULT)) {
            return new Read(reader.next().picture(), reader.info(), reader.remarks());
        }
    }

    /** The first samples of the first plane are those that the program decodes, times a power of two. */
    @ParameterizedTest
    @CsvSource({
        "a.mkv, ffv1, gray9le, GRAY10, 2",
        "a.mkv, ffv1, yuv420p9le, YUV420P10, 2",
        "a.mkv, ffv1, gray12le, GRAY12, 1",
        "a.mkv, ffv1, yuv422p12le, YUV422P12, 1",
        "a.mkv, ffv1, gray14le, GRAY16, 4",
        "a.mkv, ffv1, yuv444p14le, YUV444P16, 4",
        "a.mkv, ffv1, gray16le, GRAY16, 1",
        "a.mkv, ffv1, yuv420p16le, YUV420P16, 1",
        "a.nut, rawvideo, yuv422p14le, YUV422P16, 4",
        "a.mkv, ffv1, yuva444p12le, YUVA444P16, 16",
        "a.mkv, ffv1, yuva422p10le, YUVA422P10, 1",
        "a.nut, rawvideo, yuva420p9le, YUVA420P10, 2"
    })
    void deepSamplesAreShifted(String name, String codec, String layout, PixelFormat format, int factor)
            throws Exception {
        try (Read read = read(name, codec, layout)) {
            assertThat(read.picture().format()).isEqualTo(format);
            assertThat(read.remarks()).hasSize(factor == 1 ? 0 : 1).allMatch(line -> line.contains(layout));
            Path raw = folder.resolve("raw");
            FfmpegProgram.run("-i", folder.resolve(name), "-frames:v", 1, "-pix_fmt", layout, "-f", "rawvideo", raw);
            ByteBuffer expected = ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < WIDTH * HEIGHT; i++) {
                int sample = Short.toUnsignedInt(expected.getShort(2 * i));
                assertThat(read.picture().plane(0).sample(i % WIDTH, i / WIDTH)).isEqualTo(factor * sample);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.mov, png, ya8, YUVA420P",
        "a.mov, png, ya16be, YUVA420P16",
        "a.mov, png, rgba64be, GBRAP16",
        "a.mov, png, rgb48be, GBRP16",
        "a.mov, png, monob, GRAY8",
        "a.mov, png, rgba, RGBA",
        "a.mkv, ffv1, ya8, YUVA420P",
        "a.mkv, ffv1, gbrp14le, GBRP16",
        "a.mkv, ffv1, gbrap12le, GBRAP16",
        "a.mkv, ffv1, yuv440p, YUV444P",
        "a.mkv, ffv1, yuv440p12le, YUV444P12",
        "a.mkv, ffv1, yuv411p, YUV422P",
        "a.mkv, ffv1, yuv410p, YUV420P",
        "a.nut, rawvideo, rgb565le, RGB24",
        "a.nut, rawvideo, rgb4_byte, RGB24",
        "a.pfm, pfm, grayf32le, GRAY16",
        "a.pfm, pfm, gbrpf32le, GBRP16",
        "a.nut, rawvideo, xyz12le, RGB48",
        "a.nut, rawvideo, gray10be, GRAY10",
        "a.avi, utvideo, gbrap, GBRAP",
        "a.mov, qtrle, argb, RGBA",
        "a.mov, prores_ks, yuva444p10le, YUVA444P16"
    })
    void everyLayoutHasAFormat(String name, String codec, String layout, PixelFormat format) throws Exception {
        try (Read read = read(name, codec, layout)) {
            assertThat(read.picture().format()).isEqualTo(format);
            assertThat(read.info().pixelFormat()).isEqualTo(format);
            assertThat(varies(read.picture().plane(0))).isTrue();
            if (layout.startsWith("ya")) {
                assertThat(read.info().colour().range()).isEqualTo(Colour.Range.FULL);
                assertThat(read.info().colour().matrix()).isNotZero();
                assertThat(read.picture().plane(1).sample(5, 5)).isEqualTo(1 << (format.bitDepth() - 1));
                assertThat(read.picture().plane(3).sample(5, 5)).isEqualTo(format.maxSample());
            }
        }
    }

    /** A camera's raw samples, one colour each; FFmpeg has no way to make them but to call grey so. */
    @ParameterizedTest
    @CsvSource({"gray, bayer_rggb8, RGB24", "gray16le, bayer_gbrg16le, RGB48"})
    void mosaicsAreInterpolated(String samples, String layout, PixelFormat format) throws Exception {
        Path raw = folder.resolve("raw");
        Path file = folder.resolve("a.nut");
        FfmpegProgram.run(
                "-f", "lavfi", "-i", "testsrc2=size=64x48", "-frames:v", 1, "-pix_fmt", samples, "-f", "rawvideo", raw);
        FfmpegProgram.run("-f", "rawvideo", "-pix_fmt", layout, "-s", "64x48", "-i", raw, "-c:v", "rawvideo", file);
        try (Read read = read(file)) {
            assertThat(read.picture().format()).isEqualTo(format);
            assertThat(read.remarks()).singleElement().asString().contains("the two missing colours of each pixel");
            assertThat(varies(read.picture().plane(0))).isTrue();
        }
    }

    private static boolean varies(Plane plane) {
        for (int x = 1; x < WIDTH; x++) {
            if (plane.sample(x, HEIGHT / 2) != plane.sample(0, HEIGHT / 2)) {
                return true;
            }
        }
        return false;
    }

    /** A palette has alpha if a pixel of the first picture is transparent. */
    @Test
    void palettesAreOpaqueOrNot() throws Exception {
        try (Read opaque = read("a.mov", "png", "pal8")) {
            assertThat(opaque.picture().format()).isEqualTo(PixelFormat.RGB24);
        }
        Path file = folder.resolve("b.mov");
        FfmpegProgram.run(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=64x48:rate=25:duration=0.04,format=rgba,colorchannelmixer=aa=0,drawbox=w=20:h=20:c=red@1:t=fill:replace=1",
                "-filter_complex",
                "split[a][b];[a]palettegen=reserve_transparent=1[p];[b][p]paletteuse",
                "-frames:v",
                1,
                "-c:v",
                "png",
                file);
        try (Read transparent = read(file)) {
            assertThat(transparent.picture().format()).isEqualTo(PixelFormat.RGBA);
            Plane plane = transparent.picture().plane(0);
            assertThat(plane.sample(4 * 5 + 3, 5)).isEqualTo(255);
            assertThat(plane.sample(4 * 50 + 3, 40)).isZero();
        }
    }

    /** FFmpeg's own decoders leave the second picture out, in which the alpha of VP8 and VP9 is. */
    @ParameterizedTest
    @CsvSource({"libvpx", "libvpx-vp9"})
    void alphaOfWebmIsRead(String codec) throws Exception {
        Path file = folder.resolve("a.webm");
        FfmpegProgram.run(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=64x48:rate=25,format=yuva420p,colorchannelmixer=aa=0.5",
                "-frames:v",
                2,
                "-auto-alt-ref",
                0,
                "-pix_fmt",
                "yuva420p",
                "-c:v",
                codec,
                file);
        try (Read read = read(file)) {
            assertThat(read.picture().format()).isEqualTo(PixelFormat.YUVA420P);
            PixelFormat.Place alpha = PixelFormat.YUVA420P.place(Role.ALPHA);
            assertThat(read.picture().plane(alpha.plane()).sample(30, 20)).isBetween(120, 135);
        }
    }

    @ParameterizedTest
    @CsvSource({"a.avi, yuvj420p, FULL", "a.mov, yuvj422p, FULL", "a.avi, yuv420p, LIMITED"})
    void jpegIsOfFullRangeUnlessItSaysOtherwise(String name, String layout, Colour.Range range) throws Exception {
        Path file = folder.resolve(name);
        FfmpegProgram.run(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=64x48",
                "-frames:v",
                1,
                "-pix_fmt",
                layout,
                "-strict",
                -1,
                "-c:v",
                "mjpeg",
                file);
        try (Read read = read(file)) {
            assertThat(read.info().colour().range()).isEqualTo(range);
        }
    }
}
