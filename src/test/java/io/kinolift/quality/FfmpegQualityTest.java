package io.kinolift.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our figures against those of FFmpeg's ssim and psnr filters. */
class FfmpegQualityTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "YUV420P, 96, 64",
        "YUV420P, 177, 145",
        "YUV422P, 61, 47",
        "YUV444P, 33, 18",
        "RGB24, 50, 40",
        "BGR24, 50, 40",
        "YUV420P10, 97, 65",
        "YUV444P10, 40, 33"
    })
    void ssimAndPsnrAreThoseOfFfmpegsFilters(PixelFormat format, int width, int height) throws Exception {
        assumeTrue(starts(), "FFmpeg's program does not start here (it needs libpulse.so.0)");
        Picture a = HeapPictures.noisy(format, width, height, 1);
        Picture b = HeapPictures.noisy(format, width, height, 2);
        FrameQuality ours = FrameQuality.measure(a, b);
        String ssim = filter("ssim", a, b);
        String psnr = filter("psnr", a, b);
        for (FrameQuality.Component component : ours.components()) {
            assertThat(component.quality().ssim()).isCloseTo(figure(ssim, component.name()), within(1e-6));
            assertThat(component.quality().psnr())
                    .isCloseTo(figure(psnr, "psnr_" + component.name().toLowerCase(Locale.ROOT)), within(0.006));
        }
        assertThat(ours.all().ssim())
                .isCloseTo(figure(ssim, "All"), within(1e-6))
                .isLessThan(0.99);
        assertThat(ours.all().psnr()).isCloseTo(figure(psnr, "psnr_avg"), within(0.006));
    }

    /** The line of figures that the filter writes about the only frame. */
    private String filter(String name, Picture a, Picture b) throws IOException, InterruptedException {
        Path statistics = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of(program(), "-v", "quiet", "-nostdin"));
        command.addAll(input(a, "a"));
        command.addAll(input(b, "b"));
        command.addAll(List.of("-lavfi", name + "=f=" + name, "-f", "null", "-"));
        assertThat(new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .start()
                        .waitFor())
                .isZero();
        return Files.readString(statistics);
    }

    private List<String> input(Picture picture, String name) throws IOException {
        Path file = Files.write(folder.resolve(name), HeapPictures.bytes(picture));
        return List.of(
                "-f",
                "rawvideo",
                "-pixel_format",
                picture.format().name().toLowerCase(Locale.ROOT)
                        + (picture.format().bitDepth() > Byte.SIZE ? "le" : ""),
                "-video_size",
                picture.width() + "x" + picture.height(),
                "-i",
                file.toString());
    }

    private static double figure(String line, String name) {
        Matcher matcher = Pattern.compile("(?:^| )" + name + ":(\\S+)").matcher(line);
        assertThat(matcher.find()).as("%s in %s", name, line).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    private static boolean starts() throws IOException, InterruptedException {
        return new ProcessBuilder(program(), "-version")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static String program() {
        return Loader.load(ffmpeg.class);
    }
}
