package io.kinolift.metrics;

/**
 * The figures of one stream at one moment.
 *
 * @param input codec, pixel format and size of the last window's frames; empty before the first
 * @param output codec, pixel format and size of the last output
 * @param received frames read, usable or not; as the accounts count, but from the start of the process
 * @param held frames read but not settled by a window
 * @param lagMillis age of the last record when it was read
 * @param latencyMedianMillis of the last few hundred outputs; -1 if no capture time is known
 * @param latencyHighMillis their 95th percentile
 */
public record StreamSummary(
        String stream,
        String input,
        String output,
        long received,
        long emitted,
        long dead,
        long dropped,
        long held,
        double fps,
        long lagMillis,
        long latencyMedianMillis,
        long latencyHighMillis,
        boolean ended) {}
