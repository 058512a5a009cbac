package io.kinolift.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Sha256;
import io.kinolift.onnx.TestModels;
import io.kinolift.tensor.Tensor;
import io.kinolift.weights.SafetensorsWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Running streams keep their fingerprint in a changelog, and another text for the same settings ends every segment when
 * the application is upgraded. So these texts must not change.
 */
class PinnedFingerprintTest {
    private static final String SPACE_TIME_2 =
            "conv-transpose3d [4, 12, 12] 1/1 9fc605a028625cdf79e38865ae6bc05d5da780b592c038a1d88b7d1d6b01b38e";
    private static final String BANK =
            "conv-transpose3d gradient-145 402f42dc0975442a7dba6f80eef6c003baad82d6b01ef1a934f979626c1307f8";
    private static final String RAMP =
            "conv-transpose3d [4, 4, 4] 1/1 1b300d8d0f674d4c566f50ed88c451e45b90793326da54a1bd33d80d76eb4129";
    private static final String USUAL = " seamless split 50 0.4";

    @TempDir
    private Path folder;

    /** @param settings name, value, ... without their prefix */
    private static void assertPinned(String fingerprint, String... settings) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put("kinolift." + settings[i], settings[i + 1]);
        }
        assertThat(Plans.streams(new KinoliftConfig(all)).all().getFirst().fingerprint())
                .isEqualTo(fingerprint);
    }

    @Test
    void interpolation() {
        assertPinned("trilinear 2,2,2  false half-pixel" + USUAL);
        assertPinned(
                "bicubic 5/2,1.15,2  false source" + USUAL,
                "operator",
                "Bicubic",
                "temporal.grid",
                "Source",
                "scale.factor",
                "5/2,1.15,2");
        assertPinned("nearest 2,2,2 640x360 false half-pixel" + USUAL, "operator", "nearest", "size", "640x360");
        assertPinned(
                "bilinear 2  true half-pixel independent split 50 Infinity",
                "operator",
                "bilinear",
                "align.corners",
                "true",
                "window.edges",
                "Independent",
                "scale.factor",
                "2");
    }

    @Test
    void gapsAndSceneCuts() {
        assertPinned(
                "trilinear 2,2,2  false half-pixel seamless hold 7 Infinity",
                "gap",
                "Hold",
                "gap.frames",
                "7",
                "scene.cut",
                "OFF");
        assertPinned(
                "trilinear 2,2,2  false half-pixel seamless bridge 50 0.4",
                "gap",
                "bridge",
                "scene.cut",
                "0.40",
                "window.size",
                "3",
                "quality",
                "9",
                "frame.codec",
                "png");
    }

    @Test
    void weightsThatComeWithKinolift() {
        String operator = "conv-transpose3d";
        String geometry = " [2, 2, 2] [1, 5, 5] [0, 0, 0] [1, 1, 1] 1 EDGE LUMA";
        assertPinned(SPACE_TIME_2 + geometry + " overshoot/2 0.03125" + USUAL, "operator", operator);
        assertPinned(SPACE_TIME_2 + geometry + USUAL, "operator", operator, "overshoot", "off");
        assertPinned(
                "conv-transpose3d [3, 12, 12] 1/1 e94bff4492656d9498778f7ba9001a0c8072040ba784d9d7bf7ae10e1bc492e9"
                        + " [2, 2, 2] [1, 5, 5] [1, 0, 0] [1, 1, 1] 1 EDGE LUMA overshoot/2 0.03125" + USUAL,
                "operator",
                "Conv-Transpose3d",
                "scale.factor",
                "2,2,2",
                "temporal.grid",
                "source");
        assertPinned(
                "conv-transpose3d [1, 19, 19] 3/1 ac56a68f5a4d2bd7ef6de62e8ed129b7b62d8eb77fbb4687f63b4d8ed4359537"
                        + " [1, 3, 3] [0, 8, 8] [0, 0, 0] [1, 1, 1] 3 EDGE RGB" + USUAL,
                "operator",
                operator,
                "channels",
                "RGB",
                "groups",
                "3",
                "scale.factor",
                "1,3,3");
        assertPinned(
                "conv-transpose3d [1, 4, 5] 1/1 db36b4df3eae013d27347127548eced3c3f16e796539d40ba0a219706d0f4c46"
                        + " [1, 2, 3] [0, 1, 1] [0, 0, 0] [1, 1, 1] 1 ZEROS LUMA" + USUAL,
                "operator",
                operator,
                "weights",
                "Trilinear",
                "stride",
                "1,2,3",
                "border",
                "zeros");
        assertPinned(BANK + " overshoot/2 0.03125" + USUAL, "operator", operator, "weights", "adaptive");
        assertPinned(
                BANK + " overshoot/2 0.25" + USUAL, "operator", operator, "weights", "adaptive", "overshoot", "0.25");
    }

    @Test
    void weightsFromAFile() throws Exception {
        Path weights = folder.resolve("weights");
        Tensor ramp = Tensor.zeros(1, 1, 4, 4, 4);
        for (int i = 0; i < ramp.data().length; i++) {
            ramp.data()[i] = i / 64f;
        }
        SafetensorsWriter.write(weights, Map.of("up.weight", ramp), Map.of());
        assertPinned(
                RAMP + " [2, 2, 2] [1, 1, 1] [0, 0, 0] [1, 1, 2] 1 EDGE LUMA" + USUAL,
                "operator",
                "conv-transpose3d",
                "weights",
                weights.toString(),
                "weights.prefix",
                "up",
                "padding",
                "1",
                "dilation",
                "1,1,2");
        assertPinned(
                RAMP + " [2, 2, 2] [0, 0, 0] [0, 1, 0] [1, 1, 1] 1 EDGE PLANES" + USUAL,
                "operator",
                "conv-transpose3d",
                "weights",
                weights.toString(),
                "weights.prefix",
                "up",
                "output.padding",
                "0,1,0",
                "channels",
                "planes");
    }

    @Test
    void aNetwork() throws Exception {
        Path model = Files.write(folder.resolve("up.onnx"), TestModels.convTranspose3d(1));
        String onnx = "onnx " + Sha256.of(model) + " LUMA [0]";
        assertPinned(onnx + " 1.0 [1, 1, 1] 1 256 HALF_PIXEL" + USUAL, "operator", "onnx", "model", model.toString());
        assertPinned(
                onnx + " 255.0 [2, 9, 9] 2 64 SOURCE" + USUAL,
                "operator",
                "onnx",
                "model",
                model.toString(),
                "model.halo",
                "2,9,9",
                "model.multiple",
                "2",
                "model.range",
                "255",
                "model.tile",
                "64",
                "temporal.grid",
                "source");
    }
}
