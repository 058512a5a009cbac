package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Footage;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.onnx.TestModels;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spatial operators with a factor in time: inputs are blended, then each blend is enlarged. */
@EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".*")
class BlendedOperatorsFootageTest {
    private static final int FRAMES = 5;
    private static final int MAX_RECORD_BYTES = 1 << 24;

    private static ConvolvedClip clip;

    @TempDir
    private Path folder;

    @BeforeAll
    static void decodeClip() throws Exception {
        clip = ConvolvedClip.read(Footage.clip("plant_240p.mp4"), FRAMES);
    }

    @ParameterizedTest
    @CsvSource({
        "adaptive, 2, half-pixel",
        "adaptive, 5/2, half-pixel",
        "adaptive, 2, source",
        "onnx, 2, half-pixel",
        "onnx, 5/2, source",
        "fitted, 3, half-pixel",
        "fitted, 5/2, source"
    })
    void theOutputs_areThoseOfTheOperatorOnBlends(String operator, String factor, String grid) throws Exception {
        List<VideoFrame> found =
                upscaled(clip.frames(), settings(operator, "scale.factor", factor + ",2,2", "temporal.grid", grid));

        List<VideoFrame> blends = upscaled(
                clip.frames(),
                new String[] {"scale.factor", factor + ",1,1", "temporal.grid", grid, "scene.cut", "off"});
        List<VideoFrame> expected = upscaled(frames(blends), settings(operator, "scale.factor", "1,2,2"));
        assertThat(found).hasSameSizeAs(expected);
        assertThat(found)
                .extracting(VideoFrame::getPts)
                .isEqualTo(blends.stream().map(VideoFrame::getPts).toList());
        for (int output = 0; output < found.size(); output++) {
            assertThat(found.get(output).getPayload())
                    .as("output %s", output)
                    .isEqualTo(expected.get(output).getPayload());
        }
    }

    private String[] settings(String operator, String... others) throws IOException {
        Path model = folder.resolve("up.onnx");
        Files.write(model, TestModels.upConvolution());
        List<String> settings = switch (operator) {
            case "adaptive" -> new ArrayList<>(List.of("operator", "conv-transpose3d", "weights", "adaptive"));
            case "fitted" -> new ArrayList<>(List.of("operator", "conv-transpose3d"));
            default -> new ArrayList<>(List.of("operator", "onnx", "model", model.toString()));
        };
        settings.addAll(List.of("scene.cut", "off", "window.size", "2"));
        settings.addAll(List.of(others));
        return settings.toArray(String[]::new);
    }

    private static List<EncodedFrame> frames(List<VideoFrame> records) throws MalformedRecordException {
        List<EncodedFrame> frames = new ArrayList<>();
        for (VideoFrame record : records) {
            frames.add(FrameRecords.frame(record));
        }
        return frames;
    }

    private static List<VideoFrame> upscaled(List<EncodedFrame> frames, String[] settings) {
        try (TopologyFixture fixture = new TopologyFixture(MAX_RECORD_BYTES, settings)) {
            frames.forEach(fixture::send);
            fixture.end("a", 0, frames.size());
            List<VideoFrame> output = fixture.output();
            assertThat(fixture.deadLetters()).isEmpty();
            return output.subList(0, output.size() - 1);
        }
    }
}
