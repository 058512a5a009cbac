package io.kinolift.topology;

import io.kinolift.window.StreamState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The streams of a task. Streams that hold frames are open, and in memory. All others are remembered: a row in the
 * store, and a few bytes here. Both are bounded. The offsets of last records decide who makes room, so a replay decides
 * in the same way.
 */
final class TaskStreams {
    /** A stream with fewer frames has only begun: a third of a second of video, and a few records of a stranger. */
    private static final int FRAMES_OF_A_BEGINNING = 8;

    /** In the order of their last records. */
    private final Map<String, OpenStream> open = new LinkedHashMap<>();

    private final Map<String, Remembered> remembered = new HashMap<>();
    private final NavigableSet<Remembered> oldestFirst = new TreeSet<>(Comparator.comparing(Remembered::kind)
            .thenComparingLong(Remembered::offset)
            .thenComparing(Remembered::streamId));
    private final TopologySettings settings;
    private final WindowStore store;
    private final WindowLevels levels;
    private final ProcessorContext<String, StreamEvent> context;
    /** The highest timestamp of a record so far. */
    private long streamTimeMillis;

    /**
     * A stream that holds no frames.
     *
     * @param offset of its last record
     * @param lastMillis wall clock of its last record, or of its end by timeout
     * @param watchMillis as in {@link OpenStream#watchMillis()}
     */
    private record Remembered(String streamId, Kind kind, long offset, long lastMillis, long watchMillis) {}

    /** In the order in which they are forgotten when there are too many: anyone can send bad records under many keys. */
    private enum Kind {
        NEVER_BEGAN,
        ENDED,
        RESTS
    }

    TaskStreams(
            TopologySettings settings,
            WindowStore store,
            WindowLevels levels,
            ProcessorContext<String, StreamEvent> context) {
        this.settings = settings;
        this.store = store;
        this.levels = levels;
        this.context = context;
        store.streams().entrySet().stream()
                .sorted(Comparator.comparingLong(row -> row.getValue().offset()))
                .forEach(row -> place(of(row.getKey(), row.getValue())));
    }

    /** How many streams hold frames. */
    int openCount() {
        return open.size();
    }

    /** The stream of a record that is being processed; {@link #keep} keeps what becomes of it. */
    OpenStream find(String streamId) {
        OpenStream stream = open.get(streamId);
        if (stream != null) {
            return stream;
        }
        StreamRow row = remembered.containsKey(streamId) ? store.stream(streamId) : null;
        return of(streamId, row == null ? StreamRow.empty(context.currentSystemTimeMs()) : row);
    }

    private OpenStream of(String streamId, StreamRow row) {
        streamTimeMillis = Math.max(streamTimeMillis, row.timestamp());
        return new OpenStream(streamId, settings, store.frames(streamId), row, levels, context);
    }

    /**
     * Whether a stream may hold frames. If that makes one too many, another one rests, if there is one that may.
     *
     * @param offset of the frame that asks
     * @param timestampMillis of the frame that asks
     */
    boolean admits(OpenStream stream, long offset, long timestampMillis) {
        streamTimeMillis = Math.max(streamTimeMillis, timestampMillis);
        if (open.containsKey(stream.streamId())
                || open.size() < settings.limits().open()) {
            return true;
        }
        Optional<OpenStream> resting = mayRest(offset);
        resting.ifPresent(other -> {
            other.rest();
            update(other);
        });
        return resting.isPresent();
    }

    /**
     * The stream with the oldest last record if it was idle, by the timestamps of records or because many have passed
     * since; else the oldest of those that have only begun, because anyone can begin many streams.
     */
    private Optional<OpenStream> mayRest(long offset) {
        OpenStream oldest = open.values().iterator().next();
        StreamRow row = oldest.row();
        boolean idle =
                streamTimeMillis - row.timestamp() > settings.idleTimeout().toMillis()
                        || offset - row.offset() >= 2L * settings.limits().open();
        return idle
                ? Optional.of(oldest)
                : open.values().stream()
                        .filter(stream -> stream.row().state().received() < FRAMES_OF_A_BEGINNING)
                        .findFirst();
    }

    /** Writes the row of a stream whose record has been processed. */
    void keep(OpenStream stream) {
        stream.settle();
        update(stream);
        while (remembered.size() > settings.limits().remembered()) {
            forget(oldestFirst.first());
        }
    }

    private void update(OpenStream stream) {
        store.putStream(stream.streamId(), stream.row());
        open.remove(stream.streamId());
        Remembered before = remembered.remove(stream.streamId());
        if (before != null) {
            oldestFirst.remove(before);
        }
        place(stream);
    }

    private void place(OpenStream stream) {
        if (stream.holdsFrames()) {
            open.put(stream.streamId(), stream);
            return;
        }
        StreamRow row = stream.row();
        Remembered entry = new Remembered(
                stream.streamId(), kind(row.state()), row.offset(), row.updatedMillis(), stream.watchMillis());
        remembered.put(stream.streamId(), entry);
        oldestFirst.add(entry);
    }

    private static Kind kind(StreamState state) {
        if (!state.isStarted()) {
            return Kind.NEVER_BEGAN;
        }
        return state.isEnded() ? Kind.ENDED : Kind.RESTS;
    }

    private void forget(Remembered entry) {
        find(entry.streamId()).expire();
        store.deleteStream(entry.streamId());
        remembered.remove(entry.streamId());
        oldestFirst.remove(entry);
    }

    /**
     * Does what a silence calls for: outputs of idle streams leave, abandoned streams end, old ones are forgotten.
     *
     * @param nowMillis wall clock
     * @param watchMillis as in {@link OpenStream#watchMillis()}
     */
    void checkSilence(long nowMillis, long watchMillis) {
        for (OpenStream stream : List.copyOf(open.values())) {
            if (isAbandoned(watchMillis - stream.watchMillis())) {
                abandon(stream, nowMillis);
            } else if (!stream.isIdle()
                    && watchMillis - stream.watchMillis()
                            > settings.idleTimeout().toMillis()) {
                stream.goIdle();
                store.putStream(stream.streamId(), stream.row());
            }
        }
        for (Remembered entry : new ArrayList<>(oldestFirst)) {
            if (!entry.equals(remembered.get(entry.streamId()))) {
                continue;
            }
            if (nowMillis - entry.lastMillis() > settings.retention().toMillis()) {
                forget(entry);
            } else if (entry.kind() == Kind.RESTS && isAbandoned(watchMillis - entry.watchMillis())) {
                abandon(find(entry.streamId()), nowMillis);
            }
        }
    }

    private boolean isAbandoned(long silentMillis) {
        long limitMillis = settings.endTimeout().toMillis();
        return limitMillis > 0 && silentMillis > limitMillis;
    }

    private void abandon(OpenStream stream, long nowMillis) {
        stream.abandon(nowMillis);
        keep(stream);
    }
}
