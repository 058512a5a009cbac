package io.kinolift.kernel.interpolate;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Rounded division in 16-bit lanes, which have no high multiply: for every n up to largest * divisor + divisor / 2,
 * {@code ((n >>> before) * factor) >>> after} is n / divisor or off by one, and the product fits 16 bits.
 *
 * @param largest quotient, a sample
 * @param divisor 1 to 256 for bytes, to 64 for 10 bits, to 16 for 12 bits: n fits 16 bits
 */
public record ShortDivision(int largest, int divisor, int before, int factor, int after) {
    private static final int BITS = 16;
    private static final ConcurrentMap<Wanted, Optional<ShortDivision>> FOUND = new ConcurrentHashMap<>();

    private record Wanted(int largest, int divisor) {}

    /**
     * Finds the numbers for a divisor.
     *
     * @return empty if there are no such numbers: they are searched for, not derived
     */
    public static Optional<ShortDivision> by(long divisor, int largest) {
        if (divisor < 1 || divisor > ((1 << (BITS + 1)) - 2) / (2 * largest + 1)) {
            return Optional.empty();
        }
        return FOUND.computeIfAbsent(new Wanted(largest, (int) divisor), ShortDivision::search);
    }

    private static Optional<ShortDivision> search(Wanted wanted) {
        int divisor = wanted.divisor;
        for (int before = 0; before < BITS; before++) {
            for (int after = 0; after < BITS; after++) {
                long nearest = (1L << (before + after)) / divisor;
                for (long factor = Math.max(1, nearest - 1); factor <= nearest + 1; factor++) {
                    ShortDivision found = new ShortDivision(wanted.largest, divisor, before, (int) factor, after);
                    if (found.serves()) {
                        return Optional.of(found);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean serves() {
        int most = largest * divisor + divisor / 2;
        if ((long) (most >>> before) * factor >= 1 << BITS) {
            return false;
        }
        for (int n = 0; n <= most; n++) {
            if (Math.abs((((n >>> before) * factor) >>> after) - n / divisor) > 1) {
                return false;
            }
        }
        return true;
    }
}
