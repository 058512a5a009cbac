package io.kinolift.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.property.Inputs;
import io.kinolift.property.Property;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** At every event: received = settled + refused + dropped + held, and the buffer holds what the state says. */
class AssemblerAccountsTest {
    private static final int REORDER_FRAMES = 4;
    private static final int REORDER_BYTES = 60;

    private static TimeGrid grid(String factor) {
        return InterpolationOperator.of(new Interpolation(
                        Mode.TRILINEAR,
                        Rational.parse(factor),
                        new SpatialTarget.Factors(Rational.ONE, Rational.ONE),
                        false,
                        TemporalGrid.HALF_PIXEL))
                .timeGrid();
    }

    @Test
    void everyEvent_balances() {
        Property.holds(500, this::assertBalances);
    }

    private void assertBalances(Inputs inputs) throws IOException {
        Random random = inputs.random();
        TimeGrid grid = grid(List.of("2", "5/2", "1", "2/5").get(random.nextInt(4)));
        int size = 1 + random.nextInt(6);
        WindowEdges edges = WindowEdges.values()[random.nextInt(2)];
        GapPolicy gap = edges == WindowEdges.SEAMLESS ? GapPolicy.values()[random.nextInt(3)] : GapPolicy.SPLIT;
        Stream stream = new Stream(grid, settings(size, edges, REORDER_FRAMES, REORDER_BYTES, gap));
        long next = 0;
        long session = 0;
        for (int step = 0; step < 60; step++) {
            switch (random.nextInt(16)) {
                case 0 -> stream.idle();
                case 1 -> next += random.nextInt(8);
                case 2 -> stream.restart("settings" + random.nextInt(2));
                case 3 -> stream.accept(source(session - random.nextInt(2), Math.max(0, next - 3), 1, 9));
                case 4 -> {
                    session += random.nextInt(2);
                    next = random.nextInt(2) * next;
                }
                case 5 -> stream.unusable();
                case 6 -> stream.accept(source(session, next++, 2, 9));
                case 7 -> stream.accept(source(session, next + 1 + random.nextInt(4), 1, random.nextInt(40)));
                case 8 -> stream.accept(late(source(session, next++, 1, 9)));
                default -> stream.accept(source(session, next++, 1, 9));
            }
            assertThat(stream.kept.size()).isLessThanOrEqualTo(2 * size + REORDER_FRAMES + 12);
        }
        stream.end(session, next);
        stream.end(session, next);
        assertThat(stream.kept).isEmpty();
        assertThat(stream.ends).isLessThanOrEqualTo(1);
        assertThat(stream.state.isEnded()).isTrue();
        assertThat(stream.state.held()).isZero();
        assertThat(copy(stream.state)).usingRecursiveComparison().isEqualTo(stream.state);
    }

    @Test
    void independentWindows_areSegments() {
        Stream stream = new Stream(grid("5/2"), settings(3, WindowEdges.INDEPENDENT, 0, 0, GapPolicy.SPLIT));
        for (int sequence = 0; sequence < 8; sequence++) {
            stream.accept(source(0, sequence, 1, 9));
            stream.idle();
        }
        stream.end(0, 8);
        assertThat(stream.windows).extracting(FrameWindow::segmentStart).containsExactly(0L, 3L, 6L);
        assertThat(stream.windows).extracting(FrameWindow::outputTo).containsExactly(7L, 7L, 5L);
        assertThat(stream.windows)
                .allMatch(window -> window.reachesEnd()
                        && window.firstIndex() == 0
                        && window.frames().size() == window.coreTo()
                        && !window.afterGap());
    }

    @Test
    void theReorderBound_isInBytesToo() {
        Stream stream = new Stream(grid("1"), settings(1, WindowEdges.SEAMLESS, 100, REORDER_BYTES, GapPolicy.SPLIT));
        stream.accept(source(0, 1, 1, REORDER_BYTES / 2));
        stream.accept(source(0, 2, 1, REORDER_BYTES / 2));
        assertThat(stream.state.held()).isEqualTo(2);
        assertThat(stream.windows).isEmpty();
        stream.accept(source(0, 3, 1, 1));
        assertThat(stream.windows).isNotEmpty();
        assertThat(stream.windows.getFirst().segmentStart()).isEqualTo(1);
        assertThat(stream.windows.getFirst().afterGap()).isTrue();
        stream.accept(source(0, 0, 1, 1));
        assertThat(stream.state.dropped()).isEqualTo(Map.of(DropPolicy.LATE, 1L));
    }

    @Test
    void aStateOfAnotherVersion_isRefused() {
        assertThatThrownBy(() ->
                        StreamStateBytes.read(new DataInputStream(new ByteArrayInputStream(new byte[] {6, 0, 0}))))
                .isInstanceOf(IOException.class)
                .hasMessage("stream row: expected version 1 to 5, found 6");
    }

    private static WindowSettings settings(int size, WindowEdges edges, int frames, long bytes, GapPolicy gap) {
        return new WindowSettings(size, edges, frames, bytes, gap, 4, 1 << 20, Duration.ofDays(1), GroupLimits.DEFAULT);
    }

    private static SourceFrame source(long session, long sequence, int width, int bytes) {
        FrameFormat format = new FrameFormat(Codec.RAW, PixelFormat.GRAY8, width, 1, Rational.ONE, Colour.UNSPECIFIED);
        return new SourceFrame(
                new EncodedFrame(
                        "a",
                        session,
                        sequence,
                        sequence * 10,
                        10,
                        Rational.of(1, 250),
                        format,
                        true,
                        sequence % 11 == 10,
                        0,
                        new byte[bytes]),
                "frames",
                0,
                sequence);
    }

    /** A frame whose clock stands still. */
    private static SourceFrame late(SourceFrame source) {
        EncodedFrame frame = source.frame();
        return new SourceFrame(
                new EncodedFrame(
                        "a",
                        frame.session(),
                        frame.sequence(),
                        -5,
                        10,
                        frame.timeBase(),
                        frame.format(),
                        true,
                        false,
                        0,
                        frame.payload()),
                "frames",
                0,
                source.offset());
    }

    private static StreamState copy(StreamState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StreamStateBytes.write(state, new DataOutputStream(bytes));
        return StreamStateBytes.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    /** One stream, its strict buffer, and the counts of its current session. */
    private static final class Stream implements FrameBuffer, WindowListener {
        final Map<String, SourceFrame> kept = new HashMap<>();
        final List<FrameWindow> windows = new ArrayList<>();
        private final TimeGrid grid;
        private final WindowSettings settings;
        StreamState state = new StreamState();
        int ends;
        private StreamAssembler assembler;
        private long session;
        private long settled;
        private long refused;

        Stream(TimeGrid grid, WindowSettings settings) {
            this.grid = grid;
            this.settings = settings;
            this.assembler = new StreamAssembler("a", settings, OutputGrid.alone(grid), "settings", this, state, this);
        }

        void restart(String fingerprint) throws IOException {
            state = copy(state);
            assembler = new StreamAssembler("a", settings, OutputGrid.alone(grid), fingerprint, this, state, this);
            assertBalanced();
        }

        void accept(SourceFrame frame) {
            assembler.accept(frame);
            assertBalanced();
        }

        void unusable() {
            assembler.acceptUnusable();
            refused++;
            assertBalanced();
        }

        void idle() {
            assembler.idle();
            assertBalanced();
        }

        void end(long endSession, long sequence) {
            assembler.end(endSession, sequence);
            assertBalanced();
        }

        private void assertBalanced() {
            if (state.session() != session) {
                session = state.session();
                settled = 0;
                refused = 0;
            }
            long dropped =
                    state.dropped().values().stream().mapToLong(Long::longValue).sum();
            assertThat(settled + refused + dropped + state.held()).isEqualTo(state.received());
        }

        @Override
        public void put(SourceFrame frame) {
            String key = frame.frame().session() + "/" + frame.frame().sequence();
            assertThat(kept.put(key, frame)).as("row %s", key).isNull();
        }

        @Override
        public SourceFrame find(long ofSession, long sequence) {
            String key = ofSession + "/" + sequence;
            assertThat(kept).containsKey(key);
            return kept.get(key);
        }

        @Override
        public void delete(long ofSession, long sequence) {
            assertThat(kept.remove(ofSession + "/" + sequence))
                    .as("row %s/%s", ofSession, sequence)
                    .isNotNull();
        }

        @Override
        public void window(FrameWindow window) {
            if (window.session() != session) {
                session = window.session();
                settled = 0;
                refused = 0;
            }
            windows.add(window);
            settled += window.receivedInCore();
            assertBalanced();
        }

        @Override
        public void dropped(SourceFrame frame, DropPolicy policy) {
            assertBalanced();
        }

        @Override
        public void refused(SourceFrame frame, Refusal refusal, String detail) {
            refused++;
            assertBalanced();
        }

        @Override
        public void noted(Incident incident) {
            assertBalanced();
        }

        @Override
        public void ended(long endedSession, long sequence) {
            ends++;
            assertThat(kept).isEmpty();
            assertThat(state.held()).isZero();
        }
    }
}
