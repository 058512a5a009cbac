package io.kinolift.topology;

import java.util.Set;

/** How many windows of a task are away, by lane. */
final class Lanes {
    private static final int MOST_HANDICAP = 2;

    /** A lane of this instance counts as if it had this many more windows. */
    private final int handicap;

    private final int[] away;
    /** Where the search for a free lane begins; tasks begin at different ones, and go round. */
    private int next;

    /**
     * Lanes without windows.
     *
     * @param first where the search for a free lane begins
     * @param ahead windows that may be away in all
     */
    Lanes(int lanes, int first, int ahead) {
        // With few windows in all, others would get each of them.
        this.handicap = Math.clamp(ahead / lanes - 1, 0, MOST_HANDICAP);
        this.away = new int[lanes];
        this.next = first % lanes;
    }

    /**
     * The lane with the fewest windows, so that an instance gets as many as it can do. This instance also puts all outputs
     * in order, for which it needs its cores, so others are preferred to it.
     *
     * @param avoided lanes that are taken only if there is no other
     * @param near all lanes of this instance
     */
    int leastBusy(Set<Integer> avoided, Set<Integer> near) {
        int best = next;
        for (int i = 1; i < away.length; i++) {
            int lane = (next + i) % away.length;
            boolean sameKind = avoided.contains(lane) == avoided.contains(best);
            if (sameKind ? load(lane, near) < load(best, near) : avoided.contains(best)) {
                best = lane;
            }
        }
        next = (best + 1) % away.length;
        return best;
    }

    private int load(int lane, Set<Integer> near) {
        return near.contains(lane) ? away[lane] + handicap : away[lane];
    }

    /** A window goes away; one that is upscaled in place is on no lane. */
    void take(int lane) {
        if (isLane(lane)) {
            away[lane]++;
        }
    }

    /** A window is back. */
    void give(int lane) {
        if (isLane(lane)) {
            away[lane]--;
        }
    }

    /** Windows that went away when there were more lanes are on none of ours. */
    private boolean isLane(int lane) {
        return lane >= 0 && lane < away.length;
    }
}
