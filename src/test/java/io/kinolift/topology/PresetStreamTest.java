package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.Codec;
import io.kinolift.frame.PixelFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every preset through the whole topology. */
class PresetStreamTest {
    private static final int FRAMES = 4;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    exact  | operator trilinear
                    fast   | operator bilinear
                    sharp  | operator conv-transpose3d weights adaptive
                    smooth | motion on
                    best   | operator conv-transpose3d weights adaptive motion on
                    """)
    void aPreset_givesTheFramesOfItsSettings(String preset, String settings) {
        List<VideoFrame> frames = upscaled("preset " + preset);
        assertThat(frames).hasSize(2 * FRAMES).isEqualTo(upscaled(settings));
        assertThat(frames.getFirst().getWidth()).isEqualTo(64);
    }

    @Test
    void aFormatThatAPresetRefuses_isADeadLetterThatNamesIt() {
        try (TopologyFixture fixture = new TopologyFixture("preset", "sharp")) {
            fixture.send(TestFrames.of("a", 0, Codec.RAW, PixelFormat.YUV420P10, 32, 24));
            fixture.end("a", 0, 1);
            assertThat(fixture.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.getDetail())
                            .contains("found YUV420P10 of 10 bits (kinolift.preset=sharp means"
                                    + " kinolift.operator=conv-transpose3d, kinolift.weights=adaptive)"));
        }
    }

    /** @param settings name, value, ... beside a factor of 2 */
    private static List<VideoFrame> upscaled(String settings) {
        try (TopologyFixture fixture = new TopologyFixture((settings + " scale.factor 2,2,2").split(" "))) {
            for (int frame = 0; frame < FRAMES; frame++) {
                fixture.send(TestFrames.raw("a", frame, 32, 24));
            }
            fixture.end("a", 0, FRAMES);
            List<VideoFrame> output = fixture.output();
            assertThat(fixture.deadLetters()).isEmpty();
            return output.subList(0, output.size() - 1);
        }
    }
}
