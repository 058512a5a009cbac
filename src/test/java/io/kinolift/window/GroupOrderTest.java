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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Inter-coded frames come in the order of decoding and leave in that of display; nothing is shown that lacks something. */
class GroupOrderTest {
    private static final FrameFormat FORMAT =
            new FrameFormat(Codec.H264, PixelFormat.YUV420P, 64, 48, Rational.ONE, Colour.UNSPECIFIED);
    private static final TimeGrid GRID = grid();

    private final Map<Long, SourceFrame> rows = new TreeMap<>();
    private StreamState state = new StreamState();
    private final List<Long> shown = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private GapPolicy gap = GapPolicy.SPLIT;
    private GroupLimits limits = GroupLimits.DEFAULT;
    private int size = 1;
    private List<Shot> sent = List.of();

    private static TimeGrid grid() {
        return InterpolationOperator.of(new Interpolation(
                        Mode.TRILINEAR,
                        Rational.ONE,
                        new SpatialTarget.Factors(Rational.ONE, Rational.ONE),
                        false,
                        TemporalGrid.HALF_PIXEL))
                .timeGrid();
    }

    /** A frame: its pts and dts in tens; dts is its place in the order of decoding, some frames earlier. */
    private record Shot(int pts, boolean key) {}

    private static Shot key(int pts) {
        return new Shot(pts, true);
    }

    private static Shot inter(int pts) {
        return new Shot(pts, false);
    }

    private final class Buffer implements FrameBuffer {
        @Override
        public void put(SourceFrame frame) {
            rows.put(frame.frame().sequence(), frame);
        }

        @Override
        public SourceFrame find(long session, long sequence) {
            return rows.get(sequence);
        }

        @Override
        public void delete(long session, long sequence) {
            rows.remove(sequence);
        }
    }

    private final class Listener implements WindowListener {
        @Override
        public void window(FrameWindow window) {
            for (long index = window.coreFrom(); index < window.coreTo(); index++) {
                EncodedFrame frame = window.frame(index);
                shown.add(frame.pts() / 10);
                DecodeOrder order = window.decodeOrder();
                long start = order.start(index - window.firstIndex());
                EncodedFrame key = order.at(start).frame();
                assertThat(key.keyFrame()).isTrue();
                for (long sequence = start; sequence <= frame.sequence(); sequence++) {
                    boolean leading =
                            sequence < sent.size() && sent.get((int) sequence).pts() * 10L < key.pts();
                    assertThat(order.at(sequence) != null || leading)
                            .as("frame %d for %d", sequence, frame.sequence())
                            .isTrue();
                }
                if (index == window.coreFrom() && index == 0 && window.afterGap()) {
                    told.add("gap before " + frame.pts() / 10);
                }
            }
        }

        @Override
        public void dropped(SourceFrame frame, DropPolicy policy) {
            told.add(policy + " " + frame.frame().pts() / 10);
        }

        @Override
        public void refused(SourceFrame frame, Refusal refusal, String detail) {
            told.add(refusal + " " + frame.frame().pts() / 10);
        }

        @Override
        public void noted(Incident incident) {}

        @Override
        public void ended(long session, long outputs) {}
    }

    private StreamAssembler assembler() {
        return new StreamAssembler(
                "a",
                new WindowSettings(size, WindowEdges.SEAMLESS, 0, 0, gap, 4, 1 << 20, Duration.ofDays(1), limits),
                OutputGrid.alone(GRID),
                "settings",
                new Buffer(),
                state,
                new Listener());
    }

    private static SourceFrame source(long sequence, Shot shot, long dts) {
        EncodedFrame frame = new EncodedFrame(
                        "a",
                        0,
                        sequence,
                        shot.pts() * 10L,
                        10,
                        Rational.of(1, 250),
                        FORMAT,
                        shot.key(),
                        false,
                        0,
                        new byte[100])
                .withDts(dts);
        return new SourceFrame(frame, "frames", 0, sequence);
    }

    /** The dts of frames in the order of decoding: the times of display in order, one reordering earlier. */
    private static long[] dts(List<Shot> shots) {
        List<Integer> times = shots.stream().map(Shot::pts).sorted().toList();
        int delay = 0;
        for (int i = 0; i < shots.size(); i++) {
            delay = Math.max(delay, i - times.indexOf(shots.get(i).pts()));
        }
        long[] dts = new long[shots.size()];
        for (int i = 0; i < dts.length; i++) {
            dts[i] = i < delay ? (times.getFirst() - delay + i) * 10L : times.get(i - delay) * 10L;
        }
        return dts;
    }

    private void send(List<Shot> shots, int... lost) {
        long[] dts = dts(shots);
        sent = shots;
        StreamAssembler assembler = assembler();
        for (int i = 0; i < shots.size(); i++) {
            int number = i;
            if (Arrays.stream(lost).noneMatch(each -> each == number)) {
                assembler.accept(source(i, shots.get(i), dts[i]));
            }
        }
        assembler.end(0, shots.size());
    }

    private static final List<Shot> TWO_OPEN_GROUPS = List.of(
            key(0), inter(4), inter(2), inter(1), inter(3), key(8), inter(6), inter(5), inter(7), inter(10), inter(9));

    @Test
    void frames_leaveInTheOrderOfDisplay() {
        send(TWO_OPEN_GROUPS);
        assertThat(shown).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(told).isEmpty();
        assertThat(rows).as("nothing is left in the store").isEmpty();
    }

    @Test
    void aStreamWithoutReordering_waitsForNothing() {
        StreamAssembler assembler = assembler();
        for (int i = 0; i < 5; i++) {
            assembler.accept(source(i, new Shot(i, i == 0), i * 10L));
            assertThat(state.group.pending).isEmpty();
        }
    }

    @Test
    void framesWithoutDts_waitForSixteenLaterOnes() {
        StreamAssembler assembler = assembler();
        for (int i = 0; i < 20; i++) {
            assembler.accept(source(i, new Shot(i, i == 0), EncodedFrame.NO_DTS));
        }
        assertThat(state.group.pending).hasSize(16);
        assembler.end(0, 20);
        assertThat(shown).hasSize(20).isSorted();
    }

    @Test
    void aPictureThatOthersReferTo_isKnownToBeGoodBeforeTheyAreShown() {
        // At the dts of 2, frame 1 could be shown; but it refers to 4, of which a decoder tells only when 4 is shown.
        sent = TWO_OPEN_GROUPS;
        StreamAssembler assembler = assembler();
        long[] dts = dts(TWO_OPEN_GROUPS);
        for (int i = 0; i < TWO_OPEN_GROUPS.size(); i++) {
            assembler.accept(source(i, TWO_OPEN_GROUPS.get(i), dts[i]));
            long latest = dts[i];
            state.group.placed.values().forEach(coded -> {
                for (long before = 0; before < coded.sequence(); before++) {
                    assertThat(TWO_OPEN_GROUPS.get((int) before).pts() * 10L).isLessThanOrEqualTo(latest);
                }
            });
        }
    }

    @Test
    void joiningInTheMiddle_waitsForAKeyFrameAndDropsWhatIsShownBeforeIt() {
        List<Shot> joined = TWO_OPEN_GROUPS.subList(3, TWO_OPEN_GROUPS.size());
        send(joined);
        assertThat(shown).containsExactly(8L, 9L, 10L);
        assertThat(told)
                .containsExactly(
                        "NO_REFERENCE 1",
                        "NO_REFERENCE 3",
                        "NO_REFERENCE 6",
                        "NO_REFERENCE 5",
                        "NO_REFERENCE 7",
                        "gap before 8");
        assertThat(rows).isEmpty();
    }

    @Test
    void afterALoss_nothingIsShownUntilTheNextKeyFrame() {
        send(TWO_OPEN_GROUPS, 2);
        assertThat(shown).containsExactly(0L, 4L, 8L, 9L, 10L);
        assertThat(told)
                .containsExactly(
                        "gap before 4",
                        "NO_REFERENCE 1",
                        "NO_REFERENCE 3",
                        "NO_REFERENCE 6",
                        "NO_REFERENCE 5",
                        "NO_REFERENCE 7",
                        "gap before 8");
        assertThat(state.received()).isEqualTo(10);
        assertThat(state.held()).isZero();
        assertThat(rows).isEmpty();
    }

    @Test
    void aLostKeyFrame_costsItsGroup() {
        send(TWO_OPEN_GROUPS, 5);
        assertThat(shown).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(told).hasSize(5).allMatch(line -> line.startsWith("NO_REFERENCE"));
    }

    @Test
    void gapsAreNotFilled() {
        gap = GapPolicy.HOLD;
        send(TWO_OPEN_GROUPS, 2);
        assertThat(shown).containsExactly(0L, 4L, 8L, 9L, 10L);
        assertThat(state.filled()).isZero();
    }

    @Test
    void aGroupThatIsTooLong_isRefusedOnce() {
        limits = new GroupLimits(3, 1 << 20);
        send(List.of(key(0), inter(1), inter(2), inter(3), inter(4), key(5), inter(6)));
        assertThat(shown).containsExactly(0L, 1L, 2L, 5L, 6L);
        assertThat(told).containsExactly("GROUP_TOO_LONG 3", "NO_REFERENCE 4", "gap before 5");
    }

    @Test
    void aGroupOfTooManyBytes_isRefusedOnce() {
        limits = new GroupLimits(100, 250);
        send(List.of(key(0), inter(1), inter(2), inter(3), key(4)));
        assertThat(shown).containsExactly(0L, 1L, 4L);
        assertThat(told).startsWith("GROUP_TOO_LONG 2", "NO_REFERENCE 3");
    }

    @Test
    void aDtsThatGoesBack_costsTheRestOfItsGroup() {
        StreamAssembler assembler = assembler();
        assembler.accept(source(0, key(0), 0));
        assembler.accept(source(1, inter(1), 10));
        assembler.accept(source(2, inter(2), 5));
        assembler.accept(source(3, inter(3), 30));
        assembler.accept(source(4, key(4), 40));
        assembler.end(0, 5);
        assertThat(shown).containsExactly(0L, 1L, 4L);
        assertThat(told).containsExactly("DTS_NOT_AFTER 2", "NO_REFERENCE 3", "gap before 4");
    }

    @Test
    void aMillionLostFrames_costNoWork() {
        StreamAssembler assembler = assembler();
        assembler.accept(source(0, key(0), 0));
        assembler.accept(source(1L << 35, key(1), 10));
        assembler.end(0, (1L << 35) + 1);
        assertThat(shown).containsExactly(0L, 1L);
        assertThat(rows).isEmpty();
    }

    @Test
    void theStoreKeepsTheOpenGroup_andTheOneBeforeWhileItIsNeeded() {
        sent = TWO_OPEN_GROUPS;
        StreamAssembler assembler = assembler();
        long[] dts = dts(TWO_OPEN_GROUPS);
        for (int i = 0; i < TWO_OPEN_GROUPS.size(); i++) {
            assembler.accept(source(i, TWO_OPEN_GROUPS.get(i), dts[i]));
            if (i < 9) {
                assertThat(rows)
                        .as("while frames may come that are shown before 8")
                        .containsKey(0L);
            }
        }
        Map<Boolean, List<Long>> kept =
                rows.keySet().stream().collect(Collectors.partitioningBy(sequence -> sequence < 5));
        assertThat(kept.get(false)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
        assembler.accept(source(11, inter(14), 100));
        assembler.accept(source(12, inter(13), 130));
        assembler.accept(source(13, inter(15), 140));
        assertThat(rows).doesNotContainKey(0L).containsKey(5L);
    }

    /** Random groups with losses: what is shown and when does not depend on windows or on restarts. */
    @Test
    void randomStreams_leaveAlikeHoweverTheyAreCutAndRestarted() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Shot> shots = randomGroups(random);
            int[] lost = random.ints(random.nextInt(3), 0, shots.size()).toArray();
            List<List<Long>> results = new ArrayList<>();
            for (int windowSize : new int[] {1, 2, 7, 100}) {
                state = new StreamState();
                shown.clear();
                told.clear();
                rows.clear();
                size = windowSize;
                sendRestarting(shots, lost, random);
                results.add(new ArrayList<>(shown));
                assertThat(rows).as("seed %d", seed).isEmpty();
                assertThat(state.held()).isZero();
                long dropped = state.dropped().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                assertThat(state.received()).isEqualTo(shown.size() + dropped);
            }
            assertThat(results).as("seed %d", seed).allMatch(results.getFirst()::equals);
            assertThat(results.getFirst()).isSorted().doesNotHaveDuplicates();
        }
    }

    private void sendRestarting(List<Shot> shots, int[] lost, Random random) throws IOException {
        sent = shots;
        long[] dts = dts(shots);
        StreamAssembler assembler = assembler();
        for (int i = 0; i < shots.size(); i++) {
            int number = i;
            if (Arrays.stream(lost).noneMatch(each -> each == number)) {
                assembler.accept(source(i, shots.get(i), dts[i]));
            }
            if (random.nextInt(5) == 0) {
                assembler.idle();
            }
            if (random.nextInt(5) == 0) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                StreamStateBytes.write(state, new DataOutputStream(bytes));
                state = StreamStateBytes.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
                assembler = assembler();
            }
        }
        assembler.end(0, shots.size());
    }

    /** Groups of one to four small pyramids, open or closed. */
    private static List<Shot> randomGroups(Random random) {
        List<Shot> shots = new ArrayList<>();
        int time = 0;
        for (int group = 0; group < 4; group++) {
            for (int pyramid = 0; pyramid <= random.nextInt(4); pyramid++) {
                int between = random.nextInt(4);
                boolean open = group > 0;
                int top = pyramid == 0 && !open ? time : time + between;
                shots.add(new Shot(top, pyramid == 0));
                if (top > time) {
                    Map<Integer, Integer> order = new HashMap<>();
                    for (int each = time; each < top; each++) {
                        order.put(each, random.nextInt());
                    }
                    order.entrySet().stream()
                            .sorted(Map.Entry.comparingByValue())
                            .forEach(each -> shots.add(inter(each.getKey())));
                }
                time = top + 1;
            }
        }
        return shots;
    }
}
