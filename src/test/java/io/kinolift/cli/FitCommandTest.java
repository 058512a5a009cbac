package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.fit.SyntheticClip;
import io.kinolift.weights.AdaptiveWeights;
import io.kinolift.weights.ConvTransposeWeights;
import io.kinolift.weights.Safetensors;
import io.kinolift.weights.ShippedWeights;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitCommandTest {
    @TempDir
    Path folder;

    private String printed;

    @Test
    void weightsAreFittedInspectedAndEvaluated() throws Exception {
        Path clips = Files.createDirectory(folder.resolve("clips"));
        SyntheticClip.write(clips.resolve("a.mkv"), 128, 96, 8, 1);
        SyntheticClip.write(clips.resolve("b.mkv"), 128, 96, 8, 2);
        Path weights = folder.resolve("w.safetensors");
        assertThat(run("fit", weights, clips, "--scale-factor", "2,2,2", "--temporal-grid", "source"))
                .isZero();
        assertThat(printed).contains("from 2 clips").containsPattern("held-out frames [0-9.]+ dB");
        assertThat(ConvTransposeWeights.load(weights, "").weight().shape()).containsExactly(1, 1, 3, 12, 12);
        assertThat(Safetensors.read(weights).metadata())
                .containsEntry("stride", "2,2,2")
                .containsEntry("padding", "1,5,5")
                .containsEntry("output_padding", "1,0,0")
                .containsEntry("temporal_grid", "source")
                .containsKey("footage_sha256");
        assertThat(folder.resolve("w.safetensors.partial")).doesNotExist();

        assertThat(run("inspect", weights, "--size", "100x50", "--frames", "10"))
                .isZero();
        assertThat(printed)
                .contains("20 frames of 200x100 from 10 of 100x50")
                .contains("0.00 % in space, 0.00 % in time");

        Path csv = folder.resolve("table.csv");
        Path picture = folder.resolve("details.png");
        assertThat(run(
                        "evaluate",
                        clips,
                        "--scale-factor",
                        "2,2,2",
                        "--temporal-grid",
                        "source",
                        "--weights",
                        weights,
                        "--leave-one-out",
                        "--csv",
                        csv,
                        "--picture",
                        picture))
                .isZero();
        assertThat(printed.lines().toList().get(1).strip().split(" {2,}"))
                .containsExactly(
                        "PSNR (dB)", "frames", "trilinear", "bicubic", "lanczos", "shipped", "w", "fitted on others");
        assertThat(printed)
                .containsPattern("a.mkv +8( +[0-9.]+){3}( +[0-9.]+ \\([+-][0-9.]+\\)){3}")
                .containsPattern("mean +16 ")
                .containsPattern("GMSD, mean +16( +0\\.[0-9]{4}){6}");
        // Seven crops of 96x72 in two rows, three times as large.
        assertThat(ImageIO.read(picture.toFile())).satisfies(image -> {
            assertThat(image.getWidth()).isEqualTo(7 * (3 * 96 + 8) + 8);
            assertThat(image.getHeight()).isGreaterThan(2 * 3 * 72);
        });
        assertThat(Files.readAllLines(csv)).hasSize(3);
    }

    /** All that ships is made by one command, and made again to the byte. */
    @Test
    void shippedWeightsAreMadeAgainToTheByte() throws Exception {
        Path clip = SyntheticClip.write(folder.resolve("a.mkv"), 128, 96, 10, 1);
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        assertThat(run("fit", first, clip, "--shipped", "--threads", "1")).isZero();
        assertThat(run("fit", second, clip, "--shipped", "--threads", "3")).isZero();
        for (ShippedWeights shipped : ShippedWeights.values()) {
            assertThat(second.resolve(shipped.fileName())).hasSameBinaryContentAs(first.resolve(shipped.fileName()));
            assertThat(run("inspect", first.resolve(shipped.fileName()))).isZero();
            assertThat(printed).contains("checkerboard     0.00 % in space, 0.00 % in time");
        }
        Path adaptive = first.resolve(AdaptiveWeights.SHIPPED_FILE);
        assertThat(second.resolve(AdaptiveWeights.SHIPPED_FILE)).hasSameBinaryContentAs(adaptive);
        assertThat(run("inspect", adaptive)).isZero();
        assertThat(printed).contains("145").contains("0.00 % in space, worst kernel");
        assertThat(first.toFile().list()).hasSize(ShippedWeights.values().length + 1);
    }

    @Test
    void adaptiveWeightsAreFittedInspectedAndEvaluated() throws Exception {
        Path clips = Files.createDirectory(folder.resolve("clips"));
        SyntheticClip.write(clips.resolve("a.mkv"), 128, 96, 6, 1);
        SyntheticClip.write(clips.resolve("b.mkv"), 128, 96, 6, 2);
        Path weights = folder.resolve("w.safetensors");
        assertThat(run("fit", weights, clips, "--adaptive")).isZero();
        assertThat(printed).contains("from 2 clips, adaptive").containsPattern("held-out frames [0-9.]+ dB");
        assertThat(run("inspect", weights, "--plot", folder.resolve("kernels.png")))
                .isZero();
        assertThat(printed).contains("3840x2160 from 30 of 1920x1080");
        assertThat(ImageIO.read(folder.resolve("kernels.png").toFile())).isNotNull();
        assertThat(run("evaluate", clips, "--weights", weights, "--leave-one-out", "--adaptive"))
                .isZero();
        assertThat(printed.lines().toList().get(1).strip().split(" {2,}"))
                .containsExactly(
                        "PSNR (dB)",
                        "frames",
                        "trilinear",
                        "bicubic",
                        "lanczos",
                        "shipped",
                        "adaptive",
                        "w",
                        "fitted on others",
                        "adaptive on others");
        assertThat(run("fit", folder.resolve("3"), clips, "--adaptive", "--scale-factor", "1,3,3"))
                .isEqualTo(2);
        assertThat(run("fit", folder.resolve("8"), clips, "--adaptive", "--kernel", "8"))
                .isEqualTo(2);
        assertThat(run("evaluate", clips, "--adaptive")).isEqualTo(2);
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        Path clip = SyntheticClip.write(folder.resolve("a.mkv"), 64, 64, 2, 1);
        Path weights = folder.resolve("w.safetensors");
        assertThat(run("fit", weights, clip, "--kernel", "7")).isEqualTo(2);
        assertThat(run("fit", weights, clip, "--scale-factor", "1,2,3")).isEqualTo(2);
        assertThat(run("fit", weights, clip, "--degradation", "lanczos")).isEqualTo(2);
        assertThat(run("fit", weights, clip, "--jpeg-quality", "99")).isEqualTo(2);
        assertThat(run("fit", weights, clip, "--temporal-grid", "odd")).isEqualTo(2);
        assertThat(run("fit", weights, folder.resolve("none.mkv"))).isEqualTo(2);
        assertThat(run("fit", weights, Files.createDirectory(folder.resolve("empty"))))
                .isEqualTo(2);
        assertThat(run("evaluate", clip, "--leave-one-out")).isEqualTo(2);
        assertThat(weights).doesNotExist();
        Files.writeString(weights, "mine");
        assertThat(run("fit", weights, clip)).isEqualTo(2);
        assertThat(weights).hasContent("mine");
    }

    private int run(Object... arguments) {
        PrintStream terminal = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            return Kinolift.execute(
                    Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        } finally {
            System.setOut(terminal);
            printed = bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
