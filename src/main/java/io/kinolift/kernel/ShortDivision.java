package io.kinolift.kernel;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Rounded division in 16-bit lanes, which have no high multiply: for every n up to 255 * divisor + divisor / 2,
 * {@code ((n >>> before) * factor) >>> after} is n / divisor or one beside it, and the product fits 16 bits.
 *
 * @param divisor 1 to {@link #MAX_DIVISOR}
 */
public record ShortDivision(int divisor, int before, int factor, int after) {
    /** 255 * 256 + 128 fits 16 bits. */
    public static final int MAX_DIVISOR = 256;
    private static final int BITS = 16;
    private static final ConcurrentMap<Integer, Optional<ShortDivision>> FOUND = new ConcurrentHashMap<>();

    /** @return empty where there are no such numbers: they are looked for, not derived */
    public static Optional<ShortDivision> by(long divisor) {
        if (divisor < 1 || divisor > MAX_DIVISOR) {
            return Optional.empty();
        }
        return FOUND.computeIfAbsent((int) divisor, ShortDivision::search);
    }

    private static Optional<ShortDivision> search(int divisor) {
        for (int before = 0; before < BITS; before++) {
            for (int after = 0; after < BITS; after++) {
                long nearest = (1L << (before + after)) / divisor;
                for (long factor = Math.max(1, nearest - 1); factor <= nearest + 1; factor++) {
                    ShortDivision found = new ShortDivision(divisor, before, (int) factor, after);
                    if (found.serves()) {
                        return Optional.of(found);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean serves() {
        int most = 255 * divisor + divisor / 2;
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
