package io.kinolift.upscale.motion;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;

/**
 * Values that are each made once, by the first thread that asks. Those that were asked for last are kept: as many as fit,
 * and always the last one. One that nobody can ask for any more goes when the next one is made. Safe for use by several
 * threads.
 */
final class LatestValues<K, V> {
    private final long capacity;
    private final Predicate<K> isOver;
    /** The order is that of use. */
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    private record Entry<V>(FutureTask<V> task, long bytes) {}

    /**
     * @param capacity bytes of all values together
     * @param isOver whether a key will not be asked for again
     */
    LatestValues(long capacity, Predicate<K> isOver) {
        this.capacity = capacity;
        this.isOver = isOver;
    }

    /** @param size bytes that the value takes */
    V get(K key, long size, Callable<V> maker) {
        FutureTask<V> task = task(key, size, maker);
        task.run();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another thread looks for motion", e);
        } catch (ExecutionException e) {
            forget(key);
            throw new IllegalStateException("no motion was found", e.getCause());
        }
    }

    private synchronized FutureTask<V> task(K key, long size, Callable<V> maker) {
        Entry<V> known = entries.get(key);
        if (known == null) {
            known = new Entry<>(new FutureTask<>(maker), size);
            entries.put(key, known);
            bytes += size;
            makeRoom();
        }
        return known.task();
    }

    private void makeRoom() {
        Iterator<Map.Entry<K, Entry<V>>> oldest = entries.entrySet().iterator();
        for (int left = entries.size(); left > 1; left--) {
            Map.Entry<K, Entry<V>> entry = oldest.next();
            if (bytes > capacity || isOver.test(entry.getKey())) {
                bytes -= entry.getValue().bytes();
                oldest.remove();
            }
        }
    }

    private synchronized void forget(K key) {
        Entry<V> failed = entries.remove(key);
        if (failed != null) {
            bytes -= failed.bytes();
        }
    }
}
