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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams of frames that refer to each other become files, from the frames topic and from that of outputs. */
class CollectInterCodedIT {
    private static final String OUTPUTS = "kinolift.upscaled";
    private static final int FRAMES = 60;
    private static final int FRAME_MILLIS = 40;

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

    private static CommandLineProgram.Outcome collect(Path file, String stream, String... more) {
        CommandLineProgram.Outcome outcome = run(
                Stream.concat(Stream.of("collect", file.toString(), "--stream", stream, "--overwrite"), Stream.of(more))
                        .toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.output()).isZero();
        return outcome;
    }

    /** Puts frames of one session and its end on a topic. */
    private static void send(
            String topic, String stream, long session, List<EncodedFrame> frames, List<byte[]> instead) {
        byte[] key = stream.getBytes(StandardCharsets.UTF_8);
        try (Producer<byte[], byte[]> producer =
                Clients.producer(Map.of("bootstrap.servers", broker.bootstrapServers()), 1 << 20)) {
            for (int i = 0; i < frames.size(); i++) {
                byte[] record =
                        instead.isEmpty() ? FrameRecords.write(of(stream, session, frames.get(i))) : instead.get(i);
                var _ = producer.send(new ProducerRecord<>(topic, key, record));
            }
            long end = frames.getLast().sequence() + 1;
            var _ = producer.send(new ProducerRecord<>(topic, key, FrameRecords.writeEnd(stream, session, end, null)));
        }
    }

    private static void send(String stream, long session, List<EncodedFrame> frames) {
        send(OUTPUTS, stream, session, frames, List.of());
    }

    static EncodedFrame of(String stream, long session, EncodedFrame frame) {
        return new EncodedFrame(
                stream,
                session,
                frame.sequence(),
                frame.pts(),
                frame.dts(),
                frame.duration(),
                frame.timeBase(),
                frame.format(),
                frame.keyFrame(),
                frame.discontinuity(),
                frame.captureMicros(),
                frame.payload());
    }

    private static List<String> md5s(List<Shown> shown) {
        return shown.stream().map(Shown::md5).toList();
    }

    private static List<Long> evenTimes(int count) {
        return Stream.iterate(0L, time -> time + FRAME_MILLIS).limit(count).toList();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void ingested_theFileHasThePicturesThatFfmpegShows(Kind kind) {
        Path clip = CodedClips.make(folder, kind, FRAMES);
        String stream = "in-" + kind;
        CommandLineProgram.Outcome outcome =
                run("ingest", clip.toString(), "--stream", stream, "--frame-codec", "copy");
        assertThat(outcome.code()).as(outcome.output()).isZero();
        Path file = folder.resolve(stream + ".mkv");
        CommandLineProgram.Outcome collected =
                collect(file, stream, "--topic", "kinolift.frames", "--video-codec", "ffv1");
        assertThat(collected.output()).contains(FRAMES + " frames").doesNotContain("left out");
        List<Shown> written = CodedClips.shown(file);
        assertThat(md5s(written)).isEqualTo(md5s(CodedClips.shown(clip)));
        assertThat(written.stream().map(Shown::pts)).isEqualTo(evenTimes(FRAMES));
    }

    @Test
    void aPart_isDecodedFromTheKeyFrameBefore() throws Exception {
        Path clip = CodedClips.make(folder, Kind.H264_OPEN, FRAMES);
        List<EncodedFrame> frames = CodedClips.frames(clip, "part");
        send("part", 1, frames);
        Path file = folder.resolve("part.mkv");
        CommandLineProgram.Outcome outcome =
                collect(file, "part", "--from", "31", "--duration", "0.8", "--video-codec", "ffv1");
        assertThat(outcome.output()).doesNotContain("left out");
        List<String> all = md5s(CodedClips.shown(clip));
        List<String> part = md5s(CodedClips.shown(file));
        assertThat(all).containsSubsequence(part);
        long begin = frames.get(31).pts();
        long end = begin + frames.getFirst().timeBase().inverse().floorOfProduct(1) * 8 / 10;
        assertThat(part).hasSize((int) frames.stream()
                .filter(frame -> frame.sequence() >= 31 && frame.pts() < end)
                .count());
    }

    @Test
    void joinedInTheMiddle_waitsForAKeyFrame_andSaysSo() throws Exception {
        Path clip = CodedClips.make(folder, Kind.H264_PLAIN, FRAMES);
        send("middle", 1, CodedClips.frames(clip, "middle").subList(5, FRAMES));
        Path file = folder.resolve("middle.mkv");
        CommandLineProgram.Outcome outcome = collect(file, "middle", "--video-codec", "ffv1");
        assertThat(outcome.output())
                .contains("48 frames of stream middle")
                .contains("pictures are left out: 7 before the first key frame (the first: frame 5: no key frame has"
                        + " come yet)");
        assertThat(md5s(CodedClips.shown(file)))
                .isEqualTo(md5s(CodedClips.shown(clip)).subList(12, FRAMES));
    }

    @Test
    void lostAndDamagedRecords_costTheirGroup_andNoPictureIsWrong() throws Exception {
        Path clip = CodedClips.make(folder, Kind.H264_PLAIN, FRAMES);
        List<EncodedFrame> frames = CodedClips.frames(clip, "damaged");
        List<byte[]> records = new ArrayList<>(frames.stream()
                .map(frame -> FrameRecords.write(of("damaged", 1, frame)))
                .toList());
        byte[] flipped = records.get(20);
        flipped[flipped.length - 5] ^= 0x10;
        records.set(44, new byte[] {1, 2, 3});
        records.set(55, records.get(54));
        send(OUTPUTS, "damaged", 1, frames, records);
        Path file = folder.resolve("damaged.mkv");
        CommandLineProgram.Outcome outcome = collect(file, "damaged", "--video-codec", "ffv1");
        assertThat(outcome.output())
                .contains(
                        "pictures are left out: 10 because of frames before them that are missing or damaged, 2 damaged",
                        "(the first: frame 20: expected a payload with the CRC-32C");
        List<String> right = md5s(CodedClips.shown(clip));
        List<String> expected = Stream.of(right.subList(0, 20), right.subList(24, 44), right.subList(48, 55))
                .flatMap(List::stream)
                .toList();
        assertThat(md5s(CodedClips.shown(file))).isEqualTo(expected);
    }

    @Test
    void ofSeveralSessions_oneIsTaken() throws Exception {
        Path clip = CodedClips.make(folder, Kind.H264_PLAIN, 24);
        Path other = CodedClips.make(folder, Kind.VP9, 24);
        send("sessions", 1, CodedClips.frames(clip, "sessions"));
        send("sessions", 2, CodedClips.frames(other, "sessions"));
        Path file = folder.resolve("sessions.mkv");
        CommandLineProgram.Outcome outcome =
                run("collect", file.toString(), "--stream", "sessions", "--video-codec", "ffv1", "--session", "1");
        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(md5s(CodedClips.shown(file))).isEqualTo(md5s(CodedClips.shown(clip)));
    }
}
