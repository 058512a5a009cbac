package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.transfer.Clients;
import io.kinolift.video.CodedClips;
import io.kinolift.video.CodedClips.Kind;
import io.kinolift.video.CodedClips.Shown;
import io.kinolift.wire.FrameRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code collect --video-codec copy}: frames go into a file as they are. */
class CollectCopyIT {
    private static final int FRAMES = 60;

    private static EmbeddedBroker broker;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void prepare() {
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        assertThat(run("topics").code()).isZero();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static CommandLineProgram.Outcome run(String... arguments) {
        return CommandLineProgram.run(
                Stream.concat(Stream.of(arguments), Stream.of("--bootstrap-server", broker.bootstrapServers()))
                        .toArray(String[]::new));
    }

    private static CommandLineProgram.Outcome copy(Path file, String stream, String... more) {
        return run(Stream.concat(
                        Stream.of("collect", file.toString(), "--stream", stream, "--video-codec", "copy"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static void send(String stream, long session, List<EncodedFrame> frames) {
        byte[] key = stream.getBytes(StandardCharsets.UTF_8);
        try (Producer<byte[], byte[]> producer =
                Clients.producer(Map.of("bootstrap.servers", broker.bootstrapServers()), 1 << 20)) {
            for (EncodedFrame frame : frames) {
                byte[] record = FrameRecords.write(CollectInterCodedIT.of(stream, session, frame));
                var _ = producer.send(new ProducerRecord<>("kinolift.upscaled", key, record));
            }
            byte[] end = FrameRecords.writeEnd(stream, session, frames.getLast().sequence() + 1, null);
            var _ = producer.send(new ProducerRecord<>("kinolift.upscaled", key, end));
        }
    }

    /**
     * Payloads. Of H.264 and HEVC their NAL units, without delimiters, which MPEG-TS adds, and parameter sets, which some
     * containers hold apart.
     */
    private static List<String> packets(List<EncodedFrame> frames) {
        return frames.stream()
                .map(frame -> switch (frame.format().codec()) {
                    case H264 -> units(frame, "09|67|68");
                    case HEVC -> units(frame, "46 01|40 01|42 01|44 01");
                    default -> HexFormat.of().formatHex(frame.payloadBytes());
                })
                .map(text -> text.length() + " characters with hash " + text.hashCode())
                .toList();
    }

    private static String units(EncodedFrame frame, String leftOut) {
        String bytes = HexFormat.ofDelimiter(" ").formatHex(frame.payloadBytes());
        return Stream.of(bytes.split("(00 )*00 00 01 ", -1))
                .filter(unit -> !unit.matches("(" + leftOut + ").*"))
                .collect(Collectors.joining("|"));
    }

    @ParameterizedTest
    @CsvSource({
        "H264_OPEN, mp4",
        "H264_OPEN, mkv",
        "H264_OPEN, ts",
        "H264_OPEN_STREAM, mp4",
        "H264_CLOSED, mov",
        "H264_PLAIN, mp4",
        "H264_PLAIN, avi",
        "H264_SLICES, mkv",
        "H264_TEN_BITS, mp4",
        "HEVC_OPEN, mp4",
        "HEVC_CLOSED, mkv",
        "HEVC_STREAM, mp4",
        "HEVC_OPEN, ts",
        "VP9, webm",
        "VP9, mp4",
        "AV1, mp4",
        "AV1_MATROSKA, mkv",
        "AV1, webm"
    })
    void packetsStayAsTheyAre_andTheFileShowsThePicturesOfTheClip(Kind kind, String container) throws Exception {
        Path clip = CodedClips.make(folder, kind, FRAMES);
        List<EncodedFrame> frames = CodedClips.frames(clip, "a");
        String stream = kind + "-" + container;
        send(stream, 1, frames);
        Path file = folder.resolve(stream + "." + container);
        CommandLineProgram.Outcome outcome = copy(file, stream);
        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains(FRAMES + " frames").doesNotContain("left out");
        List<Shown> right = CodedClips.shown(clip);
        List<Shown> shown = CodedClips.shown(file);
        assertThat(shown.stream().map(Shown::md5))
                .isEqualTo(right.stream().map(Shown::md5).toList());
        long step = shown.get(1).pts();
        assertThat(shown.stream().map(Shown::pts))
                .isEqualTo(Stream.iterate(0L, time -> time + step).limit(FRAMES).toList());
        List<EncodedFrame> written = CodedClips.frames(file, "a");
        assertThat(packets(written)).isEqualTo(packets(frames));
        assertThat(written.stream().map(EncodedFrame::keyFrame))
                .isEqualTo(frames.stream().map(EncodedFrame::keyFrame).toList());
        assertThat(written.getFirst().format())
                .hasToString(frames.getFirst().format().toString());
    }

    @Test
    void joinedInTheMiddle_theFileBeginsWithAKeyFrame() throws Exception {
        Path clip = CodedClips.make(folder, Kind.H264_OPEN, FRAMES);
        List<EncodedFrame> frames = CodedClips.frames(clip, "a");
        send("middle", 1, frames.subList(5, FRAMES));
        Path file = folder.resolve("middle.mp4");
        CommandLineProgram.Outcome outcome = copy(file, "middle");
        assertThat(outcome.output())
                .contains("before the first key frame (the first: frame 5: no key frame has come yet)");
        List<String> all = md5s(clip);
        List<String> part = md5s(file);
        assertThat(part).hasSizeGreaterThan(40).isEqualTo(all.subList(FRAMES - part.size(), FRAMES));
    }

    private static List<String> md5s(Path clip) {
        return CodedClips.shown(clip).stream().map(Shown::md5).toList();
    }

    @Test
    void lostAndRepeatedFrames_noPictureOfTheFileIsWrong() throws Exception {
        Path clip = CodedClips.make(folder, Kind.H264_PLAIN, FRAMES);
        List<EncodedFrame> frames = CodedClips.frames(clip, "a");
        List<EncodedFrame> given = new ArrayList<>(frames.subList(0, 16));
        given.addAll(frames.subList(12, 30));
        given.addAll(frames.subList(31, FRAMES));
        send("lost", 1, given);
        Path file = folder.resolve("lost.mkv");
        CommandLineProgram.Outcome outcome = copy(file, "lost");
        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains("pictures are left out: 5 because of frames before them that are missing or damaged");
        List<String> expected = new ArrayList<>(md5s(clip));
        expected.subList(30, 36).clear();
        assertThat(md5s(file)).isEqualTo(expected);
    }

    @Test
    void aPartOfIt_beginsWithTheNextKeyFrame() throws Exception {
        Path clip = CodedClips.make(folder, Kind.H264_PLAIN, FRAMES);
        send("part", 1, CodedClips.frames(clip, "a"));
        Path file = folder.resolve("part.mp4");
        CommandLineProgram.Outcome outcome = copy(file, "part", "--from", "20", "--duration", "0.6");
        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(md5s(file)).isEqualTo(md5s(clip).subList(24, 39));
    }

    @Test
    void soundOfTheStream_goesAlong() throws Exception {
        Path clip = CodedClips.make(folder, Kind.H264_OPEN, FRAMES);
        Path heard = folder.resolve("heard.mp4");
        CodedClips.addTone(clip, heard);
        CommandLineProgram.Outcome sent = run("ingest", heard.toString(), "--stream", "heard", "--frame-codec", "copy");
        assertThat(sent.code()).as(sent.output()).isZero();
        Path file = folder.resolve("collected.mp4");
        CommandLineProgram.Outcome outcome = copy(file, "heard", "--topic", "kinolift.frames");
        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(md5s(file)).isEqualTo(md5s(clip));
        assertThat(CodedClips.soundPackets(file)).hasSizeGreaterThan(90).isEqualTo(CodedClips.soundPackets(heard));
    }

    @Test
    void anotherFormat_endsTheFile_whichHoldsWhatCame() throws Exception {
        Path clip = CodedClips.make(folder, Kind.H264_PLAIN, 24);
        List<EncodedFrame> frames = new ArrayList<>(CodedClips.frames(clip, "a"));
        CodedClips.frames(CodedClips.make(folder, Kind.H264_TEN_BITS, 24), "a").stream()
                .map(frame -> later(frame, 24))
                .forEach(frames::add);
        send("changes", 1, frames);
        Path file = folder.resolve("changes.mp4");
        CommandLineProgram.Outcome outcome = copy(file, "changes");
        assertThat(outcome.code()).as(outcome.output()).isEqualTo(3);
        assertThat(outcome.output())
                .contains(
                        "expected H264 YUV420P 160x120, as at the start, found H264 YUV420P10 160x120",
                        "the stream has not ended (frames of another format came)");
        assertThat(md5s(file)).isEqualTo(md5s(clip));
    }

    private static EncodedFrame later(EncodedFrame frame, long sequence) {
        return new EncodedFrame(
                frame.streamId(),
                frame.session(),
                frame.sequence() + sequence,
                frame.pts() + 1_000_000,
                frame.dts() + 1_000_000,
                frame.duration(),
                frame.timeBase(),
                frame.format(),
                frame.keyFrame(),
                false,
                0,
                frame.payload());
    }

    @Test
    void jpegs_areCopiedToo() {
        assertThat(run("ingest", "lavfi:testsrc2=size=64x48:rate=25", "--duration", "1", "--stream", "jpegs")
                        .code())
                .isZero();
        Path file = folder.resolve("jpegs.avi");
        CommandLineProgram.Outcome outcome = copy(file, "jpegs", "--topic", "kinolift.frames");
        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(CodedClips.shown(file)).hasSize(25);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    out.mp4 --bitrate 1M; expected no option of an encoder with --video-codec copy, found --bitrate
                    out.mp4 --quality 3; expected no option of an encoder with --video-codec copy, found --quality
                    """)
    void whatWouldNeedAnEncoder_isRefused(String words, String message) {
        String[] all = words.split(" ", -1);
        CommandLineProgram.Outcome outcome =
                copy(folder.resolve(all[0]), "any", Stream.of(all).skip(1).toArray(String[]::new));
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.output()).contains(message);
    }

    @ParameterizedTest
    @EnumSource(names = {"H264_OPEN"})
    void whatTheContainerCannotHold_isRefused(Kind kind) throws Exception {
        send("held", 1, CodedClips.frames(CodedClips.make(folder, kind, 24), "a"));
        assertThat(copy(folder.resolve("held.webm"), "held").output())
                .contains("expected a container that holds H264, found ");
        assertThat(copy(folder.resolve("held.avi"), "held").output())
                .contains("expected frames in the order of display for avi, which has one rate");
        assertThat(copy(folder.resolve("held_%04d.png"), "held").output())
                .contains("expected a container that holds H264, found ");
    }
}
