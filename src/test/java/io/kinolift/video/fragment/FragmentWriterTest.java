package io.kinolift.video.fragment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.ScreenScaler;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FragmentWriterTest {
    private static final int WIDTH = 128;
    private static final int HEIGHT = 96;
    /** Of 1001/30000 s; two pictures are missing after the seventh, at the beginning of a fragment. */
    private static final long[] TIMES = {0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 12};

    private static final int IN_A_FRAGMENT = 7;

    @TempDir
    Path folder;

    private static Picture picture(long seed) {
        Picture made = new AvPictures().allocate(PixelFormat.YUV420P, WIDTH, HEIGHT);
        try (Picture noise = TestPictures.noise(PixelFormat.YUV420P, WIDTH, HEIGHT, seed)) {
            for (int i = 0; i < 3; i++) {
                AvPictures.copy(noise.plane(i), made.plane(i));
            }
        }
        return made;
    }

    private static FragmentWriter writer(Rational timeBase, Rational rate) throws VideoException {
        return new FragmentWriter(
                WIDTH, HEIGHT, Rational.ONE, ScreenScaler.ofVideo(Colour.UNSPECIFIED, HEIGHT), timeBase, rate, 0, null);
    }

    private List<byte[]> fragments(FragmentWriter writer) throws VideoException {
        List<byte[]> fragments = new ArrayList<>();
        for (int i = 0; i < TIMES.length; i++) {
            if (i == IN_A_FRAGMENT) {
                fragments.add(writer.cut());
            }
            try (Picture picture = picture(i)) {
                writer.encode(picture, i % IN_A_FRAGMENT == 0);
            }
            writer.place(TIMES[i], i + 1 < TIMES.length ? TIMES[i + 1] - TIMES[i] : 1);
        }
        fragments.add(writer.cut());
        return fragments;
    }

    /** What FFmpeg's own program reads, a line for each picture. */
    private List<String> probe(byte[]... pieces) throws IOException, InterruptedException {
        Path file = folder.resolve("pieces.mp4");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (byte[] piece : pieces) {
                out.write(piece);
            }
        }
        Process process = new ProcessBuilder(
                        Loader.load(org.bytedeco.ffmpeg.ffprobe.class),
                        "-v",
                        "error",
                        "-show_entries",
                        "packet=pts,duration,flags:stream=time_base,profile,level,color_range,nb_read_frames",
                        "-count_frames",
                        "-of",
                        "csv",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        process.waitFor();
        return lines;
    }

    @Test
    void times_areExact_andAGapIsKept() throws Exception {
        try (FragmentWriter writer = writer(Rational.of(1001, 30_000), Rational.of(30_000, 1001))) {
            List<byte[]> fragments = fragments(writer);
            List<String> lines = probe(writer.header(), fragments.get(0), fragments.get(1));
            assertThat(lines)
                    .anyMatch(line -> line.startsWith("stream,Constrained Baseline,")
                            && line.contains(",tv,")
                            && line.endsWith(",1/30000," + TIMES.length));
            List<String> packets =
                    lines.stream().filter(line -> line.startsWith("packet,")).toList();
            assertThat(packets)
                    .isEqualTo(IntStream.range(0, TIMES.length)
                            .mapToObj(i -> "packet," + TIMES[i] * 1001 + ","
                                    + (i + 1 < TIMES.length ? TIMES[i + 1] - TIMES[i] : 1) * 1001 + ","
                                    + (i % IN_A_FRAGMENT == 0 ? "K__" : "___"))
                            .toList());
        }
    }

    @Test
    void aFragmentThatBeginsWithAKeyFrame_isPlayedAlone() throws Exception {
        try (FragmentWriter writer = writer(Rational.of(1, 25), Rational.of(25))) {
            List<byte[]> fragments = fragments(writer);
            List<String> lines = probe(writer.header(), fragments.get(1));
            assertThat(lines)
                    .as("no complaint of the decoder")
                    .allMatch(line -> line.startsWith("packet,") || line.startsWith("stream,"));
            assertThat(lines).anyMatch(line -> line.endsWith("," + (TIMES.length - IN_A_FRAGMENT)));
            assertThat(writer.cut()).isEmpty();
        }
    }

    @Test
    void anotherPicture_isRefused() throws Exception {
        try (FragmentWriter writer = writer(Rational.of(1, 25), Rational.of(25));
                Picture other = new AvPictures().allocate(PixelFormat.YUV420P, WIDTH, HEIGHT + 2)) {
            assertThatThrownBy(() -> writer.encode(other, true))
                    .isInstanceOf(VideoException.class)
                    .hasMessageContaining("found YUV420P 128x98");
        }
    }
}
