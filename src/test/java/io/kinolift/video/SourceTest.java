package io.kinolift.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.kinolift.ffmpeg.FfmpegProgram;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a video can come from besides a file of its own. */
class SourceTest {
    private static final List<Object> PICTURES =
            List.of("-f", "lavfi", "-i", "testsrc2=size=64x48:rate=10:duration=1,format=yuv420p");

    private static final int FRAMES = 10;

    @TempDir
    Path folder;

    @BeforeEach
    void requireProgram() {
        assumeTrue(FfmpegProgram.isAvailable(), "FFmpeg's program does not start here (it needs libpulse.so.0)");
    }

    private static void make(Object... more) {
        FfmpegProgram.run(Stream.concat(PICTURES.stream(), Stream.of(more)).toArray());
    }

    private static int count(Source source) throws VideoException {
        try (VideoReader reader = VideoReader.open(source, ReaderLimits.DEFAULT)) {
            return count(reader);
        }
    }

    private static int count(VideoReader reader) throws VideoException {
        int count = 0;
        for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
            next.close();
            count++;
        }
        return count;
    }

    private static Source with(Path path, String format, Map<String, String> options) {
        return new Source(path.toString(), format, options, Deinterlace.REFUSE);
    }

    @Test
    void numberedPictures_beginAnywhere_andMissNone() throws Exception {
        Path odd = Files.createDirectory(folder.resolve("100% of 5:30 %d"));
        make("-start_number", 7, folder.resolve("f_%04d.png"));
        for (int i = 7; i < 7 + FRAMES; i++) {
            Files.move(folder.resolve("f_%04d.png".formatted(i)), odd.resolve("f_%04d.png".formatted(i)));
        }
        Source source = with(odd.resolve("f_%04d.png"), "", Map.of("framerate", "30000/1001"));
        try (VideoReader reader = VideoReader.open(source, ReaderLimits.DEFAULT)) {
            assertThat(reader.info().frameRate()).isEqualTo(Rational.of(30000, 1001));
            assertThat(reader.isRepeatable()).isTrue();
            assertThat(count(reader)).isEqualTo(FRAMES);
            assertThat(reader.report().truncated()).isFalse();
        }
        Files.delete(odd.resolve("f_0009.png"));
        assertThatThrownBy(() -> count(source))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("f_0009.png after f_0008.png, found f_0010.png");
        assertThat(count(with(odd.resolve("f_%04d.png").resolveSibling("f_*.png"), "", Map.of())))
                .isEqualTo(FRAMES - 1);
        assertThatThrownBy(() -> count(Source.of(odd.resolve("g_%04d.png").toString())))
                .hasMessageContaining("g_0001.png, found none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"still_%03d.png", "still [1] {a,b}.png", "12:30.png", "50%.jpg"})
    void aPictureThatExistsIsOne(String name) throws Exception {
        Path file = folder.resolve(name);
        make("-frames:v", 1, folder.resolve("still." + name.substring(name.length() - 3)));
        Files.move(folder.resolve("still." + name.substring(name.length() - 3)), file);
        assertThat(count(Source.of(file.toString()))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clip.y4m", "clip.apng", "clip.mjpeg"})
    void otherContainers(String name) throws Exception {
        make("-pix_fmt", name.endsWith("apng") ? "rgb24" : "yuvj420p", "-strict", -1, folder.resolve(name));
        assertThat(count(Source.of(folder.resolve(name).toString()))).isEqualTo(FRAMES);
    }

    @Test
    void rawVideo_isDescribed() throws Exception {
        Path raw = folder.resolve("clip.raw");
        make("-f", "rawvideo", "-pix_fmt", "yuv422p", raw);
        Map<String, String> shape = Map.of("video_size", "64x48", "pixel_format", "yuv422p", "framerate", "10/1");
        try (VideoReader reader = VideoReader.open(with(raw, "rawvideo", shape), ReaderLimits.DEFAULT)) {
            assertThat(reader.info().pixelFormat()).isEqualTo(PixelFormat.YUV422P);
            assertThat(reader.info().frameRate()).isEqualTo(Rational.of(10));
            assertThat(count(reader)).isEqualTo(FRAMES);
        }
        assertThatThrownBy(() -> count(with(raw, "rawvideo", Map.of("video_size", "wide"))))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("wide");
        assertThatThrownBy(() -> count(with(raw, "raw", Map.of())))
                .hasMessage("expected a container that FFmpeg reads, found \"raw\"");
        Path other = folder.resolve("clip.y4m");
        make(other);
        assertThatThrownBy(() -> count(with(other, "", Map.of("nosuch", "1"))))
                .hasMessageContaining("found \"nosuch\"");
    }

    /** Its sound as well, although it is read only once. */
    @Test
    void aPipe_isOpenedOnce() throws Exception {
        Path file = folder.resolve("clip.mkv");
        make("-f", "lavfi", "-i", "sine=d=1", "-c:v", "ffv1", "-c:a", "pcm_s16le", file);
        Path pipe = folder.resolve("a pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no pipes here");
        Thread writer = Thread.ofPlatform().start(() -> {
            try (OutputStream out = Files.newOutputStream(pipe)) {
                Files.copy(file, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        long soundBytes = 0;
        try (VideoReader reader =
                VideoReader.openAndKeepRest(Source.of(pipe.toString()), ReaderLimits.DEFAULT, StreamChoice.BEST)) {
            assertThat(reader.isRepeatable()).isFalse();
            assertThat(reader.info().hasAudio()).isTrue();
            assertThat(count(reader)).isEqualTo(FRAMES);
            try (MediaInput rest = MediaInput.open(reader.rest());
                    AVPacket packet = avcodec.av_packet_alloc()) {
                while (rest.read(packet, -1)) {
                    soundBytes += packet.size();
                    avcodec.av_packet_unref(packet);
                }
                assertThat(rest.isOver()).isTrue();
            }
        }
        writer.join();
        assertThat(soundBytes).isEqualTo(44_100 * 2);
    }

    @Test
    void aUrl_isNoPath() throws Exception {
        Path file = folder.resolve("clip.mkv");
        make("-c:v", "ffv1", file);
        byte[] bytes = Files.readAllBytes(file);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/clip.mkv", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/clip.mkv";
            try (VideoReader reader = VideoReader.open(url, ReaderLimits.DEFAULT)) {
                assertThat(reader.isRepeatable()).isTrue();
                assertThat(EvenTimes.rate(Source.of(url), reader.info())).isEqualTo(Rational.of(10));
                assertThat(count(reader)).isEqualTo(FRAMES);
            }
            assertThatThrownBy(() -> count(Source.of(url.replace("clip", "none"))))
                    .isInstanceOf(VideoException.class)
                    .hasMessageContaining("404");
        } finally {
            server.stop(0);
        }
        assertThatThrownBy(() -> count(Source.of("nosuch://here/a.mp4"))).hasMessageContaining("Protocol not found");
        assertThatThrownBy(() -> count(Source.of("2024-05-01T12:30:45.mp4"))).hasMessageEndingWith("found nothing");
    }
}
