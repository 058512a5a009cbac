package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.avro.VideoFrame;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.pair.SceneSignature;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames of 10 bits in the topology. */
class HighDepthFramesTest {
    private static final int WIDTH = 16;
    private static final int HEIGHT = 12;

    @Test
    void aBridgeIsBlendedInTenBits() {
        try (TopologyFixture fixture =
                new TopologyFixture("gap", "bridge", "reorder.frames", "0", "scale.factor", "1,1,1")) {
            fixture.send(flat(0, 1001));
            fixture.send(flat(2, 2));
            fixture.end("a", 0, 3);
            assertThat(fixture.output().subList(0, 3))
                    .extracting(HighDepthFramesTest::firstSample)
                    .containsExactly(1001, 502, 2);
        }
    }

    @Test
    void whatTheOutputCodecCannotHold_isADeadLetterThatSaysWhatToSet() {
        try (TopologyFixture fixture = new TopologyFixture("frame.codec", "jpeg")) {
            fixture.send(flat(0, 7));
            fixture.end("a", 0, 1);
            List<DeadLetter> letters = fixture.deadLetters();
            assertThat(letters).extracting(DeadLetter::getReason).containsOnly(DeadLetterReason.UNSUPPORTED);
            assertThat(letters.getFirst().getDetail()).contains("found GRAY10").contains("--frame-codec ffv1");
        }
    }

    /** Cameras of both depths on one topic: JPEG for what it can hold. */
    @Test
    void streamsOfBothDepths_haveEachACodecOfItsOwn() {
        try (TopologyFixture fixture = new TopologyFixture(
                "frame.codec",
                "jpeg",
                "scale.factor",
                "1,2,2",
                "streams",
                "deep",
                "streams.deep.match",
                "a",
                "streams.deep.frame.codec",
                "ffv1")) {
            fixture.send(flat(0, 1001));
            fixture.end("a", 0, 1);
            fixture.send("shallow", 0, 1);
            fixture.end("shallow", 0, 1);
            assertThat(fixture.deadLetters()).isEmpty();
            assertThat(fixture.output())
                    .filteredOn(frame -> !frame.getEndOfStream())
                    .extracting(
                            frame -> frame.getCodec().name(),
                            frame -> frame.getPixelFormat().name())
                    .containsExactly(tuple("FFV1", "GRAY10"), tuple("JPEG", "YUV420P"));
        }
    }

    @Test
    void samplesOutOfRange_areADeadLetterAndTheStreamGoesOn() {
        try (TopologyFixture fixture = new TopologyFixture("scale.factor", "1,2,2")) {
            fixture.send(flat(0, 1023));
            fixture.send(flat(1, 1024));
            fixture.send(flat(2, 3));
            fixture.end("a", 0, 3);
            assertThat(fixture.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.getReason()).isEqualTo(DeadLetterReason.UNDECODABLE);
                assertThat(letter.getSequence()).isEqualTo(1);
                assertThat(letter.getDetail()).contains("up to 1023");
            });
            assertThat(fixture.output().subList(0, 2))
                    .extracting(HighDepthFramesTest::firstSample)
                    .containsExactly(1023, 3);
        }
    }

    /** The two bits more make no cut, and hide none. */
    @Test
    void picturesLookAlikeWhateverTheirDepth() {
        try (Picture bytes = TestPictures.noise(PixelFormat.GRAY8, 64, 36, 1);
                Picture highDepth = TestPictures.noise(PixelFormat.GRAY10, 64, 36, 2);
                Picture other = TestPictures.noise(PixelFormat.GRAY10, 64, 36, 3)) {
            for (int y = 0; y < 36; y++) {
                for (int x = 0; x < 64; x++) {
                    highDepth.plane(0).set(x, y, 4 * bytes.plane(0).sample(x, y) + x % 4);
                }
            }
            assertThat(SceneSignature.of(bytes).distance(SceneSignature.of(highDepth)))
                    .isZero();
            assertThat(SceneSignature.of(bytes).distance(SceneSignature.of(other)))
                    .isGreaterThan(0.8);
        }
    }

    private static EncodedFrame flat(long sequence, int sample) {
        ByteBuffer payload = ByteBuffer.allocate(2 * WIDTH * HEIGHT).order(ByteOrder.LITTLE_ENDIAN);
        while (payload.hasRemaining()) {
            payload.putShort((short) sample);
        }
        FrameFormat format = TestPictures.format(Codec.RAW, PixelFormat.GRAY10, WIDTH, HEIGHT);
        return TopologyFixture.with(TopologyFixture.frame("a", sequence), format, payload.array());
    }

    private static int firstSample(VideoFrame frame) {
        return frame.getPayload().duplicate().order(ByteOrder.LITTLE_ENDIAN).getShort();
    }
}
