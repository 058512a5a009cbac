package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.tensor.Tensor;
import io.kinolift.weights.SafetensorsWriter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    @TempDir
    Path folder;

    private String printed;

    @Test
    void kernelThreeAtStrideTwoIsWarnedOf() throws Exception {
        Path file = ones(Map.of(), 1, 1, 3, 3, 3);
        assertThat(inspect(file.toString(), "--size", "100x50", "--frames", "10"))
                .isZero();
        assertThat(printed)
                .contains("20 frames of 200x100 from 10 of 100x50")
                .contains("padding          1,1,1")
                .contains("output padding   1,1,1")
                .contains("halo             0,0,0 inputs before, 1,1,1 after")
                .contains("3.375 per output pixel")
                .contains("width  0.33 0.67")
                .contains("133.33 % in space, 66.67 % in time")
                .contains("warning");
    }

    @Test
    void kernelFourAtStrideTwoIsFlat() throws Exception {
        Path file = ones(Map.of(), 1, 1, 4, 4, 4);
        assertThat(inspect(file.toString())).isZero();
        assertThat(printed)
                .contains("60 frames of 3840x2160 from 30 of 1920x1080")
                .contains("width  0.50 0.50")
                .contains("0.00 % in space, 0.00 % in time")
                .contains("halo             1,1,1 inputs before, 1,1,1 after")
                .contains("channel 0, t 1, y 1: 8.0000 8.0000")
                .doesNotContain("warning");
    }

    @Test
    void optionsAndMetadataSayTheGeometry() throws Exception {
        Path file = ones(Map.of("stride", "1,3,3"), 2, 3, 1, 6, 6);
        assertThat(inspect(file.toString(), "--size", "10x10", "--frames", "4")).isZero();
        assertThat(printed).contains("2 in, 3 out").contains("4 frames of 30x30");
        assertThat(inspect(
                        file.toString(),
                        "--size",
                        "10x10",
                        "--frames",
                        "4",
                        "--stride",
                        "2",
                        "--padding",
                        "0,1,2",
                        "--output-padding",
                        "1",
                        "--dilation",
                        "1,2,1",
                        "--groups",
                        "2"))
                .isZero();
        assertThat(printed).contains("2 in, 6 out, 2 groups").contains("8 frames of 21x28");
    }

    @Test
    void aPictureIsDrawn() throws Exception {
        Path file = ones(Map.of(), 1, 1, 2, 4, 4);
        Path plot = folder.resolve("kernels.png");
        assertThat(inspect(file.toString(), "--plot", plot.toString())).isZero();
        var image = ImageIO.read(plot.toFile());
        assertThat(image.getWidth()).isGreaterThan(500);
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        assertThat(Arrays.stream(pixels).distinct().count()).isGreaterThan(50);
    }

    @Test
    void whatCannotBeIsRefused() throws Exception {
        Path file = ones(Map.of(), 1, 1, 3, 3, 3);
        String path = file.toString();
        assertThat(inspect(path, "--stride", "2,2")).isEqualTo(2);
        assertThat(inspect(path, "--stride", "0")).isEqualTo(2);
        assertThat(inspect(path, "--size", "10")).isEqualTo(2);
        assertThat(inspect(path, "--padding", "900")).isEqualTo(2);
        assertThat(inspect(path, "--groups", "2")).isEqualTo(2);
        assertThat(inspect(path, "--prefix", "up")).isEqualTo(1);
        assertThat(inspect(Files.writeString(folder.resolve("no"), "no").toString()))
                .isEqualTo(1);
    }

    @Test
    void motionOfAClipIsPrintedAndDrawn() throws Exception {
        Path clip = folder.resolve("clip.mkv");
        TestClip.write(clip);
        Path plot = folder.resolve("motion.png");
        String frame = Integer.toString(TestClip.FALLING);
        assertThat(inspect(clip.toString(), "--frame", frame, "--plot", plot.toString()))
                .isZero();
        assertThat(printed)
                .contains("frames           21 and 22, 480x270 YUV420P")
                .containsPattern("moving +2\\d\\.\\d % of 8160 cells")
                .containsPattern("motion +median 0\\.00 samples, largest 1\\d\\.")
                .contains("brightness       not levelled")
                .contains("scene cut        no")
                .contains("motion.png: the motion");
        assertThat(ImageIO.read(plot.toFile()).getWidth()).isEqualTo(2 * TestClip.WIDTH + 32);
    }

    @Test
    void framesThatAreNotThereAreRefused() throws Exception {
        Path clip = folder.resolve("clip.mkv");
        TestClip.write(clip);
        String path = clip.toString();
        assertThat(refusal(path, "--frame", "74"))
                .contains("expected --frame from 0 to 73")
                .contains("has 75 frames")
                .contains("found 74");
        assertThat(refusal(path, "--frame", "-1")).contains("of at least 0, found -1");
        assertThat(refusal(path)).contains("expected --frame N with a video");
        assertThat(refusal(path, "--frame", "1", "--stride", "2")).contains("--stride is for weights");
        String weights = ones(Map.of(), 1, 1, 3, 3, 3).toString();
        assertThat(refusal(weights, "--allow-protocols", "http")).contains("is for videos");
        assertThat(refusal(weights, "--frame", "1")).contains("expected a video");
    }

    private String refusal(String... arguments) {
        PrintStream terminal = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(inspect(arguments)).isEqualTo(2);
        } finally {
            System.setErr(terminal);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Path ones(Map<String, String> metadata, int... shape) throws Exception {
        Tensor weight = Tensor.zeros(shape);
        Arrays.fill(weight.data(), 1);
        Path file = folder.resolve("ones.safetensors");
        SafetensorsWriter.write(file, Map.of("weight", weight), metadata);
        return file;
    }

    private int inspect(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "inspect";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        PrintStream terminal = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            return Kinolift.execute(all);
        } finally {
            System.setOut(terminal);
            printed = bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
