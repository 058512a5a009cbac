package io.kinolift.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Disorder, repetitions, gaps, restarts, ends in the wrong place: the segments and counts are those of
 * {@link DisorderModel}. {@code -Dkinolift.disorder.cases=N} asks for more.
 */
class DisorderTest {
    private static final int CASES = Integer.getInteger("kinolift.disorder.cases", 2000);
    private static final List<String> FACTORS = List.of("2", "5/2", "1", "2/5");

    @Test
    void anyInterleaving_isWhatTheModelSays() throws IOException {
        for (int seed = 0; seed < CASES; seed++) {
            check(seed);
        }
    }

    private static void check(long seed) throws IOException {
        Random random = new Random(seed);
        int reorder = random.nextInt(6);
        GapPolicy gap = GapPolicy.values()[random.nextInt(3)];
        int gapFrames = random.nextInt(5);
        TimeGrid grid = InterpolationOperator.of(new Interpolation(
                        Mode.TRILINEAR,
                        Rational.parse(FACTORS.get(random.nextInt(FACTORS.size()))),
                        new SpatialTarget.Factors(Rational.ONE, Rational.ONE),
                        false,
                        TemporalGrid.HALF_PIXEL))
                .timeGrid();
        WindowSettings settings = new WindowSettings(
                1 + random.nextInt(9),
                WindowEdges.SEAMLESS,
                reorder,
                1 << 20,
                gap,
                gapFrames,
                1 << 20,
                Duration.ofDays(1),
                GroupLimits.DEFAULT);
        DisorderModel model = new DisorderModel(grid, reorder, gap, gapFrames);
        Found found = new Found();
        StreamState state = new StreamState();
        for (EncodedFrame record : records(random)) {
            StreamAssembler assembler =
                    new StreamAssembler("a", settings, OutputGrid.alone(grid), "settings", found, state, found);
            if (!record.payload().hasRemaining()) {
                model.end(record.session(), record.sequence());
                assembler.end(record.session(), record.sequence());
            } else {
                model.frame(record);
                assembler.accept(new SourceFrame(record, "frames", 0, 0));
            }
            if (random.nextInt(5) == 0) {
                assembler.idle();
            }
            state = restored(state);
            assertThat(counts(state.dropped(), DropPolicy.class))
                    .as("seed %s", seed)
                    .isEqualTo(model.dropped);
            assertThat(counts(state.incidents(), Incident.class))
                    .as("seed %s", seed)
                    .isEqualTo(model.incidents);
        }
        assertThat(found.segments).as("seed %s", seed).isEqualTo(model.segments);
        assertThat(found.refused).as("refused, seed %s", seed).isEqualTo(model.refused);
        assertThat(found.ends).as("ends, seed %s", seed).isEqualTo(model.ends);
    }

    private static <E extends Enum<E>> Map<E, Integer> counts(Map<E, Long> counts, Class<E> type) {
        Map<E, Integer> small = new EnumMap<>(type);
        counts.forEach((key, count) -> small.put(key, count.intValue()));
        return small;
    }

    private static StreamState restored(StreamState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StreamStateBytes.write(state, new DataOutputStream(bytes));
        return StreamStateBytes.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    /** A few runs of a producer; a record without payload is an end. */
    private static List<EncodedFrame> records(Random random) {
        List<EncodedFrame> records = new ArrayList<>();
        long session = 0;
        for (int run = 1 + random.nextInt(4); run > 0; run--) {
            List<EncodedFrame> sent = new ArrayList<>();
            int frames = random.nextInt(25);
            int width = 1;
            for (int sequence = 0; sequence < frames; sequence++) {
                width = random.nextInt(15) == 0 ? 1 + random.nextInt(3) : width;
                boolean mark = sequence == 0 ? random.nextInt(3) == 0 : random.nextInt(20) == 0;
                long pts = random.nextInt(25) == 0 ? 0 : 10 + sequence * (random.nextInt(30) == 0 ? 1L : 10L);
                int copies = random.nextInt(10) == 0 ? 0 : random.nextInt(12) == 0 ? 2 : 1;
                sent.addAll(Collections.nCopies(copies, record(session, sequence, pts, width, mark, 4)));
            }
            for (int swaps = random.nextInt(6); swaps > 0 && sent.size() > 8; swaps--) {
                int at = random.nextInt(sent.size() - 7);
                Collections.shuffle(sent.subList(at, at + 2 + random.nextInt(6)), random);
            }
            for (int ends = random.nextInt(4) - 1; ends > 0; ends--) {
                sent.add(record(session, frames + random.nextInt(3), 0, 1, false, 0));
            }
            if (random.nextInt(4) == 0 && !sent.isEmpty()) {
                sent.add(sent.get(random.nextInt(sent.size())));
            }
            records.addAll(sent);
            session = Math.max(0, session + random.nextInt(4) - 1);
        }
        // A new session settles everything before it.
        records.add(record(100, 0, 0, 1, false, 0));
        return records;
    }

    private static EncodedFrame record(long session, long sequence, long pts, int width, boolean mark, int bytes) {
        FrameFormat format = new FrameFormat(Codec.RAW, PixelFormat.GRAY8, width, 1, Rational.ONE, Colour.UNSPECIFIED);
        return new EncodedFrame(
                "a", session, sequence, pts, 10, Rational.of(1, 250), format, true, mark, 0, new byte[bytes]);
    }

    /** Puts the windows of each segment together again. */
    private static final class Found implements FrameBuffer, WindowListener {
        final List<DisorderModel.Segment> segments = new ArrayList<>();
        int refused;
        int ends;
        private final Map<String, SourceFrame> kept = new HashMap<>();

        @Override
        public void window(FrameWindow window) {
            if (window.coreFrom() == 0 && window.outputFrom() == 0) {
                segments.add(new DisorderModel.Segment(
                        window.session(),
                        new ArrayList<>(),
                        window.afterGap(),
                        window.frame(0).format().width()));
            }
            for (long index = window.coreFrom(); index < window.coreTo(); index++) {
                long sequence = window.frame(index).sequence();
                assertThat(sequence).isEqualTo(window.segmentStart() + index);
                segments.getLast().places().add(window.at(index).isFilled() ? -1 - sequence : sequence);
            }
        }

        @Override
        public void put(SourceFrame source) {
            assertThat(kept.put(key(source.frame().session(), source.frame().sequence()), source))
                    .isNull();
        }

        @Override
        public SourceFrame find(long session, long sequence) {
            return kept.get(key(session, sequence));
        }

        @Override
        public void delete(long session, long sequence) {
            assertThat(kept.remove(key(session, sequence))).isNotNull();
        }

        private static String key(long session, long sequence) {
            return session + "/" + sequence;
        }

        @Override
        public void dropped(SourceFrame frame, DropPolicy policy) {}

        @Override
        public void refused(SourceFrame frame, Refusal refusal, String detail) {
            refused++;
        }

        @Override
        public void noted(Incident incident) {}

        @Override
        public void ended(long session, long sequence) {
            ends++;
            assertThat(kept).isEmpty();
        }
    }
}
