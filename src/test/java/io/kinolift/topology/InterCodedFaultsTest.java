package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.VideoFrame;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.video.CodedClips;
import io.kinolift.video.CodedClips.Kind;
import io.kinolift.video.CodedClips.Shown;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Inter-coded frames with faults: dead letters with reasons; the stream goes on at the next key frame. */
class InterCodedFaultsTest {
    @TempDir
    private static Path folder;

    private static List<EncodedFrame> frames;
    private static List<Shown> right;

    @BeforeAll
    static void makeClip() throws VideoException {
        Path clip = CodedClips.make(folder, Kind.H264_PLAIN, 36);
        frames = CodedClips.frames(clip, "a");
        right = CodedClips.shown(clip);
    }

    /** What comes of the clip with one frame altered. */
    private record Result(List<VideoFrame> output, List<DeadLetter> letters) {
        List<Shown> shown() {
            return InterCodedStreamTest.shown(output);
        }
    }

    private static Result with(int altered, UnaryOperator<EncodedFrame> change, String... settings) {
        List<String> all = new ArrayList<>(List.of("scale.factor", "1,1,1"));
        all.addAll(List.of(settings));
        try (TopologyFixture topology = new TopologyFixture(all.toArray(String[]::new))) {
            for (EncodedFrame frame : frames) {
                topology.send(frame.sequence() == altered ? change.apply(frame) : frame);
            }
            topology.end("a", 0, frames.size());
            List<VideoFrame> output = topology.output();
            TopologyFixture.assertBalanced(output.getLast().getTotals());
            return new Result(output, topology.deadLetters());
        }
    }

    private static EncodedFrame as(EncodedFrame frame, FrameFormat format, boolean key, ByteBuffer payload) {
        return new EncodedFrame(
                frame.streamId(),
                frame.session(),
                frame.sequence(),
                frame.pts(),
                frame.dts(),
                frame.duration(),
                frame.timeBase(),
                format,
                key,
                false,
                0,
                payload);
    }

    private static EncodedFrame holding(EncodedFrame frame, byte[] payload) {
        return frame.withPayload(ByteBuffer.wrap(payload));
    }

    /** The second group is lost, all else is right. */
    private static void assertSecondGroupIsLost(Result result, String reason, String detail) {
        assertThat(result.letters()).hasSize(1);
        assertThat(result.letters().getFirst().getReason()).hasToString(reason);
        assertThat(result.letters().getFirst().getDetail()).contains(detail);
        assertThat(result.shown()).hasSize(24).isSubsetOf(right);
        assertThat(result.output().getLast().getTotals().getDropped()).containsEntry("NO_REFERENCE", 11L);
    }

    @Test
    void aKeyFrameWithoutParameterSets_isRefused() {
        byte[] payload = frames.get(12).payloadBytes();
        byte[] bare = Arrays.copyOfRange(payload, find(payload, "00000165"), payload.length);
        Result result = with(12, frame -> holding(frame, bare));
        assertSecondGroupIsLost(result, "UNDECODABLE", "expected parameter sets of H264 in a key frame, found none");
    }

    @Test
    void aKeyFrameThatIsNone_isRefused() {
        Result result = with(12, frame -> holding(frame, frames.get(13).payloadBytes()));
        assertSecondGroupIsLost(
                result,
                "UNDECODABLE",
                "expected a picture of H264 that decoding can begin with in a key frame, found another");
    }

    @Test
    void twoPicturesInOneFrame_areRefused() {
        byte[] one = frames.get(12).payloadBytes();
        byte[] other = frames.get(13).payloadBytes();
        byte[] both = ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
        Result result = with(12, frame -> holding(frame, both));
        assertSecondGroupIsLost(result, "UNDECODABLE", "expected one picture of H264 in a frame, found 2");
    }

    @Test
    void aFrameWithLengthsInsteadOfStartCodes_isRefused() {
        byte[] payload = frames.get(12).payloadBytes();
        ByteBuffer.wrap(payload).putInt(payload.length - 4);
        Result result = with(12, frame -> holding(frame, payload));
        assertSecondGroupIsLost(
                result, "UNDECODABLE", "expected a byte stream of H264 (Annex B), which begins with a start code");
    }

    @Test
    void aFrameOfAnotherCodecThanItSays_isRefused() {
        Result result = with(12, frame -> as(frame, frame.format().withCodec(Codec.VP9), true, frame.payload()));
        assertThat(result.letters()).hasSize(1);
        assertThat(result.letters().getFirst().getDetail())
                .isEqualTo("expected a frame of VP9, which begins with the bits 10, found other bytes");
        assertThat(result.shown()).hasSize(24).isSubsetOf(right);
    }

    @Test
    void aFrameOfAnotherSizeThanItSays_costsItsGroup() {
        Result result = with(
                12,
                frame -> as(
                        frame,
                        frame.format().withPicture(frame.format().pixelFormat(), 320, 240),
                        true,
                        frame.payload()));
        assertThat(result.letters())
                .extracting(letter -> letter.getReason().toString())
                .contains("WRONG_FORMAT");
        assertThat(result.shown()).hasSize(24).isSubsetOf(right);
    }

    /** A sequence parameter set of 32,768 x 32,768 in a frame that says 160x120: no memory is taken for it. */
    @Test
    void parameterSetsThatAskForHugePictures_costTheirGroup() {
        // Baseline, level 5.1; then set 0, no frame numbers to speak of, order of output as coded, one reference.
        String side = "0".repeat(11) + "1" + "0".repeat(11);
        byte[] huge = bits("00000000000000000000000000000001" + "01100111" + "01000010" + "11000000" + "00110011" + "1"
                + "1" + "011" + "010" + "0" + side + side + "1" + "1" + "0" + "0" + "1");
        byte[] payload = frames.get(12).payloadBytes();
        int picture = find(payload, "0000000168");
        ByteBuffer all = ByteBuffer.allocate(huge.length + payload.length - picture)
                .put(huge)
                .put(payload, picture, payload.length - picture);
        Result result = with(12, frame -> holding(frame, all.array()));
        assertThat(result.shown()).isSubsetOf(right).hasSize(24);
        assertThat(result.letters())
                .hasSize(12)
                .allMatch(letter -> letter.getReason().toString().equals("UNDECODABLE"));
    }

    private static byte[] bits(String text) {
        String whole = text + "0".repeat((8 - text.length() % 8) % 8);
        byte[] bytes = new byte[whole.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(whole.substring(8 * i, 8 * i + 8), 2);
        }
        return bytes;
    }

    private static int find(byte[] payload, String hex) {
        int at = HexFormat.of().formatHex(payload).indexOf(hex);
        assertThat(at).as("place of %s", hex).isNotNegative();
        return at / 2;
    }

    @Test
    void aPictureThatDoesNotDecode_takesWithItWhatRefersToIt() {
        byte[] payload = frames.get(14).payloadBytes();
        byte[] cut = Arrays.copyOf(payload, payload.length / 3);
        Result result = with(14, frame -> holding(frame, cut));
        assertThat(result.shown()).isSubsetOf(right).hasSize(26);
        assertThat(result.letters())
                .hasSize(10)
                .allMatch(letter -> letter.getReason().toString().equals("UNDECODABLE"));
        assertThat(result.letters().get(5).getDetail())
                .startsWith("expected a frame 14 to refer to, found one that does not decode: ");
    }

    @Test
    void aGroupThatNeverEnds_isBounded() {
        Result result = with(-1, frame -> frame, "group.frames", "5");
        assertThat(result.shown()).hasSize(15).isSubsetOf(right);
        assertThat(result.letters())
                .hasSize(3)
                .allMatch(letter -> letter.getReason().toString().equals("LIMIT_EXCEEDED"));
        assertThat(result.letters().getFirst().getDetail())
                .startsWith("expected a key frame after at most 5 frames (kinolift.group.frames)");
        assertThat(result.output().getLast().getTotals().getDropped()).containsEntry("NO_REFERENCE", 18L);
    }

    @Test
    void aDtsThatGoesBack_isRefused() {
        Result result = with(14, frame -> frame.withDts(frame.dts() - 1_000_000));
        assertThat(result.letters()).hasSize(1);
        assertThat(result.letters().getFirst().getDetail()).startsWith("expected a dts above ");
        assertThat(result.shown()).hasSize(26).isSubsetOf(right);
    }

    private static EncodedFrame in(long session, EncodedFrame frame) {
        return new EncodedFrame(
                frame.streamId(),
                session,
                frame.sequence(),
                frame.pts(),
                frame.dts(),
                frame.duration(),
                frame.timeBase(),
                frame.format(),
                frame.keyFrame(),
                false,
                0,
                frame.payload());
    }

    /** Sequences begin anew with a session: nothing that is known of one may be used for the other. */
    @Test
    void aSessionAfterADamagedOne_isWhole() {
        try (TopologyFixture topology = new TopologyFixture("scale.factor", "1,1,1", "window.size", "1")) {
            byte[] cut = Arrays.copyOf(frames.getFirst().payloadBytes(), 800);
            topology.send(in(1, holding(frames.getFirst(), cut)));
            frames.subList(1, 6).forEach(frame -> topology.send(in(1, frame)));
            frames.forEach(frame -> topology.send(in(2, frame)));
            topology.end("a", 2, frames.size());
            List<VideoFrame> output = topology.output();
            assertThat(output.stream().filter(frame -> frame.getSession() == 1)).isEmpty();
            assertThat(InterCodedStreamTest.shown(output)).isEqualTo(right);
            assertThat(topology.deadLetters()).hasSize(6);
            topology.accounts();
        }
    }

    @Test
    void anotherSessionInsideAGroup_isWhole() {
        try (TopologyFixture topology = new TopologyFixture("scale.factor", "1,1,1", "window.size", "1")) {
            frames.subList(0, 30).forEach(frame -> topology.send(in(1, frame)));
            frames.forEach(frame -> topology.send(in(2, frame)));
            topology.end("a", 2, frames.size());
            List<VideoFrame> output = topology.output();
            assertThat(output.stream().filter(frame -> frame.getSession() == 1).map(InterCodedStreamTest::md5))
                    .isEqualTo(right.subList(0, 30).stream().map(Shown::md5).toList());
            assertThat(InterCodedStreamTest.shown(output.stream()
                            .filter(frame -> frame.getSession() == 2)
                            .toList()))
                    .isEqualTo(right);
            assertThat(topology.deadLetters()).isEmpty();
            topology.accounts();
        }
    }

    @Test
    void oneWrongTime_costsAGroupAtMost() {
        long far = frames.get(14).pts() + 1_000_000_000_000L;
        Result result = with(14, frame -> frame.withPts(far).withDts(far));
        assertThat(result.shown()).isSubsetOf(right).hasSize(26);
    }

    /** Nobody counts through the sequences that are missing, or the stream would stand still for days. */
    @Test
    @Timeout(60)
    void aHoleOfBillionsOfSequences_costsNoTime() throws Exception {
        List<EncodedFrame> open = CodedClips.frames(CodedClips.make(folder, Kind.H264_OPEN, 25), "a");
        List<Shown> afterSmall = afterHole(open, 1000);
        assertThat(afterSmall).isNotEmpty();
        assertThat(afterHole(open, 1L << 34)).isEqualTo(afterSmall);
    }

    private static List<Shown> afterHole(List<EncodedFrame> frames, long missing) {
        try (TopologyFixture topology = new TopologyFixture("scale.factor", "1,1,1", "reorder.frames", "0")) {
            for (EncodedFrame frame : frames) {
                topology.send(frame.sequence() < 12 ? frame : later(frame, missing));
            }
            topology.end("a", 0, frames.size() + missing);
            return InterCodedStreamTest.shown(topology.output());
        }
    }

    private static EncodedFrame later(EncodedFrame frame, long missing) {
        return new EncodedFrame(
                frame.streamId(),
                frame.session(),
                frame.sequence() + missing,
                frame.pts(),
                frame.dts(),
                frame.duration(),
                frame.timeBase(),
                frame.format(),
                frame.keyFrame(),
                false,
                0,
                frame.payload());
    }

    @Test
    void framesThatDecodeAlone_mayFollow() {
        try (TopologyFixture topology = new TopologyFixture("scale.factor", "1,1,1")) {
            frames.subList(0, 8).forEach(topology::send);
            EncodedFrame raw = TopologyFixture.frame("a", 0, 8, 160, 120);
            topology.send(new EncodedFrame(
                    "a",
                    0,
                    8,
                    frames.get(8).pts(),
                    frames.get(8).duration(),
                    frames.get(8).timeBase(),
                    raw.format(),
                    true,
                    false,
                    0,
                    raw.payload()));
            topology.end("a", 0, 9);
            List<VideoFrame> output = topology.output();
            assertThat(output).hasSize(10);
            assertThat(output.getLast().getTotals().getUpscaled()).isEqualTo(9);
            topology.accounts();
        }
    }
}
