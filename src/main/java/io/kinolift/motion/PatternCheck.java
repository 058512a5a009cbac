package io.kinolift.motion;

/**
 * Tells whether all that moves in a picture is a pattern. A pattern matches again a period further, so the motion that was
 * found may be some periods off. Something else that moves would tell which one is right; without it nobody can, and the
 * shortest motion is the likely one.
 */
final class PatternCheck {
    /** On each axis, one of this many cells is looked at: a pattern covers many. */
    private static final int EVERY = 4;

    private static final int DESCENTS = 4;
    /** Steps, from which on two vectors are not the same. */
    private static final int FAR = 2 * BlockPair.STEPS;
    /** What makes two differences unlike besides a factor: four steps of 64 samples, in quarter steps. */
    private static final int UNLIKE = 1024;
    /** The cells that may be a period off, of all that are looked at: one of so many at least. */
    private static final int SHARE = 16;
    /** How many of them one cell outweighs that moves far and is no pattern. */
    private static final int WEIGHT = 8;

    private final BlockSearch search;
    private final MotionField field;
    /** Steps. */
    private final int limit;

    /**
     * @param field what the search has found
     * @param range samples that anything may move on each axis
     */
    PatternCheck(BlockSearch search, MotionField field, int range) {
        this.search = search;
        this.field = field;
        limit = range * BlockPair.STEPS;
    }

    /** Whether a pattern has taken long vectors, and hardly anything else has. */
    boolean isAlone() {
        int looked = 0;
        int periodic = 0;
        int unique = 0;
        for (int row = EVERY / 2; row < field.rows; row += EVERY) {
            for (int column = EVERY / 2; column < field.columns; column += EVERY) {
                switch (kind(column, row)) {
                    case PERIODIC -> periodic++;
                    case UNIQUE -> unique++;
                    case OTHER -> {}
                }
                looked++;
            }
        }
        return SHARE * periodic > looked && periodic > WEIGHT * unique;
    }

    private enum Kind {
        /** Matches along its vector, along a shorter one, and not in between. */
        PERIODIC,
        /** Matches along its vector only. */
        UNIQUE,
        /** Hardly moves, or is even. */
        OTHER
    }

    private Kind kind(int column, int row) {
        int cell = row * field.columns + column;
        int x = field.x[cell];
        int y = field.y[cell];
        int along = search.difference(column, row, x, y);
        search.begin(column, row, 0, 0);
        if (search.difference() < 4 * along + UNLIKE) {
            return Kind.OTHER;
        }
        search.descend(DESCENTS, limit);
        search.refine();
        int shortX = search.x();
        int shortY = search.y();
        int alongShort = search.difference();
        if (Math.abs(x - shortX) + Math.abs(y - shortY) < FAR) {
            return Kind.OTHER;
        }
        if (2 * alongShort > 3 * along + UNLIKE / 2) {
            return Kind.UNIQUE;
        }
        // Half of the way, a quarter and three eighths of it: one of them is between two periods, if there are up to
        // four.
        int most = 0;
        for (int eighths = 2; eighths <= 4; eighths++) {
            int betweenX = shortX + (x - shortX) * eighths / 8;
            int betweenY = shortY + (y - shortY) * eighths / 8;
            most = Math.max(most, search.difference(column, row, betweenX, betweenY));
        }
        // Along a straight edge, all that lies in between matches, too.
        return most > 2 * Math.max(along, alongShort) + UNLIKE ? Kind.PERIODIC : Kind.OTHER;
    }
}
