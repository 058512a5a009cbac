package io.kinolift.window;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** For any cut of a stream, cores and outputs are partitions, windows hold their taps, and nothing is left over. */
class StreamAssemblerTest {
    private static final FrameFormat FORMAT =
            new FrameFormat(Codec.RAW, PixelFormat.GRAY8, 1, 1, Rational.ONE, Colour.UNSPECIFIED);

    private static final List<String> FACTORS = List.of("1", "2", "3", "5/2", "3/2", "1.15", "1/2", "2/5", "12/5");

    private final Map<Long, SourceFrame> kept = new HashMap<>();
    private final List<FrameWindow> windows = new ArrayList<>();
    private final List<DropPolicy> dropped = new ArrayList<>();
    private long ended = -1;

    private static TimeGrid grid(Inputs inputs) {
        Interpolation settings = new Interpolation(
                inputs.oneOf("mode", List.of(Mode.TRILINEAR, Mode.NEAREST)),
                Rational.parse(inputs.oneOf("factor", FACTORS)),
                new SpatialTarget.Factors(Rational.ONE, Rational.ONE),
                false,
                inputs.oneOf("grid", List.of(TemporalGrid.values())));
        return InterpolationOperator.of(settings).timeGrid();
    }

    @Test
    void aSegment_isPartitionedWhateverTheWindows() {
        Property.holds(500, this::assertPartitioned);
    }

    private void assertPartitioned(Inputs inputs) throws IOException {
        TimeGrid grid = grid(inputs);
        int frames = inputs.between("frames", 1, 40);
        int size = inputs.between("size", 1, 45);
        reset();
        Random random = inputs.random();
        StreamState state = new StreamState();
        for (int sequence = 0; sequence < frames; sequence++) {
            // A new assembler over the written state: what a restart sees.
            StreamAssembler assembler = assembler(grid, size, state);
            assembler.accept(source(sequence));
            if (random.nextInt(3) == 0) {
                assembler.idle();
            }
            assertThat(kept.size()).isLessThanOrEqualTo(size + grid.haloBefore() + new Reach(grid).after() + 2);
            state = copy(state);
        }
        assembler(grid, size, state).end(0, frames);

        assertThat(kept).isEmpty();
        assertThat(state.held()).isZero();
        long core = 0;
        long output = 0;
        for (FrameWindow window : windows) {
            assertThat(window.coreFrom()).isEqualTo(core);
            assertThat(window.outputFrom()).isEqualTo(output);
            core = window.coreTo();
            output = window.outputTo();
            assertHoldsItsTaps(window, grid, frames);
        }
        assertThat(core).isEqualTo(frames);
        assertThat(output).isEqualTo(grid.outputCount(frames));
    }

    private static void assertHoldsItsTaps(FrameWindow window, TimeGrid grid, long frames) {
        for (long o = window.outputFrom(); o < window.outputTo(); o++) {
            long first = Math.clamp(grid.firstTap(o), 0, frames - 1);
            long last = Math.clamp(grid.lastTap(o), 0, frames - 1);
            assertThat(window.holds(first) && window.holds(last))
                    .as("taps %s..%s of %s", first, last, o)
                    .isTrue();
        }
        for (long index = window.firstIndex(); index < window.endIndex(); index++) {
            assertThat(window.frame(index).sequence()).isEqualTo(index);
        }
    }

    @Test
    void disorderWithinTheBound_isOrder() {
        Property.holds(300, this::assertOrder);
    }

    private void assertOrder(Inputs inputs) {
        int frames = inputs.between("frames", 1, 30);
        reset();
        Random random = inputs.random();
        List<Integer> order = new ArrayList<>();
        for (int sequence = 0; sequence < frames; sequence++) {
            order.add(sequence);
        }
        // The reorder bound is 5 frames, so a block of 5 may come in any order.
        for (int from = 0; from < frames; from += 5) {
            Collections.shuffle(order.subList(from, Math.min(frames, from + 5)), random);
        }
        StreamState state = new StreamState();
        StreamAssembler assembler = assembler(grid(inputs), 4, state);
        for (int sequence : order) {
            assembler.accept(source(sequence));
            assembler.accept(source(sequence));
            assertThat(state.received()).isEqualTo(settled() + dropped.size() + state.held());
        }
        assembler.end(0, frames);
        assertThat(settled()).isEqualTo(frames);
        assertThat(dropped).hasSize(frames).containsOnly(DropPolicy.DUPLICATE);
    }

    @Test
    void gaps_endSegmentsAndLoseNothing() {
        Property.holds(300, this::assertNothingIsLost);
    }

    private void assertNothingIsLost(Inputs inputs) {
        reset();
        Random random = inputs.random();
        StreamState state = new StreamState();
        StreamAssembler assembler = assembler(grid(inputs), 3, state);
        int sent = 0;
        int sequence = 0;
        for (int step = 0; step < 40; step++) {
            sequence += random.nextInt(8) == 0 ? 1 + random.nextInt(20) : 1;
            assembler.accept(source(sequence));
            sent++;
        }
        assembler.end(0, sequence + 1);
        assertThat(kept).isEmpty();
        assertThat(settled()).isEqualTo(sent);
        assertThat(windows.getFirst().afterGap()).isEqualTo(windows.getFirst().segmentStart() > 0);
    }

    /** Sequences rise, no input is settled twice, and a jump in numbers is marked as a discontinuity. */
    @Test
    void outputSequences_riseHoweverTheGridChanges() {
        Property.holds(1000, this::assertRising);
    }

    private void assertRising(Inputs inputs) throws IOException {
        reset();
        Random random = inputs.random();
        int size = inputs.between("size", 1, 12);
        WindowEdges edges = inputs.oneOf("edges", List.of(WindowEdges.values()));
        StreamState state = new StreamState();
        int sequence = 0;
        for (int change = 0; change < 5; change++) {
            TimeGrid grid = grid(inputs);
            String fingerprint = "settings " + change;
            for (int frames = random.nextInt(25); frames > 0; frames--) {
                StreamAssembler assembler = assembler(grid, size, edges, fingerprint, state);
                sequence += random.nextInt(10) == 0 ? 2 : 1;
                assembler.accept(source(sequence - 1));
                if (random.nextInt(4) == 0) {
                    assembler.idle();
                }
                state = copy(state);
            }
        }
        assembler(grid(inputs), size, edges, "last", state).end(0, sequence);
        long next = 0;
        long core = -1;
        for (FrameWindow window : windows) {
            assertThat(window.segmentStart() + window.coreFrom()).isGreaterThanOrEqualTo(core);
            core = window.segmentStart() + window.coreTo();
            if (window.outputTo() > window.outputFrom()) {
                long first = window.segmentOutput() + window.outputFrom();
                assertThat(first).isGreaterThanOrEqualTo(next);
                if (first > next + 3) {
                    assertThat(window.outputFrom()).isZero();
                    assertThat(window.afterGap()).isTrue();
                }
                next = window.segmentOutput() + window.outputTo();
            }
        }
        assertThat(ended).isGreaterThanOrEqualTo(next);
        assertThat(kept).isEmpty();
    }

    private long settled() {
        return windows.stream()
                .mapToLong(window -> window.coreTo() - window.coreFrom())
                .sum();
    }

    private void reset() {
        kept.clear();
        windows.clear();
        dropped.clear();
    }

    private StreamAssembler assembler(TimeGrid grid, int size, StreamState state) {
        return assembler(grid, size, WindowEdges.SEAMLESS, "settings", state);
    }

    private StreamAssembler assembler(
            TimeGrid grid, int size, WindowEdges edges, String fingerprint, StreamState state) {
        return new StreamAssembler(
                "a",
                new WindowSettings(
                        size, edges, 5, 1 << 20, GapPolicy.SPLIT, 0, 0, Duration.ofDays(1), GroupLimits.DEFAULT),
                OutputGrid.alone(grid),
                fingerprint,
                new Buffer(),
                state,
                new Recorder());
    }

    private static SourceFrame source(long sequence) {
        return new SourceFrame(
                new EncodedFrame(
                        "a", 0, sequence, sequence * 10, 10, Rational.of(1, 250), FORMAT, true, false, 0, new byte[1]),
                "frames",
                0,
                sequence);
    }

    private static StreamState copy(StreamState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StreamStateBytes.write(state, new DataOutputStream(bytes));
        return StreamStateBytes.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    /** Strict: what is read is there, what is deleted was. */
    private final class Buffer implements FrameBuffer {
        @Override
        public void put(SourceFrame frame) {
            kept.put(frame.frame().sequence(), frame);
        }

        @Override
        public SourceFrame find(long session, long sequence) {
            assertThat(kept).containsKey(sequence);
            return kept.get(sequence);
        }

        @Override
        public void delete(long session, long sequence) {
            assertThat(kept.remove(sequence)).as("row %s", sequence).isNotNull();
        }
    }

    private final class Recorder implements WindowListener {
        @Override
        public void window(FrameWindow window) {
            windows.add(window);
        }

        @Override
        public void dropped(SourceFrame frame, DropPolicy policy) {
            dropped.add(policy);
        }

        @Override
        public void refused(SourceFrame frame, Refusal refusal, String detail) {
            throw new AssertionError(detail);
        }

        @Override
        public void noted(Incident incident) {}

        @Override
        public void ended(long session, long outputs) {
            ended = outputs;
        }
    }
}
