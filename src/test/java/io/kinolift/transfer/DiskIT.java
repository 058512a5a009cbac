package io.kinolift.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Distribution;
import io.kinolift.Processes;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.video.EncoderChoice;
import io.kinolift.video.PictureSideData;
import io.kinolift.video.VideoSettings;
import io.kinolift.video.VideoWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `upscale` needs of the disk, and what it leaves there. */
class DiskIT {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int SMALL_WIDTH = 160;
    private static final int SMALL_HEIGHT = 96;

    @TempDir
    private Path folder;

    @Tag("endurance")
    @Test
    void aLongVideo_needsLittleDisk() throws Exception {
        int frames = 700;
        Path input = clip(frames, WIDTH, HEIGHT);
        Process process = Distribution.startAsDelivered(
                folder.resolve("log.txt"),
                "upscale",
                input.toString(),
                folder.resolve("out.mkv").toString(),
                "--scale-factor",
                "1,2,2",
                "--frame-codec",
                "raw",
                "--video-codec",
                "mjpeg");
        long most = 0;
        while (process.isAlive()) {
            most = Math.max(most, brokerBytes(process.pid()));
            process.onExit().completeOnTimeout(null, 200, TimeUnit.MILLISECONDS).get();
        }
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("log.txt")))
                .isZero();
        long through = frames * 5L * WIDTH * HEIGHT * 3 / 2;
        System.out.printf("MB through Kafka: %d; most on disk: %d%n", through >> 20, most >> 20);
        assertThat(through).isGreaterThan(1_000L << 20);
        assertThat(most).isBetween(1L << 20, through / 2);
        assertThat(brokerFolders(process.pid())).isEmpty();
    }

    @Test
    void anInterruptedCommand_leavesNothing() throws Exception {
        Path input = clip(300, SMALL_WIDTH, SMALL_HEIGHT);
        Path output = folder.resolve("out.mkv");
        Path partial = folder.resolve(".out.mkv.partial");
        Process process = Distribution.start(
                folder.resolve("log.txt"), "upscale", input.toString(), output.toString(), "--video-codec", "ffv1");
        awaitFile(partial, process);
        process.destroy();
        process.onExit().get(60, TimeUnit.SECONDS);
        assertThat(process.exitValue()).isNotZero();
        assertThat(output).doesNotExist();
        assertThat(partial).doesNotExist();
        assertThat(brokerFolders(process.pid())).isEmpty();
    }

    @Test
    void whatAKilledCommandLeft_isRemovedByTheNext() throws Exception {
        // Enough to be at work for a while after the first output, and little, because it is upscaled to its end.
        Path input = clip(200, SMALL_WIDTH, SMALL_HEIGHT);
        Path output = folder.resolve("out.mkv");
        Path partial = folder.resolve(".out.mkv.partial");
        String[] command = {"upscale", input.toString(), output.toString(), "--video-codec", "ffv1"};
        Process killed = Distribution.start(folder.resolve("log.txt"), command);
        awaitFile(partial, killed);
        killed.destroyForcibly().waitFor();
        assertThat(output).doesNotExist();
        assertThat(brokerFolders(killed.pid())).hasSize(1);
        Distribution.Outcome next = Distribution.run(folder, command);
        assertThat(next.exitCode()).as(next.output()).isZero();
        assertThat(next.output()).contains("left by a killed process");
        assertThat(output).exists();
        assertThat(partial).doesNotExist();
        assertThat(brokerFolders(killed.pid())).isEmpty();
    }

    private void awaitFile(Path file, Process maker) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .failFast(() -> Processes.requireAlive(maker, folder.resolve("log.txt")))
                .until(() -> Files.exists(file));
    }

    private Path clip(int frames, int width, int height) throws Exception {
        Path file = folder.resolve("in.avi");
        try (VideoWriter writer = VideoWriter.create(
                file,
                new VideoSettings(
                        "avi",
                        EncoderChoice.of("mjpeg"),
                        PixelFormat.YUV420P,
                        width,
                        height,
                        Rational.ONE,
                        Colour.UNSPECIFIED,
                        Rational.of(1, 25),
                        Rational.of(25),
                        20,
                        PictureSideData.NONE,
                        null,
                        2))) {
            for (int frame = 0; frame < frames; frame++) {
                try (Picture picture = TestPictures.ramp(PixelFormat.YUV420P, width, height, frame)) {
                    writer.write(picture, frame, 1);
                }
            }
            writer.finish();
        }
        return file;
    }

    private List<Path> brokerFolders(long pid) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("tmp"))) {
            return all.filter(path -> path.getFileName().toString().startsWith("kinolift-broker-" + pid + "-"))
                    .toList();
        }
    }

    private long brokerBytes(long pid) throws IOException {
        long bytes = 0;
        for (Path broker : brokerFolders(pid)) {
            try (Stream<Path> files = Files.walk(broker)) {
                bytes += files.mapToLong(DiskIT::size).sum();
            } catch (NoSuchFileException | UncheckedIOException e) {
                // Files come and go while they are counted; the next count is soon.
            }
        }
        return bytes;
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
