package io.kinolift.wire.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamClockTest {
    private static final long START = 1_764_000_000_000_000L;
    private static final long PERIOD = 40_000;
    private static final long HOUR = 3_600_000_000L;
    private static final StreamClock.Rule SMOOTHED = new StreamClock.Rule(true, 1_000_000, HOUR, 0);
    private static final StreamClock.Rule PLAIN = new StreamClock.Rule(false, 1_000_000, HOUR, 0);

    @Test
    void anEvenClock_staysAsItIs() {
        assertThat(follow(SMOOTHED, even(100))).containsExactlyElementsOf(even(100));
        assertThat(follow(PLAIN, even(100))).containsExactlyElementsOf(even(100));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void jitter_shrinks(long seed) {
        Random random = new Random(seed);
        List<Long> sent = even(500).stream()
                .map(micros -> (micros + random.nextInt(30_000)) / 1000 * 1000)
                .toList();
        List<Long> found = follow(SMOOTHED, sent);
        assertThat(deviation(found.subList(100, 500))).isLessThan(0.4 * deviation(sent.subList(100, 500)));
        assertRises(found);
    }

    /** As brokers stamp a batch with the time of its arrival. */
    @Test
    void batches_areSpread() {
        List<Long> sent = even(400).stream()
                .map(micros -> START + (micros - START) / (10 * PERIOD) * (10 * PERIOD))
                .toList();
        List<Long> found = follow(SMOOTHED, sent);
        assertRises(found);
        assertThat(deviation(found.subList(200, 400))).isLessThan(0.4 * deviation(sent.subList(200, 400)));
    }

    @Test
    void equalTimes_riseAllTheSame() {
        List<Long> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sent.add(START);
        }
        assertRises(follow(SMOOTHED, sent));
        assertRises(follow(PLAIN, sent));
    }

    @Test
    void aPause_isKept() {
        List<Long> sent = even(200);
        sent.replaceAll(micros -> micros > START + 100 * PERIOD ? micros + 10_000_000 : micros);
        List<Long> found = follow(SMOOTHED, sent);
        assertThat(found.getLast()).isEqualTo(sent.getLast());
        assertThat(found.get(101) - found.get(100)).isEqualTo(10_000_000 + PERIOD);
    }

    @ParameterizedTest
    @ValueSource(longs = {-HOUR, 5_000_000_000_000_000L})
    void oneWrongTime_isNotBelieved(long error) {
        List<Long> sent = even(100);
        sent.set(50, sent.get(50) + error);
        assertThat(follow(SMOOTHED, sent)).containsExactlyElementsOf(even(100));
    }

    @Test
    void aClockSetBack_goesOnAsIfItHadNotBeen() {
        List<Long> sent = even(100);
        for (int i = 50; i < 100; i++) {
            sent.set(i, sent.get(i) - 500_000_000);
        }
        StreamClock clock = new StreamClock();
        List<Long> found = new ArrayList<>();
        List<Integer> jumps = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            found.add(clock.follow(sent.get(i), SMOOTHED));
            if (clock.hasJumped()) {
                jumps.add(i);
            }
        }
        assertThat(found).containsExactlyElementsOf(even(100));
        assertThat(jumps).containsExactly(51);
    }

    @Test
    void aClockSetFarAhead_isFollowedFromTheSecondTimeOn() {
        List<Long> sent = even(100);
        for (int i = 50; i < 100; i++) {
            sent.set(i, sent.get(i) + 2 * HOUR);
        }
        List<Long> found = follow(SMOOTHED, sent);
        assertThat(found.get(50)).isEqualTo(even(51).getLast());
        assertThat(found.subList(51, 100)).containsExactlyElementsOf(sent.subList(51, 100));
    }

    /** Whatever comes: times rise, and a clock that was written and read in between gives the same. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void anyTimes_rise_andARestartChangesNothing(long seed) throws IOException {
        Random random = new Random(seed);
        StreamClock clock = new StreamClock();
        StreamClock restarted = new StreamClock();
        long before = Long.MIN_VALUE;
        for (int i = 0; i < 5000; i++) {
            long micros = switch (random.nextInt(6)) {
                case 0 -> random.nextLong(TimeUnitName.LATEST_MICROS);
                case 1 -> 0;
                default -> START + i * PERIOD + random.nextInt(100_000);
            };
            long found = clock.follow(micros, SMOOTHED);
            assertThat(found).as("time %d of seed %d", i, seed).isGreaterThan(before);
            restarted = copy(restarted);
            assertThat(restarted.follow(micros, SMOOTHED)).isEqualTo(found);
            before = found;
        }
    }

    private static StreamClock copy(StreamClock clock) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        clock.write(new DataOutputStream(bytes));
        return StreamClock.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    private static List<Long> even(int frames) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            times.add(START + i * PERIOD);
        }
        return times;
    }

    private static List<Long> follow(StreamClock.Rule rule, List<Long> times) {
        StreamClock clock = new StreamClock();
        return times.stream().map(micros -> clock.follow(micros, rule)).toList();
    }

    private static void assertRises(List<Long> times) {
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i)).isGreaterThan(times.get(i - 1));
        }
    }

    /** How far the distances of times are from the period, in microseconds, root mean square. */
    private static double deviation(List<Long> times) {
        double sum = 0;
        for (int i = 1; i < times.size(); i++) {
            double error = times.get(i) - times.get(i - 1) - PERIOD;
            sum += error * error;
        }
        return Math.sqrt(sum / (times.size() - 1));
    }
}
