package io.kinolift.topology;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which lanes the stream threads of this process have. While a thread upscales a window, it puts nothing in order and cuts
 * nothing, so all instances wait for it. It therefore leaves windows to the other threads of the process, if they have
 * lanes. Written by consumers, read by tasks.
 */
public final class ThreadLanes {
    private final String instanceId = UUID.randomUUID().toString();
    private final Map<Thread, Set<Integer>> lanes = new ConcurrentHashMap<>();

    /** Of this process, among all that share windows; another one after each start. */
    String instanceId() {
        return instanceId;
    }

    /** The lanes of the thread that calls; to be told of whenever they may have changed. */
    public void assigned(Set<Integer> lanesOfThread) {
        Set<Integer> before = lanes.put(Thread.currentThread(), lanesOfThread);
        if (!lanesOfThread.equals(before)) {
            lanes.keySet().removeIf(thread -> !thread.isAlive());
        }
    }

    /** Those of all threads. */
    Set<Integer> all() {
        return lanes.entrySet().stream()
                .filter(entry -> entry.getKey().isAlive())
                .flatMap(entry -> entry.getValue().stream())
                .collect(Collectors.toSet());
    }

    /** Those on which the thread that calls sends no windows. */
    Set<Integer> avoided() {
        Thread own = Thread.currentThread();
        boolean othersHave = lanes.entrySet().stream()
                .anyMatch(entry -> !entry.getKey().equals(own)
                        && entry.getKey().isAlive()
                        && !entry.getValue().isEmpty());
        return othersHave ? lanes.getOrDefault(own, Set.of()) : Set.of();
    }
}
