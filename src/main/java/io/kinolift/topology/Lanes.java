package io.kinolift.topology;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How many windows of a task are away, by lane, and how fast each instance is. Instances differ: some have more lanes than
 * others, or slower cores, and this one also puts all outputs in order. A window that comes late holds up those behind it,
 * so each goes to where it is expected to be through soonest.
 */
final class Lanes {
    /** The newest of an instance's windows counts as one in so many. */
    private static final double MEMORY = 8;

    private final int[] away;
    /** Where each lane is; null before a window has come back from it. */
    private final Instance[] places;

    private final Instance own;
    private final int ahead;
    /** Where the search for a free lane begins; tasks begin at different ones, and go round. */
    private int next;

    /** One process. */
    private static final class Instance {
        private final String id;
        /** When it last brought a window back, or got one when it had none. */
        private long sinceMillis;

        private boolean began;
        /** From one window to the next, while it has any; 0 before it is known. */
        private double millisPerWindow;

        private Instance(String id) {
            this.id = id;
        }

        void begin(long nowMillis) {
            began = true;
            sinceMillis = nowMillis;
        }

        void bringsBack(long nowMillis) {
            if (began) {
                double millis = Math.max(1, nowMillis - sinceMillis);
                millisPerWindow = millisPerWindow == 0 ? millis : millisPerWindow + (millis - millisPerWindow) / MEMORY;
            }
            begin(nowMillis);
        }
    }

    /**
     * Lanes without windows.
     *
     * @param first where the search for a free lane begins
     * @param ahead windows that may be away in all
     * @param ownId of this instance
     */
    Lanes(int lanes, int first, int ahead, String ownId) {
        this.away = new int[lanes];
        this.places = new Instance[lanes];
        this.own = new Instance(ownId);
        this.ahead = ahead;
        this.next = first % lanes;
    }

    /**
     * The lane from which the next window is expected back first.
     *
     * @param avoided lanes that are taken only if there is no other
     * @param near all lanes of this instance
     */
    int soonest(Set<Integer> avoided, Set<Integer> near) {
        for (int lane = 0; lane < away.length; lane++) {
            if (near.contains(lane)) {
                places[lane] = own;
            } else if (places[lane] == own) {
                places[lane] = null;
            }
        }
        double fastest = Arrays.stream(places)
                .filter(place -> place != null && place.millisPerWindow > 0)
                .mapToDouble(place -> place.millisPerWindow)
                .min()
                .orElse(1);
        double mostTimesSlower = mostTimesSlower();
        int best = IntStream.range(0, away.length)
                .mapToObj(i -> (next + i) % away.length)
                .min(Comparator.<Integer, Boolean>comparing(avoided::contains)
                        .thenComparingDouble(lane -> windowsUntilBack(lane, fastest, mostTimesSlower))
                        .thenComparing(near::contains)
                        .thenComparingInt(lane -> away[lane]))
                .orElseThrow();
        next = (best + 1) % away.length;
        return best;
    }

    /**
     * Without any window nobody is taken for slower than this, so each is tried when the others have their share of all
     * windows that may be away, and may turn out to be fast again. If that came sooner, a slow one would hold up the
     * others.
     */
    private double mostTimesSlower() {
        long unknown = Arrays.stream(places).filter(Objects::isNull).count();
        long known = Arrays.stream(places).filter(Objects::nonNull).distinct().count();
        return Math.max(1, (double) ahead / (unknown + known));
    }

    /** How many windows the fastest instance could do until one more is back from this lane. */
    private double windowsUntilBack(int lane, double fastest, double mostTimesSlower) {
        Instance place = places[lane];
        double slower = place == null ? 1 : Math.max(1, place.millisPerWindow / fastest);
        int before = awayAt(lane);
        return before == 0 ? Math.min(slower, mostTimesSlower) : (before + 1) * slower;
    }

    /** All windows of the instance that has the lane. */
    private int awayAt(int lane) {
        Instance place = places[lane];
        return place == null
                ? away[lane]
                : IntStream.range(0, away.length)
                        .filter(i -> places[i] == place)
                        .map(i -> away[i])
                        .sum();
    }

    /** A window goes away; one that is upscaled in place is on no lane. */
    void take(int lane, long nowMillis) {
        if (!isLane(lane)) {
            return;
        }
        if (places[lane] != null && awayAt(lane) == 0) {
            places[lane].begin(nowMillis);
        }
        away[lane]++;
    }

    /** A window had come back before this task began. */
    void give(int lane) {
        if (isLane(lane)) {
            away[lane]--;
        }
    }

    /**
     * A window is back.
     *
     * @param instanceId of the instance that upscaled it; empty if it did not say
     */
    void give(int lane, String instanceId, long nowMillis) {
        give(lane);
        // A window that was upscaled in place began at no known time.
        if (!instanceId.isEmpty() && isLane(lane)) {
            places[lane] = instance(instanceId);
            places[lane].bringsBack(nowMillis);
        }
    }

    private Instance instance(String id) {
        return id.equals(own.id)
                ? own
                : Arrays.stream(places)
                        .filter(Objects::nonNull)
                        .filter(place -> place.id.equals(id))
                        .findFirst()
                        .orElseGet(() -> new Instance(id));
    }

    /** Windows that went away when there were more lanes are on none of ours. */
    private boolean isLane(int lane) {
        return lane >= 0 && lane < away.length;
    }
}
