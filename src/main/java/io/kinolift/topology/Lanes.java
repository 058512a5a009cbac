package io.kinolift.topology;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many windows of a task are away, by lane, and how fast each instance is. Instances differ: some have more lanes than
 * others, or slower cores, and this one also puts all outputs in order. A window that comes late holds up those behind it,
 * so each goes to where it is expected to be through soonest. Times are of a clock that never goes back.
 */
final class Lanes {
    private final int[] away;
    /** Where each lane is; null before a window has come back from it. */
    private final Instance[] places;

    private final Instance own;
    private final int ahead;
    /** Where the search for a free lane begins; tasks begin at different ones, and go round. */
    private int next;

    /** One process. */
    private static final class Instance {
        /** Weight of the newest window in the mean. */
        private static final double NEWEST = 1.0 / 8;
        /** Windows that were committed together come back together; this long at most. */
        private static final long TOGETHER_MILLIS = 20;

        /** Windows come back unevenly; with nothing for so many times the mean, something is wrong. */
        private static final double LATE = 4;

        private final String id;
        /** Windows that are away, at the last count. */
        private int away;
        /** When it last brought windows back, or got one when it had none. */
        private long sinceMillis;

        private boolean began;
        /** Those that came back since the mean was computed. */
        private int windows;
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
            windows++;
            long millis = nowMillis - sinceMillis;
            if (began && millis < TOGETHER_MILLIS) {
                return;
            }
            if (began) {
                double each = (double) millis / windows;
                double weight = millisPerWindow == 0 ? 1 : 1 - Math.pow(1 - NEWEST, windows);
                millisPerWindow += (each - millisPerWindow) * weight;
            }
            windows = 0;
            begin(nowMillis);
        }

        /** What it takes for a window: if it has been busy with the next one for several times as long as usual, that. */
        double millisPerWindow(long nowMillis) {
            long busyMillis = nowMillis - sinceMillis;
            boolean late = away > 0 && began && millisPerWindow > 0 && busyMillis > LATE * millisPerWindow;
            return late ? (double) busyMillis : millisPerWindow;
        }

        /** Whether what is known of its speed is old: it had time for ten windows since, and none to do. */
        boolean isUntried(long nowMillis) {
            return away == 0 && nowMillis - sinceMillis > 10 * millisPerWindow;
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
    int soonest(Set<Integer> avoided, Set<Integer> near, long nowMillis) {
        keepNear(near);
        count();
        double fastest = instances()
                .mapToDouble(instance -> instance.millisPerWindow(nowMillis))
                .filter(millis -> millis > 0)
                .min()
                .orElse(1);
        double mostTimesSlower = mostTimesSlower();
        ToDoubleFunction<Integer> windowsUntilBack = lane -> {
            Instance place = places[lane];
            if (place == null) {
                return away[lane] + 1;
            }
            double slower = Math.max(1, place.millisPerWindow(nowMillis) / fastest);
            return place.isUntried(nowMillis) ? Math.min(slower, mostTimesSlower) : (place.away + 1) * slower;
        };
        int best = IntStream.range(0, away.length)
                .mapToObj(i -> (next + i) % away.length)
                .min(Comparator.<Integer, Boolean>comparing(avoided::contains)
                        .thenComparingDouble(windowsUntilBack)
                        .thenComparing(near::contains)
                        .thenComparingInt(lane -> away[lane]))
                .orElseThrow();
        next = (best + 1) % away.length;
        return best;
    }

    /** Lanes that have come to this instance, and those that have left it. */
    private void keepNear(Set<Integer> near) {
        for (int lane = 0; lane < away.length; lane++) {
            if (near.contains(lane)) {
                // Windows that came along began at no known time.
                own.began &= places[lane] == own || away[lane] == 0;
                places[lane] = own;
            } else if (places[lane] == own) {
                places[lane] = null;
            }
        }
    }

    private void count() {
        instances().forEach(instance -> instance.away = 0);
        for (int lane = 0; lane < away.length; lane++) {
            if (places[lane] != null) {
                places[lane].away += away[lane];
            }
        }
    }

    private Stream<Instance> instances() {
        return Arrays.stream(places).filter(Objects::nonNull).distinct();
    }

    /**
     * An instance that was not tried for long counts as at most this many times slower than the fastest one. So even a slow
     * one gets a window now and then, once the others have their share, and can show that it has become fast.
     */
    private double mostTimesSlower() {
        long unknown = Arrays.stream(places).filter(Objects::isNull).count();
        return Math.max(1, (double) ahead / (unknown + instances().count()));
    }

    /** A window goes away; one that is upscaled in place is on no lane. */
    void take(int lane, long nowMillis) {
        if (!isLane(lane)) {
            return;
        }
        count();
        if (places[lane] != null && places[lane].away == 0) {
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
        // A window that was upscaled in place began at no known time, and so did one whose lane has moved.
        if (!instanceId.isEmpty() && isLane(lane)) {
            Instance from = instance(instanceId);
            if (places[lane] == from) {
                from.bringsBack(nowMillis);
            } else {
                from.begin(nowMillis);
                places[lane] = from;
            }
        }
    }

    private Instance instance(String id) {
        return id.equals(own.id)
                ? own
                : instances()
                        .filter(instance -> instance.id.equals(id))
                        .findFirst()
                        .orElseGet(() -> new Instance(id));
    }

    /** Windows that went away when there were more lanes are on none of ours. */
    private boolean isLane(int lane) {
        return lane >= 0 && lane < away.length;
    }
}
