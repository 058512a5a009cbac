package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.avro.VideoFrame;
import io.kinolift.onnx.TestModels;
import io.kinolift.onnx.WholeClip;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Plans;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network in the topology. */
class OnnxStreamTest {
    private static final int FRAMES = 7;
    private static final int WIDTH = 16;
    private static final int HEIGHT = 12;

    @TempDir
    private Path folder;

    /** Windows and tiles leave no trace: luma is the network on the whole clip, chroma is interpolated. */
    @Test
    void theStreamIsTheNetworkOnTheWholeClip() throws Exception {
        Path model = Files.write(folder.resolve("up.onnx"), TestModels.convTranspose3d(1));
        float[] expected = WholeClip.run(Files.readAllBytes(model), clip(), 1, 1, FRAMES, HEIGHT, WIDTH);
        List<byte[]> trilinear = upscaled("operator", "trilinear");
        int area = 4 * HEIGHT * WIDTH;
        for (String[] settings : new String[][] {{"1", "8"}, {"3", "256"}, {"16", "4"}}) {
            List<byte[]> found = upscaled(
                    "operator",
                    "onnx",
                    "model",
                    model.toString(),
                    "window.size",
                    settings[0],
                    "model.tile",
                    settings[1]);
            assertThat(found).hasSize(2 * FRAMES);
            for (int frame = 0; frame < found.size(); frame++) {
                byte[] luma = new byte[area];
                for (int i = 0; i < area; i++) {
                    luma[i] = (byte) Math.clamp((int) Math.floor(expected[frame * area + i] * 255f + 0.5), 0, 255);
                }
                assertThat(Arrays.copyOf(found.get(frame), area))
                        .as("frame %d", frame)
                        .isEqualTo(luma);
                assertThat(Arrays.copyOfRange(found.get(frame), area, area * 3 / 2))
                        .isEqualTo(Arrays.copyOfRange(trilinear.get(frame), area, area * 3 / 2));
            }
        }
    }

    @Test
    void rgbNetworksTakePlanes() throws Exception {
        Path model = Files.write(folder.resolve("up.onnx"), TestModels.upConvolution());
        List<byte[]> one = upscaled("operator", "onnx", "model", model.toString(), "model.tile", "256");
        assertThat(one).hasSize(FRAMES);
        assertThat(upscaled("operator", "onnx", "model", model.toString(), "model.tile", "4", "threads", "5"))
                .usingElementComparator(Arrays::compare)
                .containsExactlyElementsOf(one);
        assertThat(upscaled("operator", "onnx", "model", model.toString(), "model.order", "rgb"))
                .usingElementComparator(Arrays::compare)
                .isNotEqualTo(one);
    }

    @Test
    void whatDoesNotFitIsRefusedByName() throws Exception {
        Path model = Files.write(folder.resolve("up.onnx"), TestModels.upConvolution());
        refused(
                "kinolift.model",
                "operator",
                "onnx",
                "model",
                folder.resolve("none").toString());
        refused(
                "ONNX Runtime",
                "operator",
                "onnx",
                "model",
                Files.writeString(folder.resolve("text"), "x").toString());
        refused("1,2,2 of the model", "operator", "onnx", "model", model.toString(), "scale.factor", "2,3,2");
        refused("found 3", "operator", "onnx", "model", model.toString(), "channels", "luma");
        refused("halo", "operator", "onnx", "model", model.toString(), "model.halo", "1");
        refused("kinolift.operator=onnx", "operator", "trilinear", "model", model.toString());
    }

    private static void refused(String words, String... settings) {
        assertThatThrownBy(() -> Plans.operator(new KinoliftConfig(map(settings))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("expected")
                .hasMessageContaining(words);
    }

    private static Map<String, String> map(String... settings) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put("kinolift." + settings[i], settings[i + 1]);
        }
        return all;
    }

    private static List<byte[]> upscaled(String... settings) {
        try (TopologyFixture fixture = new TopologyFixture(settings)) {
            fixture.send("a", 0, FRAMES);
            fixture.end("a", 0, FRAMES);
            assertThat(fixture.deadLetters()).isEmpty();
            List<VideoFrame> output = fixture.output();
            return output.subList(0, output.size() - 1).stream()
                    .map(frame -> {
                        byte[] bytes = new byte[frame.getPayload().remaining()];
                        frame.getPayload().duplicate().get(bytes);
                        return bytes;
                    })
                    .toList();
        }
    }

    private static float[] clip() {
        float[] samples = new float[FRAMES * HEIGHT * WIDTH];
        for (int frame = 0; frame < FRAMES; frame++) {
            byte[] payload = TopologyFixture.frame("a", frame).payloadBytes();
            for (int i = 0; i < HEIGHT * WIDTH; i++) {
                samples[frame * HEIGHT * WIDTH + i] = (payload[i] & 0xff) / 255f;
            }
        }
        return samples;
    }
}
