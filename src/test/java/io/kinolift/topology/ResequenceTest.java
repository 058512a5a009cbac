package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.property.Inputs;
import io.kinolift.property.Property;
import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.trace.Telemetry;
import io.kinolift.window.EarlierOutputs;
import io.kinolift.window.FrameWindow;
import io.kinolift.wire.Rejection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows that go to many and come back in any order. */
class ResequenceTest {
    private static final int PARTITION = 3;
    private static final int LANES = 4;
    private static final int AHEAD = 5;
    private static final int MAX_BODY_BYTES = 1000;
    private static final Spread SPREAD = new Spread("windows", "outcomes", LANES, AHEAD, 1 << 16);

    @TempDir
    private java.nio.file.Path folder;

    private final InputHold hold = new InputHold();
    private MockProcessorContext<Object, StreamEvent> context;
    private Resequence node;
    /** What happened to each stream, in the order in which it should go on. */
    private final Map<String, List<StreamEvent>> expected = new HashMap<>();

    private final Map<String, List<StreamEvent>> passed = new HashMap<>();
    /** Outcomes under way; those of one window come in order. */
    private final List<Deque<Record<Object, StreamEvent>>> away = new ArrayList<>();

    @BeforeEach
    void begin() {
        context = new MockProcessorContext<>(new Properties(), new TaskId(0, PARTITION), folder.toFile());
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Resequence.STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        context.setCurrentSystemTimeMs(0);
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        restart();
    }

    private void restart() {
        node = new Resequence(
                SPREAD,
                MAX_BODY_BYTES,
                TopologyPlan.of(new KinoliftConfig(Map.of()), 1 << 20).engine().plans(),
                hold,
                new ThreadLanes(),
                new Telemetry<>());
        node.init(context);
    }

    /** With new nodes, or, as after a failure that Kafka Streams survives, with the same ones. */
    private void beginAnew(Random random) {
        if (random.nextBoolean()) {
            restart();
        } else {
            node.close();
            node.init(context);
        }
    }

    @Test
    void anyOrder_isPutRight() {
        Property.holds(300, inputs -> {
            expected.clear();
            passed.clear();
            away.clear();
            begin();
            assertPutRight(inputs);
        });
    }

    private void assertPutRight(Inputs inputs) {
        Random random = inputs.random();
        List<String> streams = List.of("a", "b/c", "");
        long number = 0;
        for (int step = random.nextInt(80); step >= 0 || !away.isEmpty(); step--) {
            String stream = streams.get(random.nextInt(streams.size()));
            switch (step < 0 ? 9 : random.nextInt(10)) {
                case 0, 1, 2 -> window(stream, number++, random.nextInt(4));
                case 3, 4 -> event(stream, new StreamEvent.Counted(tally(stream, number++)));
                case 5 -> event(stream, new StreamEvent.StreamEnded(tally(stream, number++), number, null));
                case 6 -> beginAnew(random);
                default -> comesBack(random);
            }
        }
        assertThat(passed).isEqualTo(expected);
        try (var rows = ((KeyValueStore<Bytes, byte[]>)
                        context.<KeyValueStore<Bytes, byte[]>>getStateStore(Resequence.STORE))
                .all()) {
            assertThat(rows).isExhausted();
        }
        assertThat(hold.isHeld(PARTITION)).isFalse();
    }

    @Test
    void manyWindowsAway_theInputIsHeld() {
        for (int i = 0; i < AHEAD; i++) {
            assertThat(hold.isHeld(PARTITION)).isFalse();
            window("a", i, 1);
        }
        assertThat(hold.isHeld(PARTITION)).isTrue();
        assertThat(hold.isHeld(PARTITION + 1)).isFalse();
        restart();
        assertThat(hold.isHeld(PARTITION)).isTrue();
        Random last = new Random() {
            @Override
            public int nextInt(int bound) {
                return bound - 1;
            }
        };
        // What is back waits for the first one, so it counts.
        comesBack(last);
        comesBack(last);
        assertThat(hold.isHeld(PARTITION)).isTrue();
        node.init(context);
        assertThat(hold.isHeld(PARTITION)).isTrue();
        deliver(away.removeFirst());
        assertThat(hold.isHeld(PARTITION)).isFalse();
        event("a", new StreamEvent.Counted(tally("a", 9)));
        event("a", new StreamEvent.Counted(tally("a", 10)));
        assertThat(hold.isHeld(PARTITION)).isTrue();
        node.close();
        assertThat(hold.isHeld(PARTITION)).isFalse();
    }

    @Test
    void windows_goToTheLaneWithTheFewest() {
        for (int i = 0; i < LANES; i++) {
            window("a", i, 0);
        }
        assertThat(away.stream().map(ResequenceTest::lane)).containsExactlyInAnyOrder(0, 1, 2, 3);
        Deque<Record<Object, StreamEvent>> back = away.remove(2);
        int free = lane(back);
        deliver(back);
        window("a", 8, 0);
        assertThat(lane(away.getLast())).isEqualTo(free);
    }

    private static int lane(Deque<Record<Object, StreamEvent>> outcomes) {
        return ((Ticket) outcomes.getFirst().key()).lane();
    }

    /** A record that is refused may be larger than all that is accepted, and than a changelog takes. */
    @ParameterizedTest
    @ValueSource(ints = {0, MAX_BODY_BYTES, MAX_BODY_BYTES + 1, 2 * MAX_BODY_BYTES, 7 * MAX_BODY_BYTES - 1, 400_000})
    void aRefusedRecordOfAnySize_waits(int bytes) {
        window("a", 0, 1);
        byte[] value = new byte[bytes];
        new Random(bytes).nextBytes(value);
        Rejection rejection = new Rejection(
                "a", null, "frames", PARTITION, 1, null, value, Rejection.Reason.LIMIT_EXCEEDED, "too large", null);
        event("a", new StreamEvent.FrameRejected(tally("a", 1), rejection, StreamEvent.FrameRejected.NO_PLACE));
        window("a", 2, 1);
        int most = Math.max(MAX_BODY_BYTES, Math.ceilDiv(bytes, 255));
        try (var rows = rows()) {
            rows.forEachRemaining(row -> assertThat(row.value.length).isLessThanOrEqualTo(most));
        }
        restart();
        away.forEach(this::deliver);
        assertThat(passed.get("a")).usingRecursiveComparison().isEqualTo(expected.get("a"));
        try (var rows = rows()) {
            assertThat(rows).isExhausted();
        }
    }

    private KeyValueIterator<Bytes, byte[]> rows() {
        KeyValueStore<Bytes, byte[]> store = context.getStateStore(Resequence.STORE);
        return store.all();
    }

    /** As its changelog has them. */
    private AwayWindows awayWindows() {
        AwayWindows windows = new AwayWindows();
        try (var rows = rows()) {
            rows.forEachRemaining(row -> windows.row(row.key.get(), row.value));
        }
        return windows;
    }

    @Test
    void windowsThatAreInNoTopic_areLost() {
        assertThat(awayWindows().isEmpty()).isTrue();
        window("a", 0, 1);
        window("b", 0, 1);
        Ticket ofB = sent;
        window("a", 1, 1);
        assertThat(awayWindows().lost()).containsExactly("a", "b");
        AwayWindows found = awayWindows();
        found.found(ofB.write());
        assertThat(found.lost()).containsExactly("a");
        // The second of stream a is back, and waits for the first.
        deliver(away.getLast());
        assertThat(awayWindows().isEmpty()).isFalse();
        assertThat(found.lost(awayWindows())).containsExactly("a");
        deliver(away.getFirst());
        assertThat(found.lost(awayWindows())).isEmpty();
        assertThat(awayWindows().lost()).containsExactly("b");
    }

    @Test
    void aWindowWhoseRowWasDeleted_isBack() {
        window("a", 0, 1);
        AwayWindows windows = awayWindows();
        List<byte[]> keys = new ArrayList<>();
        try (var rows = rows()) {
            rows.forEachRemaining(row -> keys.add(row.key.get()));
        }
        keys.forEach(key -> windows.row(key, null));
        assertThat(windows.isEmpty()).isTrue();
        assertThat(windows.lost()).isEmpty();
    }

    /** Its rows are lost, and nobody knows its place. */
    @Test
    void anOutcomeOfNoWindow_endsTheTask() {
        Record<Object, StreamEvent> unknown =
                new Record<>(new Ticket("a", 7, 0), new StreamEvent.OutputMissing(tally("a", 7), false), 7);
        assertThatThrownBy(() -> node.process(unknown))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("window 7 of stream a")
                .hasMessageContaining("kinolift reset");
    }

    @Test
    void silence_isNobodysBusiness() {
        context.resetForwards();
        node.process(new Record<>("a", new StreamEvent.StreamIdle(tally("a", 0)), 0));
        assertThat(context.forwarded()).isEmpty();
    }

    private void event(String stream, StreamEvent event) {
        expected.computeIfAbsent(stream, _ -> new ArrayList<>()).add(event);
        process(new Record<>(stream, event, 7));
    }

    private void window(String stream, long number, int outputs) {
        FrameWindow window = new FrameWindow(
                stream, 0, 0, 0, 0, List.of(), 0, 0, 0, 0, false, false, null, 0, null, EarlierOutputs.NONE);
        process(new Record<>(stream, new StreamEvent.WindowReady(tally(stream, number), window), 7));
        Deque<Record<Object, StreamEvent>> outcomes = new ArrayDeque<>();
        Ticket ticket = sent;
        for (int i = 0; i < outputs; i++) {
            outcomes.add(new Record<>(ticket, new StreamEvent.OutputMissing(tally(stream, number), i == 1), 7));
        }
        outcomes.add(new Record<>(
                ticket, new StreamEvent.WindowSettled(tally(stream, number), 0, 1, 1, Set.of(), outputs), 7));
        outcomes.forEach(outcome ->
                expected.computeIfAbsent(stream, _ -> new ArrayList<>()).add(outcome.value()));
        away.add(outcomes);
    }

    private void comesBack(Random random) {
        if (away.isEmpty()) {
            return;
        }
        Deque<Record<Object, StreamEvent>> outcomes = away.get(random.nextInt(away.size()));
        process(outcomes.removeFirst());
        away.removeIf(Deque::isEmpty);
    }

    private void deliver(Deque<Record<Object, StreamEvent>> outcomes) {
        outcomes.forEach(this::process);
    }

    private Ticket sent;

    private void process(Record<Object, StreamEvent> record) {
        context.resetForwards();
        node.process(record);
        for (MockProcessorContext.CapturedForward<?, ?> forward : context.forwarded()) {
            if (forward.childName().orElseThrow().equals(UpscaleTopology.ACCOUNT)) {
                passed.computeIfAbsent((String) forward.record().key(), _ -> new ArrayList<>())
                        .add((StreamEvent) forward.record().value());
                assertThat(forward.record().timestamp()).isEqualTo(7);
            } else {
                assertThat(forward.childName()).contains(UpscaleTopology.WINDOWS_SINK);
                sent = (Ticket) forward.record().key();
            }
        }
    }

    private static Tally tally(String stream, long offset) {
        return new Tally(stream, 0, "frames", PARTITION, offset, 0, Map.of(), 0, 0, Map.of());
    }
}
