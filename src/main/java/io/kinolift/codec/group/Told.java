package io.kinolift.codec.group;

import java.util.NavigableSet;
import java.util.TreeSet;

/** The frames of a session whose outcome has been told. They are told in the order of display. */
final class Told {
    /** All below it have been. */
    private long from;

    private final NavigableSet<Long> others = new TreeSet<>();

    /** Nothing below a sequence can be told any more. */
    void beginAt(long sequence) {
        from = sequence;
        others.clear();
    }

    void add(long sequence) {
        if (sequence >= from) {
            others.add(sequence);
        }
        while (!others.isEmpty() && others.first() == from) {
            others.pollFirst();
            from++;
        }
    }

    boolean has(long sequence) {
        return sequence < from || others.contains(sequence);
    }
}
