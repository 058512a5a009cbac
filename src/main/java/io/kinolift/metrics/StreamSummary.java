package io.kinolift.metrics;

import java.util.Map;

/**
 * The figures of one stream at one moment.
 *
 * @param input codec, pixel format and size of the last window's frames; empty before the first
 * @param output codec, pixel format and size of the last output
 * @param received frames read, usable or not; as the accounts count, but from the start of the process
 * @param deadReasons dead letters by reason
 * @param droppedPolicies dropped frames by policy
 * @param held frames read but not settled by a window
 * @param lagMillis age of the last record when it was read
 * @param latencyMedianMillis of the last few hundred outputs; -1 if no capture time is known
 * @param latencyHighMillis their 95th percentile
 * @param level how far below its plan the last window was made; 0 for as planned
 */
public record StreamSummary(
        String stream,
        String input,
        String output,
        long received,
        long emitted,
        long dead,
        Map<String, Long> deadReasons,
        long dropped,
        Map<String, Long> droppedPolicies,
        long held,
        double fps,
        long lagMillis,
        long latencyMedianMillis,
        long latencyHighMillis,
        int level,
        boolean ended) {}
