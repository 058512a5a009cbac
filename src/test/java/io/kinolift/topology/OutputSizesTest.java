package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.TestFrames;
import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.Codec;
import io.kinolift.frame.PixelFormat;
import io.kinolift.wire.FrameRecords;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An output too large for its topic is encoded at lower quality, else is a dead letter, at every window size alike. */
class OutputSizesTest {
    private static final int LIMIT = 8_000;
    private static final int FRAMES = 6;

    @Test
    void anOutputTooLargeForItsTopic_isEncodedAtLowerQuality_alikeHoweverItIsCut() {
        List<VideoFrame> small = upscaled("1", "16");
        assertThat(small).hasSize(2 * FRAMES + 1).isEqualTo(upscaled("4", "16"));
        for (VideoFrame frame : small) {
            assertThat(FrameRecords.bytes(frame.getPayload()).length).isLessThan(LIMIT);
        }
        // Noise at the best quality: that much more than the topic takes.
        assertThat(upscaledWithin(TopologyFixture.MAX_RECORD_BYTES, "4", "16")
                        .getFirst()
                        .getPayload()
                        .remaining())
                .isGreaterThan(LIMIT);
    }

    @Test
    void belowTheFloor_theInputBecomesADeadLetter() {
        try (TopologyFixture fixture = fixture(LIMIT, "4", "2")) {
            send(fixture);
            assertThat(fixture.output())
                    .hasSize(1)
                    .first()
                    .extracting(VideoFrame::getEndOfStream)
                    .isEqualTo(true);
            List<DeadLetter> letters = fixture.deadLetters();
            assertThat(letters).hasSize(FRAMES);
            assertThat(letters).extracting(DeadLetter::getReason).containsOnly(DeadLetterReason.OUTPUT_TOO_LARGE);
            fixture.accounts();
        }
    }

    @Test
    void aWindowThatWouldNeedTooMuchNativeMemory_isNotDecoded() {
        try (TopologyFixture fixture = new TopologyFixture("native.memory.bytes", "60000", "window.size", "8")) {
            send(fixture);
            assertThat(fixture.deadLetters())
                    .hasSize(FRAMES)
                    .first()
                    .extracting(DeadLetter::getDetail)
                    .asString()
                    .contains("kinolift.native.memory.bytes", "kinolift.window.size");
            fixture.accounts();
        }
    }

    private static List<VideoFrame> upscaled(String windowSize, String floor) {
        return upscaledWithin(LIMIT, windowSize, floor);
    }

    private static List<VideoFrame> upscaledWithin(int limit, String windowSize, String floor) {
        try (TopologyFixture fixture = fixture(limit, windowSize, floor)) {
            send(fixture);
            assertThat(fixture.deadLetters()).isEmpty();
            return new ArrayList<>(fixture.output());
        }
    }

    private static TopologyFixture fixture(int limit, String windowSize, String floor) {
        return new TopologyFixture(limit, "frame.codec", "jpeg", "window.size", windowSize, "quality.floor", floor);
    }

    private static void send(TopologyFixture fixture) {
        for (int sequence = 0; sequence < FRAMES; sequence++) {
            fixture.send(TestFrames.of("a", sequence, Codec.RAW, PixelFormat.YUV420P, 80, 64));
        }
        fixture.end("a", 0, FRAMES);
    }
}
