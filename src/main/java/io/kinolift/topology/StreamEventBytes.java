package io.kinolift.topology;

import io.kinolift.window.DropPolicy;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.Incident;
import io.kinolift.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Events on their way between machines, each a {@link SentEvent}.
 *
 * <pre>
 * head: version(1) kind(1) tally, and by kind:
 *  1 WindowReady    the body has it: see {@link FrameWindowBytes}
 *  2 FrameUpscaled  text trace, written: see {@link WrittenFrameBytes}; the body is its value
 *  3 FrameRejected  place(8) rejection: see {@link WrittenFrameBytes}; the body is its value
 *  4 OutputMissing  surplus(1)
 *  5 Counted
 *  6 FrameDropped   text policy
 *  7 WindowSettled  coreFrom(8) coreTo(8) received(8) repeats(8) count(4) rejected(8)...
 *  8 StreamEnded    outputs(8) bytes key
 *  9 StreamExpired
 * tally   text streamId, session(8) text topic, partition(4) offset(8) received(8) held(8) filled(8)
 *         counts dropped, counts incidents
 * counts  count(4), and so often text name, count(8)
 * text    bytes of UTF-8
 * bytes   length(4) and so many; -1 for null
 * </pre>
 *
 * Numbers are big-endian. Not every event travels: {@link StreamEvent.StreamIdle} does not, nor does a window whose first
 * output refers to earlier ones, because the windows of those are cut only where the rows are.
 */
final class StreamEventBytes {
    static final byte VERSION = 2;

    private static final byte WINDOW_READY = 1;
    private static final byte FRAME_UPSCALED = 2;
    private static final byte FRAME_REJECTED = 3;
    private static final byte OUTPUT_MISSING = 4;
    private static final byte COUNTED = 5;
    private static final byte FRAME_DROPPED = 6;
    private static final byte WINDOW_SETTLED = 7;
    private static final byte STREAM_ENDED = 8;
    private static final byte STREAM_EXPIRED = 9;

    /** Of a tally with all counts and the longest name of a topic, but without the stream's id. */
    private static final int MOST_TALLY_BYTES = 1024;
    /** In UTF-8, per char. */
    private static final int MOST_CHAR_BYTES = 3;

    private static final int COUNT_BYTES = 4 + 8;

    private StreamEventBytes() {}

    /** What follows the tally, and what goes beside it. */
    private record Part(byte kind, Consumer<EventWriter> form, byte[] body) {
        Part(byte kind, Consumer<EventWriter> form) {
            this(kind, form, null);
        }
    }

    /**
     * The parts of an event. The value of a record that will be published is not copied.
     *
     * @throws IllegalArgumentException if it is none that travels
     */
    static SentEvent write(StreamEvent event) {
        Part part = part(event);
        byte[] head = EventWriter.write(out -> {
            out.int8(VERSION).int8(part.kind());
            writeTally(event.tally(), out);
            part.form().accept(out);
        });
        return new SentEvent(head, part.body());
    }

    /**
     * How large the event of a window is, at most: less than a kilobyte more than it is. Nothing is written, but the rows
     * of inter-coded frames are read.
     */
    static long windowBytes(FrameWindow window) {
        return EventWriter.size(FrameWindowBytes.form(window))
                + MOST_TALLY_BYTES
                + (long) MOST_CHAR_BYTES * window.streamId().length();
    }

    private static Part part(StreamEvent event) {
        return switch (event) {
            case StreamEvent.WindowReady ready ->
                new Part(WINDOW_READY, _ -> {}, EventWriter.write(window(ready.window())));
            case StreamEvent.FrameUpscaled upscaled ->
                new Part(
                        FRAME_UPSCALED,
                        out -> WrittenFrameBytes.write(upscaled.output(), out.text(upscaled.trace())),
                        upscaled.output().value());
            case StreamEvent.FrameRejected rejected ->
                new Part(
                        FRAME_REJECTED,
                        out -> WrittenFrameBytes.write(rejected.rejection(), out.int64(rejected.place())),
                        rejected.rejection().value());
            case StreamEvent.OutputMissing missing -> new Part(OUTPUT_MISSING, out -> out.flag(missing.surplus()));
            case StreamEvent.Counted _ -> new Part(COUNTED, _ -> {});
            case StreamEvent.FrameDropped dropped ->
                new Part(FRAME_DROPPED, out -> out.text(dropped.policy().name()));
            case StreamEvent.WindowSettled settled -> new Part(WINDOW_SETTLED, out -> writeSettled(settled, out));
            case StreamEvent.StreamEnded ended ->
                new Part(STREAM_ENDED, out -> out.int64(ended.outputs()).bytes(ended.key()));
            case StreamEvent.StreamExpired _ -> new Part(STREAM_EXPIRED, _ -> {});
            case StreamEvent.StreamIdle idle ->
                throw new IllegalArgumentException("event: expected one that travels, found " + idle);
        };
    }

    private static Consumer<EventWriter> window(FrameWindow window) {
        if (window.earlierOutputs().windows().iterator().hasNext()) {
            throw new IllegalArgumentException("event: expected a window whose outputs refer to no earlier ones, found "
                    + window.streamId() + "/" + window.session() + " output " + window.outputFrom());
        }
        return FrameWindowBytes.form(window);
    }

    /**
     * The event of some parts. Frames of windows are views of the body, not copies.
     *
     * @throws IOException if they are damaged, or of a version that this one does not know
     */
    static StreamEvent read(SentEvent sent) throws IOException {
        EventReader head = new EventReader(sent.head());
        byte version = head.int8();
        if (version != VERSION) {
            throw new IOException("event: expected version " + VERSION + ", found " + version);
        }
        try {
            StreamEvent event = read(head.int8(), head, sent.body());
            head.end();
            return event;
        } catch (MalformedRecordException
                | BufferUnderflowException
                | IllegalArgumentException
                | NegativeArraySizeException
                | ArithmeticException e) {
            throw new IOException(
                    "event: expected a whole one, found damage in " + sent.head().length + " bytes and a body of "
                            + (sent.body() == null ? 0 : sent.body().length) + ": " + e,
                    e);
        }
    }

    private static StreamEvent read(byte kind, EventReader head, byte[] body)
            throws IOException, MalformedRecordException {
        Tally tally = readTally(head);
        return switch (kind) {
            case WINDOW_READY -> new StreamEvent.WindowReady(tally, readWindow(body));
            case FRAME_UPSCALED -> readUpscaled(tally, head, body);
            case FRAME_REJECTED -> readRejected(tally, head, body);
            case OUTPUT_MISSING -> new StreamEvent.OutputMissing(tally, head.flag());
            case COUNTED -> new StreamEvent.Counted(tally);
            case FRAME_DROPPED -> new StreamEvent.FrameDropped(tally, head.constant(DropPolicy.class));
            case WINDOW_SETTLED -> readSettled(tally, head);
            case STREAM_ENDED -> new StreamEvent.StreamEnded(tally, head.int64(), head.bytes());
            case STREAM_EXPIRED -> new StreamEvent.StreamExpired(tally);
            default -> throw new IOException("event: expected a kind of 1 to " + STREAM_EXPIRED + ", found " + kind);
        };
    }

    private static FrameWindow readWindow(byte[] body) throws IOException, MalformedRecordException {
        if (body == null) {
            throw new IOException("event: expected the frames of a window in its body, found none");
        }
        EventReader in = new EventReader(body);
        FrameWindow window = FrameWindowBytes.read(in);
        in.end();
        return window;
    }

    private static StreamEvent readUpscaled(Tally tally, EventReader head, byte[] value) throws IOException {
        if (value == null) {
            throw new IOException("event: expected the value of an output in its body, found none");
        }
        String trace = head.text();
        return new StreamEvent.FrameUpscaled(tally, WrittenFrameBytes.read(value, head), trace);
    }

    private static StreamEvent readRejected(Tally tally, EventReader head, byte[] value) throws IOException {
        long place = head.int64();
        return new StreamEvent.FrameRejected(tally, WrittenFrameBytes.readRejection(value, head), place);
    }

    private static void writeSettled(StreamEvent.WindowSettled settled, EventWriter out) {
        out.int64(settled.coreFrom())
                .int64(settled.coreTo())
                .int64(settled.received())
                .int64(settled.repeats())
                .int32(settled.rejected().size());
        new TreeSet<>(settled.rejected()).forEach(out::int64);
    }

    private static StreamEvent readSettled(Tally tally, EventReader in) throws IOException {
        long coreFrom = in.int64();
        long coreTo = in.int64();
        long received = in.int64();
        long repeats = in.int64();
        Set<Long> rejected = new HashSet<>();
        for (int left = in.count(Long.BYTES); left > 0; left--) {
            rejected.add(in.int64());
        }
        return new StreamEvent.WindowSettled(tally, coreFrom, coreTo, received, rejected, repeats);
    }

    private static void writeTally(Tally tally, EventWriter out) {
        out.text(tally.streamId())
                .int64(tally.session())
                .text(tally.topic())
                .int32(tally.partition())
                .int64(tally.offset())
                .int64(tally.received())
                .int64(tally.held())
                .int64(tally.filled());
        writeCounts(tally.dropped(), out);
        writeCounts(tally.incidents(), out);
    }

    private static Tally readTally(EventReader in) throws IOException {
        String streamId = in.text();
        long session = in.int64();
        String topic = in.text();
        int partition = in.int32();
        long offset = in.int64();
        long received = in.int64();
        long held = in.int64();
        long filled = in.int64();
        Map<DropPolicy, Long> dropped = readCounts(DropPolicy.class, in);
        Map<Incident, Long> incidents = readCounts(Incident.class, in);
        return new Tally(streamId, session, topic, partition, offset, received, dropped, held, filled, incidents);
    }

    private static <E extends Enum<E>> void writeCounts(Map<E, Long> counts, EventWriter out) {
        out.int32(counts.size());
        counts.forEach((name, count) -> out.text(name.name()).int64(count));
    }

    private static <E extends Enum<E>> Map<E, Long> readCounts(Class<E> type, EventReader in) throws IOException {
        Map<E, Long> counts = new EnumMap<>(type);
        for (int left = in.count(COUNT_BYTES); left > 0; left--) {
            counts.put(in.constant(type), in.int64());
        }
        return counts;
    }
}
