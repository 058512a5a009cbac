package io.kinolift.frame;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** Frame rates as people write them. */
public final class FrameRate {
    /** Of film and of American television; all their multiples have a 1000/1001 of their own. */
    private static final List<Integer> BROADCAST = List.of(24, 30);

    private static final BigDecimal NTSC = new BigDecimal("1000").divide(new BigDecimal("1001"), new MathContext(30));

    private FrameRate() {}

    /**
     * Reads {@code 25}, {@code 30000/1001} or {@code 12.5}. A decimal that 24, 30 or a multiple times 1000/1001 is cut or
     * rounded to, such as 23.976, 23.98, 29.97, 59.94 and 119.88, means that; any other is exact as written.
     *
     * @throws IllegalArgumentException if the text is no positive number
     */
    public static Rational parse(String text) {
        Rational written = Rational.parse(text);
        if (!written.isPositive()) {
            throw new IllegalArgumentException("expected a number above 0, found " + text);
        }
        return text.contains("/") ? written : broadcast(new BigDecimal(text.strip()), written);
    }

    private static Rational broadcast(BigDecimal value, Rational written) {
        long whole = Math.round(written.toDouble() * 1.001);
        boolean known = BROADCAST.stream().anyMatch(rate -> whole >= rate && whole % rate == 0);
        if (value.scale() < 2 || !known) {
            return written;
        }
        BigDecimal exact = BigDecimal.valueOf(whole).multiply(NTSC);
        boolean meant = exact.setScale(value.scale(), RoundingMode.HALF_UP).compareTo(value) == 0
                || exact.setScale(value.scale(), RoundingMode.DOWN).compareTo(value) == 0;
        return meant ? Rational.of(1000 * whole, 1001) : written;
    }
}
