package io.kinolift.live.watch;

/**
 * Leaves pictures out where encoding is slower than they come, so that watchers see fewer of them and not older ones.
 * Of pictures that have waited too long, every second one is left out; of those that have waited twice as long, two of
 * three, and so on.
 */
final class Thinning {
    private static final int MOST_IN_A_ROW = 5;

    private final double mostSeconds;
    private int inARow;

    /** @param mostSeconds that a picture may wait before others are left out */
    Thinning(double mostSeconds) {
        this.mostSeconds = mostSeconds;
    }

    /**
     * Whether the next picture is left out.
     *
     * @param waited seconds since it came
     * @param usual seconds that a picture may wait because several come together
     * @param mayLeave whether the run goes on without this one
     */
    boolean leavesOut(double waited, double usual, boolean mayLeave) {
        int steps = (int) ((waited - usual) / mostSeconds);
        boolean leaves = mayLeave && inARow < Math.min(MOST_IN_A_ROW, steps);
        inARow = leaves ? inARow + 1 : 0;
        return leaves;
    }
}
