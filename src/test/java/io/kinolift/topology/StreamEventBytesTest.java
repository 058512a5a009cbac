package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Rational;
import io.kinolift.window.DropPolicy;
import io.kinolift.window.EarlierOutputs;
import io.kinolift.window.Envelope;
import io.kinolift.window.Filling;
import io.kinolift.window.FrameTime;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.Incident;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.Rejection;
import io.kinolift.wire.WrittenFrame;
import io.kinolift.wire.output.AvroOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written of an event is read as the same event; damage is told. */
class StreamEventBytesTest {
    private static final Tally EMPTY = new Tally("a", 0, "frames", 0, 0, 0, Map.of(), 0, 0, Map.of());
    private static final Tally FULL = full();
    private static final Envelope ENVELOPE = new Envelope(
            new byte[] {1, 2},
            1_700_000_000_000L,
            List.of(new Envelope.Header("h", new byte[] {3}), new Envelope.Header("none", null)),
            new byte[] {4, 5, 6});

    private static Tally full() {
        Map<DropPolicy, Long> dropped = new EnumMap<>(DropPolicy.class);
        Arrays.stream(DropPolicy.values()).forEach(policy -> dropped.put(policy, (1L << 40) + policy.ordinal()));
        Map<Incident, Long> incidents = new EnumMap<>(Incident.class);
        Arrays.stream(Incident.values()).forEach(incident -> incidents.put(incident, (1L << 50) + incident.ordinal()));
        return new Tally("Stra\u00dfe \ud83c\udfac", -5, "frames-2", 7, 1L << 33, 12, dropped, 3, 4, incidents);
    }

    private static EncodedFrame frame(long sequence) {
        return TopologyFixture.frame("a", sequence);
    }

    private static SourceFrame source(long sequence) {
        return new SourceFrame(frame(sequence), "frames", 3, 100 + sequence);
    }

    private static FrameWindow window(List<SourceFrame> frames, FrameTime next, boolean flag) {
        return new FrameWindow(
                "a", 9, 10, 20, 30, frames, 31, 32, 62, 64, flag, !flag, next, 2, null, EarlierOutputs.NONE);
    }

    private static List<SourceFrame> filledFrames() {
        SourceFrame before = new SourceFrame(frame(0).withDts(-40), "frames", 3, 100, "00-trace", ENVELOPE, null);
        SourceFrame after = source(2);
        SourceFrame blended =
                new SourceFrame(before.frame(), "frames", 3, 100, null, Envelope.NONE, new Filling(after, 1, 2));
        SourceFrame held = new SourceFrame(
                after.frame().afterDiscontinuity().atLevel(3),
                "frames",
                3,
                102,
                "00-t",
                ENVELOPE,
                new Filling(null, 1, 3));
        return List.of(before, blended, after, held);
    }

    private static WrittenFrame avro() {
        return new AvroOutput().write(frame(1), filledFrames().getFirst());
    }

    /** An output whose value holds the picture in another form. */
    private static WrittenFrame text() {
        return new WrittenFrame(frame(1).withDts(3), new byte[] {7, 8}, Envelope.NONE, 1234);
    }

    private static Rejection rejection(EncodedFrame frame, byte[] value, String trace, String exception) {
        return new Rejection(
                "a", frame, "frames", 3, 104, trace, value, Rejection.Reason.UNDECODABLE, "expected, found", exception);
    }

    static Stream<StreamEvent> events() {
        byte[] record = avro().value();
        FrameTime next = new FrameTime(-3, Rational.of(1001, 30_000));
        return Stream.of(
                new StreamEvent.WindowReady(FULL, window(filledFrames(), next, true)),
                new StreamEvent.WindowReady(EMPTY, window(filledFrames(), null, false)),
                new StreamEvent.FrameUpscaled(FULL, avro(), "00-trace"),
                new StreamEvent.FrameUpscaled(EMPTY, text(), null),
                new StreamEvent.FrameRejected(FULL, rejection(frame(1), record, "00-t", "java.io.IOException"), 4),
                new StreamEvent.FrameRejected(EMPTY, rejection(frame(1), new byte[3], null, null), 0),
                new StreamEvent.FrameRejected(
                        EMPTY, rejection(null, new byte[0], null, null), StreamEvent.FrameRejected.NO_PLACE),
                new StreamEvent.OutputMissing(FULL, true),
                new StreamEvent.OutputMissing(EMPTY, false),
                new StreamEvent.Counted(FULL),
                new StreamEvent.FrameDropped(FULL, DropPolicy.NO_REFERENCE),
                new StreamEvent.FrameDropped(EMPTY, DropPolicy.DUPLICATE),
                new StreamEvent.WindowSettled(FULL, 1, 2, 3, Set.of(1L << 40, 5L), 6),
                new StreamEvent.WindowSettled(EMPTY, 1, 2, 3, Set.of(), 0),
                new StreamEvent.StreamEnded(FULL, 12, new byte[] {9}),
                new StreamEvent.StreamEnded(FULL, 12, new byte[0]),
                new StreamEvent.StreamEnded(EMPTY, 12, null),
                new StreamEvent.StreamExpired(FULL));
    }

    private static void assertSame(StreamEvent read, StreamEvent event) {
        assertThat(read)
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .ignoringFieldsMatchingRegexes(".*\\.table", "tally\\.(dropped|incidents)", "rejected")
                .isEqualTo(event);
        assertThat(read.tally()).isEqualTo(event.tally());
        if (event instanceof StreamEvent.WindowSettled settled) {
            assertThat(((StreamEvent.WindowSettled) read).rejected()).isEqualTo(settled.rejected());
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEvent_isReadAsItWas(StreamEvent event) throws IOException {
        SentEvent sent = StreamEventBytes.write(event);
        assertSame(StreamEventBytes.read(sent), event);
        SentEvent again = StreamEventBytes.write(StreamEventBytes.read(sent));
        assertThat(again.head()).isEqualTo(sent.head());
        assertThat(again.body()).isEqualTo(sent.body());
    }

    @Test
    void everyKindOfEvent_isTried() {
        Set<Class<?>> tried = new HashSet<>(events().map(Object::getClass).toList());
        tried.add(StreamEvent.StreamIdle.class);
        assertThat(tried).containsExactlyInAnyOrder(StreamEvent.class.getPermittedSubclasses());
    }

    @Test
    void theOffsetsOfFrames_areKept() throws IOException {
        StreamEvent event = new StreamEvent.WindowReady(EMPTY, window(filledFrames(), null, true));
        FrameWindow read = ((StreamEvent.WindowReady) StreamEventBytes.read(StreamEventBytes.write(event))).window();
        assertThat(read.frames().stream().map(SourceFrame::offset)).containsExactly(100L, 100L, 102L, 102L);
        assertThat(read.frames().get(1).filling().after().offset()).isEqualTo(102);
    }

    @Test
    void theValueOfAnOutput_isNotCopied_andItsPayloadIsAPartOfIt() throws IOException {
        WrittenFrame written = avro();
        SentEvent sent = StreamEventBytes.write(new StreamEvent.FrameUpscaled(EMPTY, written, null));
        assertThat(sent.body()).isSameAs(written.value());
        assertThat(sent.head()).hasSizeLessThan(500);
        WrittenFrame read = ((StreamEvent.FrameUpscaled) StreamEventBytes.read(sent)).output();
        assertThat(read.value()).isSameAs(sent.body());
        assertThat(read.frame().payload().array()).isSameAs(read.value());
        assertThat(read.frame().payload()).isEqualTo(written.frame().payload());
        assertThat(new AvroOutput().record(read, true).value())
                .isEqualTo(new AvroOutput().record(written, true).value());
    }

    @Test
    void theValueOfADeadLetter_isNotCopied() {
        byte[] value = avro().value();
        StreamEvent event = new StreamEvent.FrameRejected(EMPTY, rejection(frame(1), value, null, null), 1);
        SentEvent sent = StreamEventBytes.write(event);
        assertThat(sent.body()).isSameAs(value);
        assertThat(sent.head()).hasSizeLessThan(500);
    }

    @Test
    void aLargeWindow_isReadAsItWas() throws IOException {
        List<SourceFrame> frames = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 32; i++) {
            byte[] payload = new byte[1 << 20];
            random.nextBytes(payload);
            frames.add(new SourceFrame(frame(i).withPayload(ByteBuffer.wrap(payload)), "frames", 3, i));
        }
        FrameWindow window = window(frames, null, true);
        SentEvent sent = StreamEventBytes.write(new StreamEvent.WindowReady(FULL, window));
        assertThat(sent.body()).hasSizeBetween(32 << 20, (32 << 20) + 32 * 250);
        long bytes = (long) sent.head().length + sent.body().length;
        assertThat(StreamEventBytes.windowBytes(window)).isBetween(bytes, bytes + 1024);
        FrameWindow read = ((StreamEvent.WindowReady) StreamEventBytes.read(sent)).window();
        for (int i = 0; i < 32; i++) {
            assertThat(read.frames().get(i).frame()).isEqualTo(frames.get(i).frame());
            assertThat(read.frames().get(i).frame().payload().array())
                    .as("a view")
                    .isSameAs(sent.body());
        }
    }

    @Test
    void eventsThatDoNotTravel_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamEventBytes.write(new StreamEvent.StreamIdle(EMPTY)))
                .withMessageStartingWith("event: expected one that travels, found StreamIdle");
        FrameWindow earlier = new FrameWindow(
                "a", 9, 0, 0, 0, filledFrames(), 0, 1, 0, 2, true, false, null, 0, null, EarlierOutputs.NONE);
        FrameWindow refers = new FrameWindow(
                "a", 9, 0, 0, 0, filledFrames(), 0, 1, 2, 3, true, false, null, 0, null, () -> List.of(earlier));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamEventBytes.write(new StreamEvent.WindowReady(EMPTY, refers)))
                .withMessage("event: expected a window whose outputs refer to no earlier ones, found a/9 output 2");
    }

    @Test
    void anotherVersion_isRefused() {
        SentEvent sent = StreamEventBytes.write(new StreamEvent.Counted(FULL));
        sent.head()[0] = 7;
        assertThatIOException()
                .isThrownBy(() -> StreamEventBytes.read(sent))
                .withMessage("event: expected version 2, found 7");
    }

    @Test
    void anotherKind_isRefused() {
        SentEvent sent = StreamEventBytes.write(new StreamEvent.Counted(FULL));
        sent.head()[1] = 77;
        assertThatIOException()
                .isThrownBy(() -> StreamEventBytes.read(sent))
                .withMessage("event: expected a kind of 1 to 9, found 77");
    }

    @ParameterizedTest
    @MethodSource("events")
    void aHeadThatEndsTooEarly_orTooLate_isRefused(StreamEvent event) {
        SentEvent sent = StreamEventBytes.write(event);
        byte[] head = sent.head();
        for (int length = 0; length < head.length; length++) {
            SentEvent part = new SentEvent(Arrays.copyOf(head, length), sent.body());
            assertThatIOException()
                    .as("%d of %d bytes", length, head.length)
                    .isThrownBy(() -> StreamEventBytes.read(part))
                    .withMessageStartingWith("event: expected");
        }
        SentEvent longer = new SentEvent(Arrays.copyOf(head, head.length + 1), sent.body());
        assertThatIOException()
                .isThrownBy(() -> StreamEventBytes.read(longer))
                .withMessage("event: expected " + head.length + " bytes, found " + (head.length + 1));
    }

    /** The value of a record may be any bytes. */
    static Stream<StreamEvent> windows() {
        return events().filter(StreamEvent.WindowReady.class::isInstance);
    }

    @ParameterizedTest
    @MethodSource("windows")
    void theBodyOfAWindow_thatEndsTooEarly_orTooLate_isRefused(StreamEvent event) {
        SentEvent sent = StreamEventBytes.write(event);
        for (int length = 0; length <= sent.body().length + 1; length++) {
            if (length == sent.body().length) {
                continue;
            }
            SentEvent other = new SentEvent(sent.head(), Arrays.copyOf(sent.body(), length));
            assertThatIOException()
                    .as("%d of %d bytes", length, sent.body().length)
                    .isThrownBy(() -> StreamEventBytes.read(other))
                    .withMessageStartingWith("event: expected");
        }
        assertThatIOException()
                .isThrownBy(() -> StreamEventBytes.read(new SentEvent(sent.head(), null)))
                .withMessage("event: expected the frames of a window in its body, found none");
    }

    @Test
    void anOutputWithoutAValue_isRefused() {
        for (WrittenFrame output : List.of(avro(), text())) {
            SentEvent sent = StreamEventBytes.write(new StreamEvent.FrameUpscaled(EMPTY, output, null));
            assertThatIOException()
                    .isThrownBy(() -> StreamEventBytes.read(new SentEvent(sent.head(), null)))
                    .withMessage("event: expected the value of an output in its body, found none");
        }
    }

    @Test
    void aPayloadBeyondItsValue_isRefused() {
        SentEvent sent = StreamEventBytes.write(new StreamEvent.FrameUpscaled(EMPTY, avro(), null));
        byte[] shorter = Arrays.copyOf(sent.body(), sent.body().length - 1);
        assertThatIOException()
                .isThrownBy(() -> StreamEventBytes.read(new SentEvent(sent.head(), shorter)))
                .withMessageContaining("expected a payload within " + shorter.length + " bytes");
    }

    @ParameterizedTest
    @MethodSource("events")
    void flippedBits_areReadOrRefused(StreamEvent event) {
        SentEvent sent = StreamEventBytes.write(event);
        Random random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            byte[] head = sent.head().clone();
            byte[] body = sent.body() == null ? null : sent.body().clone();
            byte[] damaged = body == null || body.length == 0 || random.nextBoolean() ? head : body;
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Throwable thrown = catchThrowable(() -> StreamEventBytes.read(new SentEvent(head, body)));
            assertThat(thrown == null || thrown instanceof IOException)
                    .as("%s", thrown)
                    .isTrue();
        }
    }
}
