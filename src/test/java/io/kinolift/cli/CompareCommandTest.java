package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.Footage;
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
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareCommandTest {
    @TempDir
    Path folder;

    private String printed;

    @Test
    void figuresAreThoseOfTheErrorsMade() throws Exception {
        Path a = video("a.mkv", 32, 10, 10, 10);
        Path b = video("b.mkv", 32, 10, 20, 14);
        Path csv = folder.resolve("quality.csv");
        assertThat(compare(a, b, "--csv", csv)).isZero();
        assertThat(printed.lines().map(line -> line.strip().split(" +")))
                .contains(
                        new String[] {"Y", "U", "V", "all"},
                        // Mean error of luma (0 + 100 + 16) / 3, chroma equal.
                        new String[] {"PSNR", "(dB)", "32.26", "inf", "inf", "34.02"});
        assertThat(printed).contains("worst frame: 1, PSNR 29.89 dB").contains("frames: A 3, B 3");
        assertThat(Files.readAllLines(csv)).hasSize(4).anyMatch(line -> line.startsWith("1,28.1308,"));
    }

    @Test
    void otherNumbersOfFramesAreSaidAndFail() throws Exception {
        Path a = video("a.mkv", 32, 10, 10, 10, 10);
        Path b = video("b.mkv", 32, 10, 10);
        assertThat(compare(a, b)).isEqualTo(1);
        assertThat(printed).contains("frames: A 4, B 2").contains("the figures are of the first 2");
        assertThat(compare(b, a)).isEqualTo(1);
    }

    @Test
    void ofOtherSizesThereIsOnlyAPicture() throws Exception {
        Path a = video("a.mkv", 32, 10, 90);
        Path b = video("b.mkv", 64, 10, 90, 200);
        Path png = folder.resolve("both.png");
        assertThatThrownBy(() -> compare(a, b))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("A is 32x16 YUV420P, B is 64x32 YUV420P");
        assertThatThrownBy(() -> compare(a, b, "--csv", folder.resolve("c.csv"), "--picture", png))
                .isInstanceOf(UsageException.class);
        assertThat(compare(a, b, "--picture", png, "--frame", 1)).isZero();
        assertThat(printed).contains("no figures: A is 32x16 YUV420P, B is 64x32 YUV420P");
        assertThat(ImageIO.read(png.toFile()).getWidth()).isLessThanOrEqualTo(1920);
    }

    @Test
    void theFrameNamedIsDrawn() throws Exception {
        Path video = video("a.mkv", 32, 16, 126, 235, 60);
        Path png = folder.resolve("both.png");
        int[] expected = {0, 128, 255, 255};
        Object[][] options = {{"--frame", 0}, {"--frame", 1}, {"--frame", 2}, {}};
        for (int i = 0; i < expected.length; i++) {
            Object[] arguments = new Object[4 + options[i].length];
            System.arraycopy(new Object[] {video, video, "--picture", png}, 0, arguments, 0, 4);
            System.arraycopy(options[i], 0, arguments, 4, options[i].length);
            assertThat(compare(arguments)).isZero();
            assertThat(ImageIO.read(png.toFile()).getRGB(30, 60) & 0xff).isEqualTo(expected[i]);
        }
        assertThatThrownBy(() -> compare(video, video, "--picture", png, "--frame", 4))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("from 0 to 3");
        assertThatThrownBy(() -> compare(video, video, "--frame", 0)).isInstanceOf(UsageException.class);
    }

    @Test
    void whatIsNoVideoIsRefusedInOneLine() throws Exception {
        Path video = video("a.mkv", 32, 16);
        Path text = Files.writeString(folder.resolve("text.mp4"), "no video at all\n");
        assertThatThrownBy(() -> compare(video, text))
                .isInstanceOf(VideoException.class)
                .message()
                .hasLineCount(1);
        assertThatThrownBy(() -> compare(folder.resolve("none.mp4"), video))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("found nothing");
    }

    @Test
    @EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".+")
    void aClipEqualsItself() throws Exception {
        Path clip = Footage.clip("plant_240p.mp4");
        Path png = folder.resolve("both.png");
        assertThat(compare(clip, clip, "--picture", png)).isZero();
        assertThat(printed).containsPattern("PSNR \\(dB\\) +inf +inf +inf +inf").contains("frames: A 36, B 36");
        assertThat(png).isNotEmptyFile();
    }

    @Test
    @EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".+")
    void aSizeThatChangesIsRefusedInOneLine() {
        Path clip = Footage.awkward("h264_res_change.264");
        assertThatThrownBy(() -> compare(clip, clip))
                .isInstanceOf(VideoException.class)
                .hasMessageMatching("frame [0-9]+: expected frames of one format and size");
    }

    private int compare(Object... arguments) throws Exception {
        CompareCommand command = CommandLine.populateCommand(
                new CompareCommand(),
                Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        PrintStream terminal = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            return command.call();
        } finally {
            System.setOut(terminal);
            printed = bytes.toString(StandardCharsets.UTF_8);
        }
    }

    /** A lossless video of twice the width as height, whose frames have those lumas all over. */
    private Path video(String name, int width, int... lumas) throws Exception {
        Path file = folder.resolve(name);
        try (VideoWriter writer = VideoWriter.create(
                file,
                new VideoSettings(
                        "mkv",
                        EncoderChoice.of("ffv1"),
                        PixelFormat.YUV420P,
                        width,
                        width / 2,
                        Rational.ONE,
                        Colour.UNSPECIFIED,
                        Rational.of(1, 25),
                        Rational.of(25),
                        2,
                        PictureSideData.NONE,
                        null,
                        1))) {
            for (int i = 0; i < lumas.length; i++) {
                try (Picture picture = new AvPictures().allocate(PixelFormat.YUV420P, width, width / 2)) {
                    fill(picture, lumas[i]);
                    writer.write(picture, i, 1);
                }
            }
            writer.finish();
        }
        return file;
    }

    private static void fill(Picture picture, int luma) {
        for (int i = 0; i < 3; i++) {
            Plane plane = picture.plane(i);
            for (int y = 0; y < plane.height(); y++) {
                for (int x = 0; x < plane.width(); x++) {
                    plane.data().set(ValueLayout.JAVA_BYTE, y * plane.stride() + x, (byte) (i == 0 ? luma : 128));
                }
            }
        }
    }
}
