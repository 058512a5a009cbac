package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.sizing.FiguresFile;
import io.kinolift.sizing.Given;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With figures of a file, so that nothing is measured. */
class SizeCommandTest {
    @TempDir
    private Path folder;

    private Path figures;

    @BeforeEach
    void write() throws Exception {
        figures = folder.resolve("figures.json");
        FiguresFile.write(Given.figures(), figures);
    }

    private CommandLineProgram.Outcome size(String... options) {
        List<String> all = new ArrayList<>(List.of("size", "--figures", figures.toString()));
        all.addAll(List.of(options));
        return CommandLineProgram.run(all.toArray(String[]::new));
    }

    @Test
    void wordsJsonAndAPlot() {
        Path plot = folder.resolve("plot.png");
        CommandLineProgram.Outcome words = size("--streams", "50", "--plot", plot.toString());
        assertThat(words.code()).as(words.output()).isZero();
        assertThat(words.output()).contains("50 streams of 100x100@10 JPEG", "first meets its limit", "assumed");
        assertThat(plot).isNotEmptyFile();
        CommandLineProgram.Outcome json = size("--streams", "50", "--json");
        assertThat(json.output()).startsWith("{\"streams\":50,").contains("\"cores\":", "\"figures\":{");
    }

    @Test
    void otherJobsThanTheMeasuredOne_areRefused() {
        assertRefused(
                size("--streams", "5", "--in", "64x48@10"), "expected figures of 64x48@10 JPEG", "found those of");
        assertRefused(size("--streams", "5", "--codec", "h264"), "100x100@10 H264", "found those of");
        assertThat(size("--streams", "5", "--in", "100x100@10", "--codec", "jpeg")
                        .code())
                .isZero();
    }

    @Test
    void optionsThatMakeNoSense_areRefused() throws Exception {
        assertRefused(size("--streams", "0"), "expected --streams of at least 1, found 0");
        assertRefused(
                size("--streams", "5", "--in", "big"), "expected WIDTHxHEIGHT@RATE such as 960x540@30, found big");
        assertRefused(
                size("--streams", "5", "--brokers", "2"), "expected at most 2 copies on as many brokers, found 3");
        assertRefused(size("--streams", "5", "--check", "1"), "expected --check without figures of another run");
        assertRefused(size("--streams", "5", "--bytes-out", "-1"), "expected --bytes-out above 0, found -1.0");
        assertRefused(size("--streams", "5", "--memory", "100"), "more bytes of memory");
        assertRefused(size("--streams", "5", "--heap", "256"), "expected --heap 512 as in", "found 256");
        assertThat(size("--streams", "5", "--heap", "512").code()).isZero();
        assertRefused(size("--streams", "5", "--clip", "camera.mp4"), "expected --clip without figures of another run");
        Files.delete(figures);
        assertRefused(
                size("--streams", "5", "--in", "64x48@10", "--out", "64x48@10", "--set", "kinolift.threads=2"),
                "which size sets itself, found kinolift.threads");
        assertRefused(
                size("--streams", "5", "--in", "64x48@10", "--out", "64x48@10", "--set", "kinolift.max.streams=x"),
                "kinolift.max.streams");
        assertRefused(
                size("--streams", "5", "--in", "64x48@10", "--out", "64x48@10", "--brokers", "2"),
                "expected at most 2 copies");
        assertRefused(size("--streams", "5"), "expected --in and --out, or --figures with a file that exists");
    }

    private static void assertRefused(CommandLineProgram.Outcome result, String... words) {
        assertThat(result.code()).as(result.output()).isEqualTo(2);
        assertThat(result.output()).contains(words);
    }
}
