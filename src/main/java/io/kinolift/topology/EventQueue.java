package io.kinolift.topology;

import java.util.ArrayDeque;

/** The events of one stream that wait for a window, the one that is waited for first. Their contents are in the store. */
final class EventQueue {
    /** In the place of a lane, for an event that is no window. */
    static final int NO_WINDOW = -2;

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long next;

    /** @param firstNumber of the first event */
    EventQueue(long firstNumber) {
        this.next = firstNumber;
    }

    /** One event, or one window with what has come of it. */
    static final class Entry {
        private final long number;
        private final int lane;
        private final long sinceMillis;
        private int stored;
        private boolean settled;
        private boolean toldLate;

        private Entry(long number, int lane, long sinceMillis) {
            this.number = number;
            this.lane = lane;
            this.sinceMillis = sinceMillis;
        }

        long number() {
            return number;
        }

        int lane() {
            return lane;
        }

        boolean isWindow() {
            return lane != NO_WINDOW;
        }

        /** Outcomes in the store, numbered from 1. */
        int stored() {
            return stored;
        }

        /** Whether everything that comes of the window is in the store. */
        boolean isSettled() {
            return settled;
        }

        /** One more outcome is in the store; returns its number among those of the window. */
        int store(boolean last) {
            settled = last;
            stored++;
            return stored;
        }

        /** What was in the store has gone on. */
        void passed() {
            stored = 0;
        }

        /** Whether it has been away for long; says so once. */
        boolean isNewlyLate(long nowMillis, long longMillis) {
            boolean newly = !toldLate && nowMillis - sinceMillis > longMillis;
            toldLate |= newly;
            return newly;
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    Entry first() {
        return entries.getFirst();
    }

    void removeFirst() {
        entries.removeFirst();
    }

    boolean isFirst(Entry entry) {
        return entries.peekFirst() == entry;
    }

    /** @param lane {@link #NO_WINDOW} for an event that is no window */
    Entry add(int lane, long nowMillis) {
        Entry entry = new Entry(next, lane, nowMillis);
        next++;
        entries.add(entry);
        return entry;
    }

    /** As it was in an earlier task; in the order of numbers. */
    Entry restore(long number, int lane, long nowMillis) {
        next = number;
        return add(lane, nowMillis);
    }

    /** The window that a number names; null if it is not here. */
    Entry find(long number) {
        for (Entry entry : entries) {
            if (entry.number == number) {
                return entry.isWindow() ? entry : null;
            }
        }
        return null;
    }
}
