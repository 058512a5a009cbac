package io.kinolift.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.codec.DecoderLimits;
import io.kinolift.engine.CodecPool;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.video.CodedClips;
import io.kinolift.video.CodedClips.Kind;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One poll brings all records, and then collecting is stopped. Groups have twelve frames. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CollectTest {
    private static final String FRAMES = "frames";
    private static final String LETTERS = "letters";
    private static final String STREAM = "s";
    private static final int RUN = 24;

    @TempDir
    private static Path folder;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final Map<String, Long> offsets = new HashMap<>();
    private final List<EncodedFrame> got = new ArrayList<>();

    @BeforeEach
    void open() {
        for (String topic : List.of(FRAMES, LETTERS)) {
            consumer.updatePartitions(topic, List.of(new PartitionInfo(topic, 0, null, null, null)));
            consumer.updateBeginningOffsets(Map.of(new TopicPartition(topic, 0), 0L));
        }
        consumer.schedulePollTask(() -> records.forEach(consumer::addRecord));
    }

    @AfterEach
    void close() {
        consumer.close();
    }

    private static List<EncodedFrame> clip(Kind kind) throws VideoException {
        return CodedClips.frames(CodedClips.make(folder, kind, RUN), STREAM);
    }

    private void add(String topic, byte[] value) {
        long offset = offsets.merge(topic, 1L, Long::sum) - 1;
        records.add(new ConsumerRecord<>(topic, 0, offset, STREAM.getBytes(StandardCharsets.UTF_8), value));
    }

    private void addRun(List<EncodedFrame> frames) {
        frames.forEach(frame -> add(FRAMES, FrameRecords.write(frame)));
        add(FRAMES, FrameRecords.writeEnd(STREAM, 0, frames.size(), null));
    }

    private Collect following(long fromSequence) {
        return new Collect(
                consumer,
                new Collect.Settings(
                        FRAMES,
                        LETTERS,
                        STREAM,
                        new Selection(null, fromSequence, null, true, true, () -> true),
                        Duration.ofSeconds(30),
                        record -> FrameRecords.parse(record.value()),
                        () -> null,
                        (_, _) -> {},
                        2,
                        true));
    }

    private Collect.Sink sink() {
        return new FromFirst(this::take);
    }

    private void take(EncodedFrame frame, Picture picture) {
        if (picture != null) {
            picture.close();
        }
        got.add(frame);
    }

    private Collect.Result decode(long fromSequence) throws Exception {
        try (CodecPool codecs = new CodecPool(DecoderLimits.DEFAULT)) {
            return following(fromSequence).run(codecs, sink(), _ -> {});
        }
    }

    private List<Long> sequences() {
        return got.stream().map(EncodedFrame::sequence).toList();
    }

    private void assertTimesRise() {
        assertThat(got).isSortedAccordingTo(Comparator.comparingLong(EncodedFrame::pts));
        assertThat(got).extracting(EncodedFrame::pts).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(names = {"H264_OPEN", "H264_PLAIN", "VP9"})
    void aSessionThatBeginsAnewAfterItsEnd_isDecodedAgain(Kind kind) throws Exception {
        List<EncodedFrame> frames = clip(kind);
        addRun(frames);
        addRun(frames);
        Collect.Result result = decode(0);
        assertThat(result.end()).isEqualTo(Collect.End.STOPPED);
        assertThat(result.leftOut()).isEmpty();
        assertThat(got).hasSize(2 * RUN);
        assertThat(sequences().subList(RUN, 2 * RUN)).isEqualTo(sequences().subList(0, RUN));
        assertTimesRise();
    }

    /** The first frames of the new run are held for the sake of those that are wanted. */
    @Test
    void ofEachRun_framesFromTheOneThatIsWantedAreTaken() throws Exception {
        List<EncodedFrame> frames = clip(Kind.H264_PLAIN);
        addRun(frames);
        addRun(frames);
        decode(14);
        List<Long> wanted = LongStream.range(14, RUN).boxed().toList();
        assertThat(got).hasSize(2 * wanted.size());
        assertThat(sequences().subList(0, wanted.size())).isEqualTo(wanted);
        assertThat(sequences().subList(wanted.size(), got.size())).isEqualTo(wanted);
        assertTimesRise();
    }

    @Test
    void aRunThatEndsBeforeWhatIsWanted_leavesNothingBehind() throws Exception {
        List<EncodedFrame> frames = clip(Kind.H264_PLAIN);
        addRun(frames.subList(0, 13));
        addRun(frames);
        decode(14);
        assertThat(sequences()).isEqualTo(LongStream.range(14, RUN).boxed().toList());
    }

    /** A producer that did not learn whether its last records had arrived. */
    @Test
    void framesThatAreSentAgainAfterTheEnd_areNoNewRun() throws Exception {
        List<EncodedFrame> frames = clip(Kind.H264_PLAIN);
        addRun(frames);
        frames.subList(12, RUN).forEach(frame -> add(FRAMES, FrameRecords.write(frame)));
        add(FRAMES, FrameRecords.writeEnd(STREAM, 0, RUN, null));
        decode(0);
        assertThat(got).hasSize(RUN);
        assertTimesRise();
    }

    @Test
    void ofANewRun_framesAreCopied_whateverTheirBytes() throws Exception {
        addRun(clip(Kind.H264_OPEN));
        addRun(clip(Kind.H264_PLAIN));
        Collect.Result result = following(0).copy(sink(), _ -> {});
        assertThat(result.leftOut()).isEmpty();
        assertThat(got).hasSize(2 * RUN);
        long end = got.subList(0, RUN).stream()
                .mapToLong(frame -> frame.pts() + frame.duration())
                .max()
                .orElseThrow();
        assertThat(got.get(RUN).sequence()).isZero();
        assertThat(got.get(RUN).pts()).isEqualTo(end);
    }

    private static byte[] letter(Long sequence) {
        return new Wire<DeadLetter>(DeadLetter.getClassSchema())
                .write(DeadLetter.newBuilder()
                        .setStreamId(STREAM)
                        .setSequence(sequence)
                        .setReason(DeadLetterReason.OUTPUT_TOO_LARGE)
                        .setDetail("expected fewer bytes")
                        .setSourceTopic(FRAMES)
                        .setSourcePartition(0)
                        .setSourceOffset(0)
                        .setPayloadBytes(0)
                        .setPayloadSha256("")
                        .build());
    }

    /** However many come in a row, the sender goes on. */
    @Test
    void deadLetters_moveTheSender() throws Exception {
        int refused = 300;
        add(LETTERS, letter(null));
        LongStream.range(0, refused).forEach(sequence -> add(LETTERS, letter(sequence)));
        Pace pace = new Pace(64);
        Collect.Result result;
        try (CodecPool codecs = new CodecPool(DecoderLimits.DEFAULT)) {
            Collect.Progress progress = Upscaling.pacing(pace, Rational.of(2), () -> {});
            result = following(0).run(codecs, this::take, progress);
        }
        assertThat(result.firstDeadLetter()).isEqualTo("OUTPUT_TOO_LARGE: expected fewer bytes");
        pace.awaitTurn(refused);
    }
}
