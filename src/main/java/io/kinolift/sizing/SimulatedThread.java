package io.kinolift.sizing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A stream thread: works on one window at a time. Its partitions take turns, so the backlog of one does not keep the others
 * waiting; within one, windows come in the order in which they are complete. It looks at each interval whether there is
 * something to commit, also after a time without work, so the first window after one waits for the next look.
 */
final class SimulatedThread {
    private final Scenario scenario;
    private final RandomGenerator random;
    private final NavigableMap<Integer, PriorityQueue<Window>> waiting = new TreeMap<>();
    private final List<Window> made = new ArrayList<>();
    private double now;
    private double nextCommit;
    private double busy;
    /** The partition whose turn was last. */
    private int last = -1;

    /** Told of every window that is committed. */
    interface Commits {
        /**
         * A window's outputs can be read.
         *
         * @param seconds when
         */
        void committed(Window window, double seconds);
    }

    /**
     * A stream.
     *
     * @param phase seconds of its first frame
     */
    record Sender(int id, int partition, double phase) {
        /** When frame {@code index} is captured. */
        double captured(Scenario scenario, long index) {
            return phase + index / scenario.rate();
        }
    }

    /**
     * Frames of a stream.
     *
     * @param index 0, 1, 2, ...
     * @param ready when a thread can take it
     */
    record Window(Sender sender, long index, double ready) {
        /** @param from when the stream's thread began */
        static Window of(Scenario scenario, Sender sender, long index, double from) {
            long last = (index + 1) * scenario.window() - 1 + scenario.halo();
            return new Window(sender, index, Math.max(from, sender.captured(scenario, last)));
        }
    }

    SimulatedThread(Scenario scenario, RandomGenerator random) {
        this.scenario = scenario;
        this.random = random;
        // Threads do not commit all at once.
        nextCommit = random.nextDouble() * scenario.commitInterval();
    }

    /** Works on a stream, from one of its windows on and not before a time. */
    void add(Sender sender, long firstWindow, double from) {
        add(Window.of(scenario, sender, firstWindow, from));
    }

    private void add(Window window) {
        waiting.computeIfAbsent(
                        window.sender().partition(),
                        _ -> new PriorityQueue<>(Comparator.comparingDouble(Window::ready)
                                .thenComparingInt(w -> w.sender().id())))
                .add(window);
    }

    /** The first window of the partition whose turn it is; if none is complete, the one that will be first. */
    private Window next() {
        Window soonest = null;
        for (var partitions : List.of(waiting.tailMap(last, false), waiting.headMap(last, true))) {
            for (PriorityQueue<Window> partition : partitions.values()) {
                Window first = partition.element();
                if (first.ready() <= now) {
                    return first;
                }
                soonest = soonest == null || first.ready() < soonest.ready() ? first : soonest;
            }
        }
        return soonest;
    }

    /** Works until a time; what is not committed by then stays in {@link #held}. */
    void run(double until, Commits commits) {
        while (!waiting.isEmpty()) {
            if (made.isEmpty() && now >= nextCommit) {
                nextCommit +=
                        (Math.floor((now - nextCommit) / scenario.commitInterval()) + 1) * scenario.commitInterval();
            }
            if (!made.isEmpty() && now >= nextCommit) {
                double end = now + scenario.commitTime().draw(random);
                if (end > until) {
                    return;
                }
                busy += end - now;
                now = end;
                made.forEach(window -> commits.committed(window, now));
                made.clear();
                nextCommit = now + scenario.commitInterval();
                continue;
            }
            Window next = next();
            if (next.ready() <= now) {
                double end = now + scenario.windowTime().draw(random);
                if (end > until) {
                    return;
                }
                busy += end - now;
                now = end;
                last = next.sender().partition();
                waiting.get(last).remove();
                made.add(next);
                add(Window.of(scenario, next.sender(), next.index() + 1, 0));
            } else {
                double wakes = made.isEmpty() ? next.ready() : Math.min(next.ready(), nextCommit);
                if (wakes > until) {
                    return;
                }
                now = Math.max(now, wakes);
            }
        }
    }

    /** Seconds in which it worked or committed. */
    double busySeconds() {
        return busy;
    }

    /** Of each stream, the first window that is not committed. */
    Collection<Window> held() {
        return Stream.concat(made.stream(), waiting.values().stream().flatMap(Collection::stream))
                .collect(Collectors.toMap(
                        window -> window.sender().id(),
                        window -> window,
                        BinaryOperator.minBy(Comparator.comparingLong(Window::index)),
                        TreeMap::new))
                .values();
    }
}
