package io.kinolift.window;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * At which levels the outputs of the open group were made, so that they can be made again. Outputs are counted from the
 * start of the segment.
 */
final class OutputLevels {
    /** Where each level begins, and the level. */
    final NavigableMap<Long, Long> starts = new TreeMap<>();

    void clear() {
        starts.clear();
    }

    /**
     * A window is made at a level.
     *
     * @param groupStart the output that the group of its first output begins with
     */
    void add(long outputFrom, long groupStart, int level) {
        if (at(outputFrom) != level) {
            starts.put(outputFrom, (long) level);
        }
        Long needed = starts.floorKey(groupStart);
        if (needed != null) {
            starts.headMap(needed).clear();
        }
    }

    int at(long output) {
        Map.Entry<Long, Long> start = starts.floorEntry(output);
        return start == null ? 0 : Math.toIntExact(start.getValue());
    }

    /** Where the level of an output ends. */
    long endOf(long output) {
        Long next = starts.higherKey(output);
        return next == null ? Long.MAX_VALUE : next;
    }
}
