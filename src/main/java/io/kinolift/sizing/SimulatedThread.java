package io.kinolift.sizing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A stream thread: takes windows in the order in which they are complete, one at a time, and commits now and then. */
final class SimulatedThread {
    private final Scenario scenario;
    private final RandomGenerator random;
    private final PriorityQueue<Window> waiting = new PriorityQueue<>(Comparator.comparingDouble(Window::ready)
            .thenComparingInt(w -> w.sender().id()));
    private final List<Window> made = new ArrayList<>();
    private double now;
    private double nextCommit;
    private double busy;

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
    record Sender(int id, double phase) {
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
        waiting.add(Window.of(scenario, sender, firstWindow, from));
    }

    /** Works until a time; what is not committed by then stays in {@link #held}. */
    void run(double until, Commits commits) {
        while (!waiting.isEmpty()) {
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
            } else if (waiting.peek().ready() <= now) {
                double end = now + scenario.windowTime().draw(random);
                if (end > until) {
                    return;
                }
                busy += end - now;
                now = end;
                Window done = waiting.remove();
                made.add(done);
                waiting.add(Window.of(scenario, done.sender(), done.index() + 1, 0));
            } else {
                double next = made.isEmpty()
                        ? waiting.peek().ready()
                        : Math.min(waiting.peek().ready(), nextCommit);
                if (next > until) {
                    return;
                }
                now = Math.max(now, next);
            }
        }
    }

    /** Seconds in which it worked or committed. */
    double busySeconds() {
        return busy;
    }

    /** Of each stream, the first window that is not committed. */
    Collection<Window> held() {
        return Stream.concat(made.stream(), waiting.stream())
                .collect(Collectors.toMap(
                        window -> window.sender().id(),
                        window -> window,
                        BinaryOperator.minBy(Comparator.comparingLong(Window::index)),
                        TreeMap::new))
                .values();
    }
}
