package io.kinolift.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kinolift.frame.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerClockTest {
    private static final int CASES = 5_000;
    private static final int PICTURES = 60;
    /** As the topology does it: times of the input's clock, finer by the numerator of the factor. */
    @Test
    void everyTickIsTheNearestToTheExactTime() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            Rational rate = pick(TestClocks.RATES, random);
            Rational wanted = pick(TestClocks.WANTED_RATES, random);
            Rational factor = random.nextBoolean()
                    ? wanted.divide(rate)
                    : Rational.of(1 + random.nextInt(9), 1 + random.nextInt(4));
            Rational unit = pick(TestClocks.UNITS, random).divide(Rational.of(factor.numerator()));
            Rational outputRate = rate.multiply(factor);
            Rational tick =
                    random.nextInt(3) == 0 ? Rational.of(1, 1000) : ContainerClock.preferredTick(unit, outputRate);
            check("seed " + seed, unit, outputRate, tick, random.nextLong(1L << 40));
        }
    }

    private static void check(String name, Rational unit, Rational rate, Rational tick, long start) {
        assertThat(tick.denominator()).as(name).isLessThanOrEqualTo(Integer.MAX_VALUE);
        ContainerClock clock = new ContainerClock(tick);
        long first = 0;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < PICTURES; i++) {
            long pts = start + Ticks.nearest(i, rate.inverse(), unit);
            long end = start + Ticks.nearest(i + 1, rate.inverse(), unit);
            if (end == pts) {
                return; // a clock too coarse for the rate
            }
            long placed = clock.place(pts, unit);
            BigDecimal error = exact(pts, unit, tick).subtract(BigDecimal.valueOf(placed));
            assertThat(error.abs()).as(name).isLessThanOrEqualTo(new BigDecimal("0.5000001"));
            assertThat(placed).as(name).isGreaterThan(last);
            last = placed;
            first = i == 0 ? placed : first;
            double seconds = (placed - first + clock.until(end, unit)) * tick.toDouble();
            assertThat(seconds).as(name).isCloseTo((i + 1) / rate.toDouble(), within(1 / rate.toDouble()));
        }
    }

    private static BigDecimal exact(long time, Rational unit, Rational tick) {
        BigInteger numerator = BigInteger.valueOf(time)
                .multiply(BigInteger.valueOf(unit.numerator()))
                .multiply(BigInteger.valueOf(tick.denominator()));
        BigInteger denominator = BigInteger.valueOf(unit.denominator()).multiply(BigInteger.valueOf(tick.numerator()));
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), new MathContext(40));
    }

    private static Rational pick(List<Rational> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    @ParameterizedTest
    @CsvSource({
        "1/25, 50, 25",
        "1001/30000, 30, 30000",
        "1/180000, 60, 180000",
        "1/30030000, 60, 30030000",
        "1/29999970000, 60000/1001, 120000",
        "1/3000000000, 75, 90000",
        "1/3000000000, 2000000001/1000000, 1000000"
    })
    void theTickHoldsTheClock_elseTheRate_elseIsAMicrosecond(String unit, String rate, long ticksPerSecond) {
        assertThat(ContainerClock.preferredTick(Rational.parse(unit), Rational.parse(rate)))
                .isEqualTo(Rational.of(1, ticksPerSecond));
    }

    @Test
    void timesThatMeetGrowByOneTick() {
        ContainerClock clock = new ContainerClock(Rational.of(1, 1000));
        Rational micros = Rational.of(1, 1_000_000);
        assertThat(clock.place(-500, micros)).isZero();
        assertThat(clock.place(-400, micros)).isEqualTo(1);
        assertThat(clock.place(1499, micros)).isEqualTo(2);
        assertThat(clock.place(2500, micros)).isEqualTo(3);
        assertThat(clock.until(5400, micros)).isEqualTo(2);
        assertThat(clock.until(100, micros)).isZero();
    }

    @Test
    void noTimeIsTooLargeOnTheWay() {
        assertThat(Ticks.nearest(Long.MAX_VALUE, Rational.of(1, 29_999_970_000L), Rational.of(1, 1000)))
                .isEqualTo(307_446_042_008L);
        assertThat(Ticks.nearest(-3, Rational.of(1, 2), Rational.ONE)).isEqualTo(-1);
    }
}
