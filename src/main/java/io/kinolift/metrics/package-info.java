/**
 * Counts the work of this process, for Prometheus and for the live page.
 *
 * <p>The figures belong to a process, not to a stream. They start at 0 with the process, and work that is repeated
 * after an aborted transaction or a crash counts again. The exact counts are in the accounts topic.
 *
 * <table>
 *   <caption>Metrics, by their Prometheus names</caption>
 *   <tr><td>kinolift_frames_received_total</td><td>stream</td><td>frames read, usable or not, without the end records
 *       of streams</td></tr>
 *   <tr><td>kinolift_frames_emitted_total</td><td>stream</td><td>output frames</td></tr>
 *   <tr><td>kinolift_frames_dead_total</td><td>stream, reason</td><td>dead letters</td></tr>
 *   <tr><td>kinolift_frames_deleted_unread_total</td><td></td><td>records that the frames topic deleted before they
 *       were read</td></tr>
 *   <tr><td>kinolift_frames_dropped_total</td><td>stream, policy</td><td>frames dropped by a named policy</td></tr>
 *   <tr><td>kinolift_fps</td><td>stream</td><td>output frames per second, over the last five seconds</td></tr>
 *   <tr><td>kinolift_lag_frames</td><td>stream</td><td>frames read but not settled: in open windows, or waiting for an
 *       earlier one. Frames not yet read are in kafka_consumer_fetch_manager_records_lag</td></tr>
 *   <tr><td>kinolift_lag_seconds</td><td>stream</td><td>age of the last record when it was read</td></tr>
 *   <tr><td>kinolift_latency_seconds</td><td>stream</td><td>histogram: time from the capture of an input to its output,
 *       for frames with a capture time</td></tr>
 *   <tr><td>kinolift_open_streams</td><td>partition</td><td>streams that hold frames, at most
 *       kinolift.max.streams</td></tr>
 *   <tr><td>kinolift_window_fill_ratio</td><td></td><td>core frames of a window divided by
 *       kinolift.window.size</td></tr>
 *   <tr><td>kinolift_stage_seconds_total</td><td>stage</td><td>decode, operator and encode, summed over threads; kafka:
 *       commits, from Kafka Streams' own figures</td></tr>
 *   <tr><td>kinolift_resident_bytes</td><td></td><td>physical memory of the process, with pictures and stores, which
 *       the JVM's own figures do not include</td></tr>
 *   <tr><td>kinolift_memory_limit_bytes</td><td></td><td>the container's memory limit, or the machine's memory if there
 *       is no limit</td></tr>
 *   <tr><td>kafka_..., jvm_..., process_cpu_...</td><td></td><td>Kafka Streams' and the JVM's own figures, from
 *       Micrometer's binders. Records that wait in a partition are in kafka_consumer_fetch_manager_records_lag. Kafka
 *       also reports topics with underscores instead of dots; this second series is left out</td></tr>
 * </table>
 *
 * <p>{@code stream} is the stream id, for at most {@code kinolift.metrics.max.streams} streams. All further streams are
 * summed under {@code other}. A stream that has ended gives up its place when another one needs it.
 *
 * <p>Dropped frames are also told in the log, with the reason and their number: when it begins, and then at most once in
 * 30 s for each stream and policy.
 *
 * <p>Log lines about one stream have its id in the logging context as {@code stream}.
 */
package io.kinolift.metrics;
