package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.VideoFrame;
import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.group.AccessUnit;
import io.kinolift.codec.group.GroupDecoder;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.trace.Telemetry;
import io.kinolift.video.CodedClips;
import io.kinolift.wire.FrameRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs that refer to each other. */
class InterCodedOutputTest {
    private static final int FRAMES = 24;
    private static final int GROUP = 10;
    /** Mean difference of samples that a lossy codec may make in noise. */
    private static final double LOSS = 4;

    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final List<String> SETTINGS = List.of(
            "scale.factor",
            "5/2,2,2",
            "window.size",
            "3",
            "output.gop",
            Integer.toString(GROUP),
            "encoder.cache.bytes",
            "0",
            "decoder.cache.bytes",
            "0");

    @TempDir
    private Path folder;

    private static TopologyFixture topology(String codec, String... further) {
        return topology(1 << 20, codec, further);
    }

    private static TopologyFixture topology(int maxRecordBytes, String codec, String... further) {
        List<String> settings = new ArrayList<>(SETTINGS);
        settings.addAll(List.of("frame.codec", codec));
        settings.addAll(List.of(further));
        return new TopologyFixture(maxRecordBytes, settings.toArray(String[]::new));
    }

    private static EncodedFrame frame(long sequence) {
        return TopologyFixture.frame("a", 0, sequence, 48, 32);
    }

    private static EncodedFrame smooth(long sequence) {
        EncodedFrame noise = frame(sequence);
        try (Picture picture = TestPictures.ramp(PixelFormat.YUV420P, 48, 32, (int) sequence)) {
            return TopologyFixture.with(noise, noise.format(), TestPictures.samples(picture));
        }
    }

    private static List<VideoFrame> outputs(String codec, String... further) {
        try (TopologyFixture topology = topology(codec, further)) {
            send(topology, 0, FRAMES);
            topology.end("a", 0, FRAMES);
            assertThat(topology.deadLetters()).isEmpty();
            return frames(topology);
        }
    }

    private static void send(TopologyFixture topology, long from, long to) {
        for (long sequence = from; sequence < to; sequence++) {
            topology.send(frame(sequence));
        }
    }

    private static List<VideoFrame> frames(TopologyFixture topology) {
        return topology.output().stream()
                .filter(record ->
                        !record.getEndOfStream() && record.getStreamId().equals("a"))
                .toList();
    }

    /** Another stream needs the room; a silent stream loses its pictures. */
    private static void loseCaches(TopologyFixture topology) {
        topology.send("other", 0, 20);
        topology.end("other", 0, 20);
        topology.advance(SILENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h264", "vp9", "av1"})
    void groups_areClosedAndShowWhatWasMade(String codec) throws Exception {
        List<VideoFrame> coded = outputs(codec);
        List<VideoFrame> raw = outputs("raw");
        assertThat(coded).hasSameSizeAs(raw);
        for (int i = 0; i < coded.size(); i++) {
            VideoFrame frame = coded.get(i);
            assertThat(frame.getCodec().name()).isEqualTo(codec.toUpperCase(Locale.ROOT));
            assertThat(frame.getSequence()).isEqualTo(raw.get(i).getSequence());
            assertThat(frame.getPts()).isEqualTo(raw.get(i).getPts());
            assertThat(frame.getDts()).isEqualTo(frame.getPts());
            assertThat(frame.getDiscontinuity()).isFalse();
            assertThat(frame.getPayloadCrc32c()).isNotNull();
            AccessUnit unit = AccessUnit.of(Codec.valueOf(frame.getCodec().name()), frame.getPayload());
            assertThat(unit.isKey()).as("frame %d", i).isEqualTo(frame.getKeyFrame());
            if (i % GROUP == 0) {
                assertThat(frame.getKeyFrame()).as("frame %d", i).isTrue();
            }
        }
        assertThat(coded).anyMatch(frame -> !frame.getKeyFrame());
        // Any group can be decoded without those before it.
        for (int from = 0; from < coded.size(); from += GROUP) {
            List<VideoFrame> group = coded.subList(from, Math.min(coded.size(), from + GROUP));
            assertAlike(decoded(group), raw, group.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h264", "vp9", "av1"})
    void aBitrate_setsTheBytes(String codec) throws Exception {
        List<VideoFrame> low = outputs(codec, "output.bitrate", "40000");
        List<VideoFrame> high = outputs(codec, "output.bitrate", "2000000");
        assertThat(decoded(low)).hasSize(low.size());
        assertThat(bytes(low)).isLessThan(bytes(high) / 2);
        assertThat(lines(outputs(codec, "output.bitrate", "40000"))).isEqualTo(lines(low));
    }

    private static long bytes(List<VideoFrame> frames) {
        return frames.stream()
                .mapToLong(frame -> frame.getPayload().remaining())
                .sum();
    }

    private static void assertAlike(Map<Long, byte[]> pictures, List<VideoFrame> raw, int count) {
        assertThat(pictures).hasSize(count);
        for (VideoFrame frame : raw) {
            byte[] picture = pictures.get(frame.getSequence());
            if (picture != null) {
                byte[] made = FrameRecords.bytes(frame.getPayload());
                assertThat(TestPictures.meanDifference(picture, made)).isLessThan(LOSS);
            }
        }
    }

    /**
     * Whoever has lost the encoder makes the same bytes, wherever in the group that happens. One codec loses it behind
     * every frame, the others behind every third here and behind every one in {@link
     * #anEncoderThatIsGoneAnywhere_isMadeAnew}.
     */
    @ParameterizedTest
    @CsvSource({"h264, 3, 1", "h264, 1, 3", "vp9, 5, 3", "av1, 7, 3"})
    void anEncoderThatIsGone_isMadeAnew(String codec, String window, int step) {
        isMadeAnew(codec, window, step);
    }

    @Tag("endurance")
    @ParameterizedTest
    @CsvSource({"h264, 1", "vp9, 5", "av1, 7"})
    void anEncoderThatIsGoneAnywhere_isMadeAnew(String codec, String window) {
        isMadeAnew(codec, window, 1);
    }

    private void isMadeAnew(String codec, String window, int step) {
        List<String> whole = lines(outputs(codec));
        for (int silence = 1; silence < FRAMES; silence += step) {
            try (TopologyFixture topology = topology(codec, "window.size", window)) {
                send(topology, 0, silence);
                loseCaches(topology);
                send(topology, silence, FRAMES);
                topology.end("a", 0, FRAMES);
                assertThat(lines(frames(topology)))
                        .as("after %d frames", silence)
                        .isEqualTo(whole);
                assertThat(rows(topology)).as("those of the streams").isEqualTo(2);
            }
        }
    }

    private static int rows(TopologyFixture topology) {
        int rows = 0;
        try (KeyValueIterator<Bytes, byte[]> all =
                topology.<Bytes>store(AssembleWindows.STORE).all()) {
            for (; all.hasNext(); all.next()) {
                rows++;
            }
        }
        return rows;
    }

    @Test
    void inSteadyState_eachOutputIsEncodedOnce() {
        Telemetry<StreamEvent> telemetry = new Telemetry<>();
        try (TopologyFixture topology = new TopologyFixture(1 << 20, telemetry, "frame.codec", "h264")) {
            topology.send("a", 0, 8);
            for (long sequence = 8; sequence < FRAMES; sequence++) {
                topology.send("a", sequence, sequence + 1);
                topology.send("b", sequence - 8, sequence - 7);
                topology.advance(SILENCE);
            }
        }
        assertThat(telemetry.encodedAgain()).isZero();
    }

    private static List<String> lines(List<VideoFrame> frames) {
        return frames.stream()
                .map(frame -> frame.getSequence() + " " + frame.getPts() + " " + frame.getKeyFrame() + " "
                        + Arrays.hashCode(FrameRecords.bytes(frame.getPayload())))
                .toList();
    }

    /** Also what is missing, and what was encoded again because it was too large, comes out the same. */
    @Test
    void holesAndLargeOutputs_areMadeAnewToo() {
        holesAndLargeOutputs(3);
    }

    @Tag("endurance")
    @Test
    void holesAndLargeOutputs_areMadeAnewToo_anywhere() {
        holesAndLargeOutputs(1);
    }

    private void holesAndLargeOutputs(int step) {
        List<String> whole = null;
        for (int silence = 0; silence < FRAMES; silence += step) {
            try (TopologyFixture topology = topology(2100, "h264", "quality.floor", "31")) {
                for (long sequence = 0; sequence < FRAMES; sequence++) {
                    if (sequence == silence) {
                        loseCaches(topology);
                    }
                    // Noise makes its group small; the next one is not to inherit that.
                    EncodedFrame frame = sequence < 3 ? frame(sequence) : smooth(sequence);
                    // The inputs that the second and the fourth group begin with.
                    boolean bad = sequence == 4 || sequence == 12;
                    topology.send(bad ? TopologyFixture.with(frame, frame.format(), new byte[7]) : frame);
                }
                topology.end("a", 0, FRAMES);
                assertThat(topology.deadLetters()).hasSize(2);
                List<String> lines = lines(frames(topology));
                whole = whole == null ? lines : whole;
                assertThat(lines).as("after %d frames", silence).isEqualTo(whole);
            }
        }
    }

    /** Inputs that refer to each other too, so that both ways back are gone. */
    @Test
    void groupsInAndOut_areBothMadeAnew() throws VideoException {
        groupsInAndOut(4);
    }

    @Tag("endurance")
    @Test
    void groupsInAndOut_areBothMadeAnew_anywhere() throws VideoException {
        groupsInAndOut(1);
    }

    private void groupsInAndOut(int step) throws VideoException {
        Path clip = CodedClips.make(folder, CodedClips.Kind.H264_OPEN, FRAMES);
        List<EncodedFrame> inputs = CodedClips.frames(clip, "a");
        List<String> whole = null;
        for (int silence = 0; silence < FRAMES; silence += step) {
            try (TopologyFixture topology = topology("h264")) {
                for (EncodedFrame input : inputs) {
                    if (input.sequence() == silence && silence > 0) {
                        loseCaches(topology);
                    }
                    topology.send(input);
                }
                topology.end("a", 0, FRAMES);
                assertThat(topology.deadLetters()).isEmpty();
                List<String> lines = lines(frames(topology));
                whole = whole == null ? lines : whole;
                assertThat(lines)
                        .as("after %d frames", silence)
                        .hasSize(FRAMES * 5 / 2)
                        .isEqualTo(whole);
            }
        }
    }

    /** What follows a hole cannot be decoded by one who does not know what was in it. */
    @Test
    void afterAMissingOutput_aKeyFrameFollows() throws Exception {
        int bad = 9;
        try (TopologyFixture topology = topology("h264")) {
            for (long sequence = 0; sequence < FRAMES; sequence++) {
                EncodedFrame frame = frame(sequence);
                topology.send(sequence == bad ? TopologyFixture.with(frame, frame.format(), new byte[7]) : frame);
            }
            topology.end("a", 0, FRAMES);
            assertThat(topology.deadLetters()).hasSize(1);
            List<VideoFrame> output = frames(topology);
            long expected = 0;
            for (VideoFrame frame : output) {
                if (frame.getSequence() != expected) {
                    assertThat(frame.getDiscontinuity()).isTrue();
                    assertThat(frame.getKeyFrame()).isTrue();
                }
                expected = frame.getSequence() + 1;
            }
            assertThat(output).anyMatch(VideoFrame::getDiscontinuity);
            assertThat(decoded(output)).hasSize(output.size());
        }
    }

    /** One output that is too large becomes a smaller key frame, and its group stays whole. */
    @ParameterizedTest
    @ValueSource(ints = {2100, 2600})
    void anOutputThatIsTooLarge_isEncodedAgain(int maxRecordBytes) throws Exception {
        try (TopologyFixture topology = topology(maxRecordBytes, "h264", "quality.floor", "31")) {
            send(topology, 0, FRAMES);
            topology.end("a", 0, FRAMES);
            List<VideoFrame> output = frames(topology);
            assertThat(topology.deadLetters()).isEmpty();
            assertThat(output).hasSize(FRAMES * 5 / 2);
            assertThat(output).allMatch(frame -> frame.getPayload().remaining() < maxRecordBytes);
            assertThat(decoded(output)).hasSize(output.size());
        }
    }

    @Test
    void anOutputThatFitsNever_isADeadLetterAndTheNextAKeyFrame() throws Exception {
        try (TopologyFixture topology = new TopologyFixture(700, "scale.factor", "1,8,8", "frame.codec", "h264")) {
            send(topology, 0, 3);
            topology.end("a", 0, 3);
            assertThat(topology.output()).allMatch(VideoFrame::getEndOfStream);
            List<DeadLetter> letters = topology.deadLetters();
            assertThat(letters).hasSize(3);
            assertThat(letters.getFirst().getReason()).hasToString("OUTPUT_TOO_LARGE");
        }
    }

    /** As their headers may say it: no rate of outputs follows from it. */
    @Test
    void aDurationThatNoRateSays_costsNoPicture() {
        try (TopologyFixture topology = topology("h264")) {
            for (long sequence = 0; sequence < 4; sequence++) {
                EncodedFrame usual = frame(sequence);
                topology.send(new EncodedFrame(
                        "a",
                        0,
                        sequence,
                        sequence,
                        1L << 60,
                        Rational.of(1001, 30_000),
                        usual.format(),
                        true,
                        false,
                        0,
                        usual.payload()));
            }
            topology.end("a", 0, 4);
            assertThat(topology.deadLetters()).isEmpty();
            assertThat(frames(topology)).hasSize(10);
        }
    }

    @Test
    void picturesThatTheEncoderCannotTake_areDeadLettersWithTheReason() {
        try (TopologyFixture topology = new TopologyFixture("frame.codec", "h264", "scale.factor", "1,1,1")) {
            topology.send(TopologyFixture.frame("a", 0, 0, 33, 32));
            topology.end("a", 0, 1);
            assertThat(topology.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.getDetail()).contains("even width"));
        }
    }

    /** Decodes from key frame to key frame, as any reader would. */
    private static Map<Long, byte[]> decoded(List<VideoFrame> records) throws Exception {
        Map<Long, byte[]> pictures = new TreeMap<>();
        GroupDecoder decoder = null;
        FrameFormat format = null;
        for (VideoFrame record : records) {
            EncodedFrame frame = FrameRecords.frame(record);
            if (frame.keyFrame()) {
                finish(decoder, pictures);
                format = frame.format();
                decoder = new GroupDecoder(format, DecoderLimits.DEFAULT, 0);
            }
            decoder.send(frame.sequence(), frame.payload());
            receive(decoder, pictures);
        }
        finish(decoder, pictures);
        return pictures;
    }

    private static void finish(GroupDecoder decoder, Map<Long, byte[]> pictures) throws FrameCodecException {
        if (decoder != null) {
            decoder.end();
            receive(decoder, pictures);
            decoder.close();
        }
    }

    private static void receive(GroupDecoder decoder, Map<Long, byte[]> pictures) throws FrameCodecException {
        for (GroupDecoder.Decoded next = decoder.receive(); next != null; next = decoder.receive()) {
            try (var picture = next.picture()) {
                pictures.put(next.number(), TestPictures.samples(picture));
            }
        }
    }
}
