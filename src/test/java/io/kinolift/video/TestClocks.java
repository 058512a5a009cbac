package io.kinolift.video;

import io.kinolift.frame.Rational;
import java.util.List;

/** Clocks and rates of real files, and rates that people ask for. */
public final class TestClocks {
    public static final List<Rational> UNITS = List.of(
            Rational.of(1, 25),
            Rational.of(1, 1000),
            Rational.of(1, 90_000),
            Rational.of(1001, 30_000),
            Rational.of(1, 30_000),
            Rational.of(1, 1_000_000),
            Rational.of(1, 1_000_000_000));
    public static final List<Rational> RATES = List.of(
            Rational.of(24_000, 1001),
            Rational.of(30_000, 1001),
            Rational.of(25),
            Rational.of(30),
            Rational.of(60),
            Rational.of(15, 2),
            Rational.of(19_001, 633));
    public static final List<Rational> WANTED_RATES = List.of(
            Rational.of(24_000, 1001),
            Rational.of(60_000, 1001),
            Rational.of(120_000, 1001),
            Rational.of(50),
            Rational.of(60),
            Rational.of(144));

    private TestClocks() {}
}
