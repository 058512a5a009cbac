package io.kinolift.topology;

import io.kinolift.window.DropPolicy;
import io.kinolift.window.Incident;
import java.util.Map;

/**
 * The counts of one session as {@code assemble-windows} knows them, exact after the record at {@code offset}.
 *
 * @param received frame records read
 * @param dropped frames dropped, by policy
 * @param held received frames in open windows and in the reorder buffer
 * @param filled frames made up for missing ones
 */
public record Tally(
        String streamId,
        long session,
        String topic,
        int partition,
        long offset,
        long received,
        Map<DropPolicy, Long> dropped,
        long held,
        long filled,
        Map<Incident, Long> incidents) {}
