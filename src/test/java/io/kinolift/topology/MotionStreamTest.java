package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames between inputs that follow the motion, through the whole topology. */
class MotionStreamTest {
    private static final int MAX_RECORD_BYTES = 1 << 22;
    private static final int FRAMES = 9;
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    /** Samples that the texture moves from frame to frame. */
    private static final int STEP = 6;

    @ParameterizedTest
    @CsvSource({"2, half-pixel, trilinear", "5/2, source, bicubic", "2, source, conv-transpose3d"})
    void theOutputs_doNotDependOnWindowsOrThreads(String factor, String grid, String operator) {
        List<VideoFrame> whole = upscaled(
                "motion",
                "on",
                "scale.factor",
                factor + ",2,2",
                "temporal.grid",
                grid,
                "operator",
                operator,
                "window.size",
                "100");
        for (String windowSize : List.of("1", "2", "7")) {
            assertThat(upscaled(
                            "motion",
                            "on",
                            "scale.factor",
                            factor + ",2,2",
                            "temporal.grid",
                            grid,
                            "operator",
                            operator,
                            "window.size",
                            windowSize,
                            "threads",
                            windowSize))
                    .isEqualTo(whole);
        }
    }

    @Test
    void onTheSourceGrid_inputsPassAndOthersLieBetween() {
        List<VideoFrame> found = upscaled("motion", "on", "scale.factor", "2,1,1", "temporal.grid", "source");
        assertThat(found).hasSize(2 * FRAMES);
        for (int input = 0; input < FRAMES; input++) {
            assertThat(found.get(2 * input).getPayload()).isEqualTo(ByteBuffer.wrap(texture(STEP * input)));
        }
        // Away from the rim, where the texture comes in, what moves by 6 is moved by 3.
        byte[] expected = texture(STEP * 3 + STEP / 2);
        ByteBuffer between = found.get(7).getPayload().slice();
        int largest = 0;
        for (int y = 16; y < HEIGHT - 16; y++) {
            for (int x = 16; x < WIDTH - 16; x++) {
                int at = y * WIDTH + x;
                largest = Math.max(largest, Math.abs((expected[at] & 0xFF) - (between.get(at) & 0xFF)));
            }
        }
        assertThat(largest).as("largest error").isLessThanOrEqualTo(4);
    }

    private static List<VideoFrame> upscaled(String... settings) {
        try (TopologyFixture fixture = new TopologyFixture(MAX_RECORD_BYTES, settings)) {
            frames().forEach(fixture::send);
            fixture.end("a", 0, FRAMES);
            List<VideoFrame> output = fixture.output();
            assertThat(fixture.deadLetters()).isEmpty();
            return output.subList(0, output.size() - 1);
        }
    }

    private static List<EncodedFrame> frames() {
        List<EncodedFrame> frames = new ArrayList<>();
        for (int frame = 0; frame < FRAMES; frame++) {
            frames.add(TestFrames.raw("a", frame, WIDTH, HEIGHT).withPayload(ByteBuffer.wrap(texture(STEP * frame))));
        }
        return frames;
    }

    /** 4:2:0 with grey chroma; luma is smooth in both directions and never the same twice. */
    private static byte[] texture(double shift) {
        byte[] samples = new byte[WIDTH * HEIGHT * 3 / 2];
        Arrays.fill(samples, (byte) 128);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double u = x - shift;
                double wave = Math.sin(u / 5.3) + Math.sin(u / 8.9 + y / 6.1) + Math.sin(y / 4.7 - u / 13.7);
                samples[y * WIDTH + x] = (byte) Math.round(128 + 36 * wave);
            }
        }
        return samples;
    }
}
