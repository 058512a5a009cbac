package io.kinolift.engine;

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
import io.kinolift.window.DropPolicy;
import io.kinolift.window.FrameBuffer;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.GapPolicy;
import io.kinolift.window.GroupLimits;
import io.kinolift.window.Incident;
import io.kinolift.window.OutputGrid;
import io.kinolift.window.SourceFrame;
import io.kinolift.window.StreamAssembler;
import io.kinolift.window.StreamState;
import io.kinolift.window.WindowEdges;
import io.kinolift.window.WindowListener;
import io.kinolift.window.WindowSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The times of outputs strictly increase, across every break in a stream and for any cut into windows. */
class OutputTimesTest {
    private static final List<Rational> FACTORS =
            List.of(Rational.of(2), Rational.of(5, 2), Rational.ONE, Rational.of(2, 5), Rational.of(3));

    @Test
    void outputs_areStrictlyIncreasingAcrossSegments() {
        Property.holds(600, this::assertIncreasingAcrossSegments);
    }

    private void assertIncreasingAcrossSegments(Inputs inputs) {
        Random random = inputs.random();
        WindowEdges edges = random.nextInt(4) == 0 ? WindowEdges.INDEPENDENT : WindowEdges.SEAMLESS;
        GapPolicy gap = edges == WindowEdges.SEAMLESS ? GapPolicy.values()[random.nextInt(3)] : GapPolicy.SPLIT;
        TimeGrid grid = new Wide(FACTORS.get(random.nextInt(FACTORS.size())), random.nextInt(9) - 2);
        List<EncodedFrame> frames = frames(random);
        int size = 1 + random.nextInt(6);

        List<Start> starts = starts(frames, grid, size, edges, gap);

        assertThat(starts).isNotEmpty();
        for (int i = 1; i < starts.size(); i++) {
            assertThat(starts.get(i).seconds())
                    .as("output %s of %s", i, starts)
                    .isGreaterThan(starts.get(i - 1).seconds());
        }
        if (edges == WindowEdges.SEAMLESS) {
            assertThat(starts(frames, grid, 1 + random.nextInt(40), edges, gap)).isEqualTo(starts);
        }
    }

    @Test
    void outputs_areStrictlyIncreasingAcrossAChangeOfSettings() {
        Property.holds(300, this::assertIncreasingAcrossAChangeOfSettings);
    }

    /** Other settings, so another grid, from some frame on; what had left by then stays as it is. */
    private void assertIncreasingAcrossAChangeOfSettings(Inputs inputs) {
        Random random = inputs.random();
        List<EncodedFrame> frames = frames(random);
        WindowSettings settings = new WindowSettings(
                1 + random.nextInt(6),
                WindowEdges.SEAMLESS,
                0,
                0,
                GapPolicy.values()[random.nextInt(3)],
                4,
                100,
                Duration.ofDays(1),
                GroupLimits.DEFAULT);
        Windows windows = new Windows();
        StreamState state = new StreamState();
        List<Start> starts = new ArrayList<>();
        TimeGrid grid = null;
        StreamAssembler assembler = null;
        for (EncodedFrame frame : frames) {
            if (assembler == null || random.nextInt(8) == 0) {
                grid = new Wide(FACTORS.get(random.nextInt(FACTORS.size())), random.nextInt(9) - 2);
                assembler = new StreamAssembler(
                        "a", settings, OutputGrid.alone(grid), "settings" + grid, windows, state, windows);
            }
            assembler.accept(new SourceFrame(frame, "frames", 0, 0));
            if (random.nextInt(3) == 0) {
                assembler.idle();
            }
            starts.addAll(starts(windows.take(), grid));
        }
        assembler.end(frames.getLast().session(), frames.getLast().sequence() + 1);
        starts.addAll(starts(windows.take(), grid));
        for (int i = 1; i < starts.size(); i++) {
            assertThat(starts.get(i).seconds())
                    .as("output %s of %s", i, starts)
                    .isGreaterThan(starts.get(i - 1).seconds());
        }
        assertThat(state.held()).isZero();
        assertThat(windows.kept).isEmpty();
    }

    @Test
    void aDurationThatIsTooLong_isShortenedToTheNextSegment() {
        List<EncodedFrame> frames = List.of(frame(0, 0, 40, 1), frame(1, 40, 4000, 1), frame(2, 60, 40, 2));
        assertThat(starts(frames, new Wide(Rational.of(2), 0), 4, WindowEdges.SEAMLESS, GapPolicy.SPLIT))
                .extracting(Start::ticks)
                .containsExactly(0L, 40L, 80L, 100L, 120L, 160L);
    }

    @Test
    void outputsForWhichNoTickIsLeft_areSurplus() {
        // Two ticks are left for seven outputs: those at parts 0 and 4 of 7 take them.
        List<EncodedFrame> frames = List.of(frame(0, 0, 40, 1), frame(1, 40, 40, 1), frame(2, 41, 40, 2));
        assertThat(starts(frames, new Wide(Rational.of(2), 5), 4, WindowEdges.SEAMLESS, GapPolicy.SPLIT))
                .extracting(Start::ticks)
                .startsWith(0L, 40L, 80L, 81L, 82L);
    }

    /** Odd durations, holes, marks, sizes and time bases that change; the clock only goes on. */
    private static List<EncodedFrame> frames(Random random) {
        List<EncodedFrame> frames = new ArrayList<>();
        long sequence = 0;
        long session = 0;
        long millis = random.nextInt(2000) - 1000L;
        int width = 1;
        boolean microseconds = false;
        for (int i = 0; i < 30; i++) {
            sequence += random.nextInt(6) == 0 ? 1 + random.nextInt(6) : 1;
            if (random.nextInt(12) == 0) {
                session++;
                sequence = 0;
            }
            width = random.nextInt(8) == 0 ? 1 + random.nextInt(3) : width;
            microseconds ^= random.nextInt(10) == 0;
            long unit = microseconds ? 1000 : 1;
            FrameFormat format =
                    new FrameFormat(Codec.RAW, PixelFormat.GRAY8, width, 1, Rational.ONE, Colour.UNSPECIFIED);
            frames.add(new EncodedFrame(
                    "a",
                    session,
                    sequence,
                    millis * unit,
                    random.nextInt(3) == 0 ? 0 : random.nextInt(200) * unit,
                    Rational.of(1, 1000 * unit),
                    format,
                    true,
                    random.nextInt(10) == 0 && sequence > 0,
                    0,
                    new byte[1]));
            millis += 1 + random.nextInt(random.nextBoolean() ? 2 : 60);
        }
        return frames;
    }

    private static EncodedFrame frame(long sequence, long pts, long duration, int width) {
        FrameFormat format = new FrameFormat(Codec.RAW, PixelFormat.GRAY8, width, 1, Rational.ONE, Colour.UNSPECIFIED);
        return new EncodedFrame(
                "a", 0, sequence, pts, duration, Rational.of(1, 1000), format, true, false, 0, new byte[1]);
    }

    private record Start(long session, long segment, long output, long ticks, Rational seconds) {}

    private static List<Start> starts(
            List<EncodedFrame> frames, TimeGrid grid, int size, WindowEdges edges, GapPolicy gap) {
        Windows windows = new Windows();
        StreamAssembler assembler = new StreamAssembler(
                "a",
                new WindowSettings(size, edges, 0, 0, gap, 4, 100, Duration.ofDays(1), GroupLimits.DEFAULT),
                OutputGrid.alone(grid),
                "settings",
                windows,
                new StreamState(),
                windows);
        frames.forEach(frame -> assembler.accept(new SourceFrame(frame, "frames", 0, 0)));
        assembler.end(frames.getLast().session(), frames.getLast().sequence() + 1);
        return starts(windows.take(), grid);
    }

    private static List<Start> starts(List<FrameWindow> windows, TimeGrid grid) {
        OutputFrames outputs = new OutputFrames(grid, Codec.RAW);
        List<Start> starts = new ArrayList<>();
        for (FrameWindow window : windows) {
            for (long o = window.outputFrom(); o < window.outputTo(); o++) {
                if (!outputs.isSurplus(window, o)) {
                    EncodedFrame out = outputs.frame(
                            window, o, window.frames().getFirst().frame().format(), ByteBuffer.allocate(1));
                    starts.add(new Start(
                            window.session(),
                            window.segmentStart(),
                            o,
                            out.pts(),
                            out.timeBase().multiply(Rational.of(out.pts()))));
                }
            }
        }
        return starts;
    }

    /** An operator that has a few more, or less, outputs than inputs times factor, as transposed convolutions do. */
    private record Wide(Rational factor, long extra) implements TimeGrid {
        @Override
        public int haloBefore() {
            return 1;
        }

        @Override
        public int haloAfter() {
            return 1;
        }

        @Override
        public long outputCount(long frames) {
            return Math.max(1, factor.floorOfProduct(frames) + extra);
        }

        @Override
        public long firstTap(long output) {
            return owner(output) - 1;
        }

        @Override
        public long lastTap(long output) {
            return owner(output) + 1;
        }

        @Override
        public long nearestInput(long output) {
            return owner(output);
        }
    }

    private static final class Windows implements FrameBuffer, WindowListener {
        private final List<FrameWindow> found = new ArrayList<>();
        private final Map<Long, SourceFrame> kept = new HashMap<>();

        List<FrameWindow> take() {
            List<FrameWindow> taken = List.copyOf(found);
            found.clear();
            return taken;
        }

        @Override
        public void put(SourceFrame frame) {
            kept.put(frame.frame().sequence(), frame);
        }

        @Override
        public SourceFrame find(long session, long sequence) {
            return kept.get(sequence);
        }

        @Override
        public void delete(long session, long sequence) {
            kept.remove(sequence);
        }

        @Override
        public void window(FrameWindow window) {
            found.add(window);
        }

        @Override
        public void dropped(SourceFrame frame, DropPolicy policy) {
            throw new AssertionError(policy);
        }

        @Override
        public void refused(SourceFrame frame, Refusal refusal, String detail) {
            throw new AssertionError(detail);
        }

        @Override
        public void noted(Incident incident) {}

        @Override
        public void ended(long session, long sequence) {}
    }
}
