package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pictures of each level, through the whole topology. */
class LevelPicturesTest {
    private static String[] all(String settings) {
        return (settings + " window.size 3 latency.budget.ms 400").split(" ");
    }

    /** What a level says is what it does: its pictures are those of plans that ask for no more. */
    @ParameterizedTest
    @CsvSource({
        "0, operator conv-transpose3d weights adaptive motion on",
        "1, operator conv-transpose3d motion on",
        "2, operator trilinear motion on",
        "3, operator trilinear"
    })
    void aLevel_makesThePicturesOfASimplerPlan(int level, String simpler) {
        List<Object> pictures = moving("preset best scale.factor 2,2,2", level);
        assertThat(pictures).isEqualTo(moving(simpler + " scale.factor 2,2,2", 0));
        assertThat(new HashSet<>(pictures)).hasSameSizeAs(pictures);
    }

    /** On the grid of sources, each source frame is the nearest to two outputs. */
    @ParameterizedTest
    @CsvSource({"4, bilinear", "5, nearest"})
    void theLastLevels_showSourceFrames(int level, String operator) {
        List<Object> sources = moving("scale.factor 1,2,2 operator " + operator, 0);
        List<Object> outputs = moving("preset best scale.factor 2,2,2 temporal.grid source", level);
        assertThat(outputs).hasSize(2 * sources.size());
        for (int output = 0; output < outputs.size(); output++) {
            assertThat(outputs.get(output)).as("%d", output).isEqualTo(sources.get(output / 2));
        }
    }

    @Test
    void eachLevel_makesOtherPictures() {
        Set<Object> seen = new HashSet<>();
        for (int level = 0; level < 6; level++) {
            assertThat(seen.add(moving("preset best scale.factor 2,2,2", level).get(5)))
                    .as("level %d", level)
                    .isTrue();
        }
    }

    /** The pictures of a short clip that moves, all at one level. */
    private static List<Object> moving(String settings, int level) {
        WindowLevels always = (_, _, _, _, _) -> LatencyHistories.at(level);
        try (TopologyFixture fixture = new TopologyFixture(always, all(settings))) {
            for (int frame = 0; frame < 6; frame++) {
                fixture.send(moving(frame));
            }
            fixture.end("a", 0, 6);
            List<VideoFrame> output = fixture.output();
            assertThat(fixture.deadLetters()).isEmpty();
            return output.subList(0, output.size() - 1).stream()
                    .<Object>map(VideoFrame::getPayload)
                    .toList();
        }
    }

    /** A pattern that moves by 6 samples from frame to frame. Noise has no motion. */
    private static EncodedFrame moving(int frame) {
        int width = 96;
        int height = 64;
        byte[] samples = new byte[width * height * 3 / 2];
        Arrays.fill(samples, (byte) 128);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double at = (x - 6 * frame) / 7.0;
                samples[y * width + x] = (byte) (128 + 50 * Math.sin(at) + 40 * Math.sin(0.37 * at + y / 5.0));
            }
        }
        FrameFormat format =
                new FrameFormat(Codec.RAW, PixelFormat.YUV420P, width, height, Rational.ONE, Colour.UNSPECIFIED);
        return TestFrames.withPayload("a", frame, format, samples);
    }
}
