package io.kinolift.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.onnx.TestModels;
import io.kinolift.tensor.Tensor;
import io.kinolift.weights.SafetensorsWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CadenceSettingsTest {
    @TempDir
    private Path folder;

    private static KinoliftConfig config(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("kinolift.cadence", "on"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put("kinolift." + settings[i], settings[i + 1]);
        }
        return new KinoliftConfig(all);
    }

    private static void refused(String words, String... settings) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> Plans.operator(config(settings)))
                .withMessageContaining("kinolift.cadence")
                .withMessageContaining("expected off with")
                .withMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trilinear", "bicubic", "bilinear", "conv-transpose3d"})
    void anySpatialOperator_waitsForFiveMoreFrames(String operator) {
        TimeGrid grid = Plans.operator(config("operator", operator, "temporal.grid", "source"))
                .timeGrid();
        assertThat(grid.factor()).isEqualTo(Rational.of(2));
        assertThat(grid.haloAfter()).isEqualTo(5);
        TimeGrid even = Plans.operator(config("operator", operator, "scale.factor", "1,2,2"))
                .timeGrid();
        assertThat(even.factor()).isEqualTo(Rational.ONE);
        assertThat(even.haloAfter()).isEqualTo(5);
    }

    @Test
    void withMotion_alsoNearestPicturesHaveSomethingBetweenThem() {
        assertThat(Plans.operator(config("operator", "nearest", "motion", "on"))
                        .timeGrid()
                        .haloAfter())
                .isEqualTo(5);
    }

    @Test
    void whatHasAnExtentInTimeOfItsOwn_isRefused() throws Exception {
        refused("kinolift.operator=nearest", "operator", "nearest");
        refused("kinolift.align.corners", "align.corners", "true", "window.edges", "independent");
        refused("kinolift.stride", "operator", "conv-transpose3d", "stride", "2,2,2");
        Path weights = folder.resolve("weights.safetensors");
        SafetensorsWriter.write(weights, Map.of("weight", Tensor.zeros(1, 1, 4, 4, 4)), Map.of());
        refused("an extent in time", "operator", "conv-transpose3d", "weights", weights.toString());
        Path model = Files.write(folder.resolve("model.onnx"), TestModels.convTranspose3d(1));
        refused("an extent in time", "operator", "onnx", "model", model.toString());
    }
}
