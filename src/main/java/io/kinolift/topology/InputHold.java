package io.kinolift.topology;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which partitions of the input are not read for a while, because enough windows of them are away. Written by tasks, read
 * by consumers.
 */
public final class InputHold {
    private final Set<Integer> held = ConcurrentHashMap.newKeySet();

    /** Whether the partition of this number of every input topic is not to be read now. */
    public boolean isHeld(int partition) {
        return held.contains(partition);
    }

    public boolean isAnyHeld() {
        return !held.isEmpty();
    }

    void set(int partition, boolean isHeld) {
        if (isHeld) {
            held.add(partition);
        } else {
            held.remove(partition);
        }
    }
}
