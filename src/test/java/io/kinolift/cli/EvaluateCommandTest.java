package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.fit.SyntheticClip;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EvaluateCommandTest {
    @TempDir
    Path folder;

    @Test
    void madeFramesAreMeasuredAndDrawn() throws Exception {
        Path clip = SyntheticClip.write(folder.resolve("a.mkv"), 320, 240, 9, 1);
        Path csv = folder.resolve("time.csv");
        Path picture = folder.resolve("time.png");
        assertThat(evaluate(clip, "--time", 2, "--csv", csv, "--picture", picture))
                .isZero();
        assertThat(Files.readAllLines(csv)).hasSize(2).satisfies(lines -> {
            assertThat(lines.getFirst()).startsWith("clip,frames,blend psnr,").contains(",motion psnr,");
            assertThat(lines.getLast()).startsWith("a.mkv,2,");
        });
        BufferedImage strip = ImageIO.read(picture.toFile());
        // The source and four ways to make it, 160x120 samples each, three times as large.
        assertThat(strip.getWidth()).isBetween(5 * 480, 5 * 480 + 100);
        assertThat(strip.getHeight()).isBetween(360, 460);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --time 1                     | expected --time of at least 2, found 1
            --time 2 --frames 3          | expected --frames of at least 4 with --time 2, found 3
            --time 2 --every 0           | expected a step and threads of at least 1
            --time 2 --scale-factor 2,2,2 | expected only --time, --frames, --without-ffmpeg, --every, --threads, --csv, --picture, found --scale-factor
            --frames 30                  | expected --time with --frames
            --without-ffmpeg             | expected --time with --without-ffmpeg
            """)
    void optionsThatMakeNoSenseAreRefused(String options, String message) throws Exception {
        Path clip = SyntheticClip.write(folder.resolve("a.mkv"), 64, 48, 9, 1);
        Object[] arguments = (clip + " " + options).split(" ");
        assertThatThrownBy(() -> evaluate(arguments))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    private static int evaluate(Object... arguments) throws Exception {
        EvaluateCommand command = new EvaluateCommand();
        new CommandLine(command)
                .parseArgs(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        return command.call();
    }
}
