/**
 * What passes through this process, counted for Prometheus and for the live page.
 *
 * <p>These are figures of a process, not of a stream: work that is done again after an aborted transaction or a crash is
 * counted again, and they start at 0 with the process. The exact count of every frame is in the accounts topic.
 *
 * <table>
 *   <caption>Metrics, by their Prometheus names</caption>
 *   <tr><td>kinolift_frames_received_total</td><td>stream</td><td>frames read, usable or not; the record that ends a
 *       stream is none</td></tr>
 *   <tr><td>kinolift_frames_emitted_total</td><td>stream</td><td>output frames</td></tr>
 *   <tr><td>kinolift_frames_dead_total</td><td>stream, reason</td><td>dead letters</td></tr>
 *   <tr><td>kinolift_frames_dropped_total</td><td>stream, policy</td><td>frames dropped by a named policy</td></tr>
 *   <tr><td>kinolift_fps</td><td>stream</td><td>output frames per second, over the last five seconds</td></tr>
 *   <tr><td>kinolift_lag_frames</td><td>stream</td><td>frames read but not settled: in open windows, or waiting
 *       for an earlier one; those not yet read are kafka_consumer_fetch_manager_records_lag</td></tr>
 *   <tr><td>kinolift_lag_seconds</td><td>stream</td><td>age of the last record when it was read</td></tr>
 *   <tr><td>kinolift_latency_seconds</td><td>stream</td><td>histogram: capture of an input to its output; only of frames
 *       with a capture time</td></tr>
 *   <tr><td>kinolift_window_fill_ratio</td><td></td><td>core frames of a window over kinolift.window.size</td></tr>
 *   <tr><td>kinolift_stage_seconds_total</td><td>stage</td><td>decode, operator, encode: summed over threads; kafka:
 *       commits, by Kafka Streams' own figures</td></tr>
 *   <tr><td>kinolift_resident_bytes</td><td></td><td>physical memory of the process; pictures and stores are what the
 *       JVM's own figures do not show of it</td></tr>
 *   <tr><td>kinolift_memory_limit_bytes</td><td></td><td>memory there is: the container's where it has a limit, else the
 *       machine's</td></tr>
 *   <tr><td>kafka_..., jvm_..., process_cpu_...</td><td></td><td>Kafka Streams' and the JVM's own, by Micrometer's
 *       binders; records waiting in a partition are kafka_consumer_fetch_manager_records_lag. Topics have their own
 *       names alone, not those with underscores for dots that Kafka reports besides</td></tr>
 * </table>
 *
 * <p>{@code stream} is the stream id of at most {@code kinolift.metrics.max.streams} streams; those beyond are summed
 * under {@code other}. A stream that has ended gives up its place when another one needs it.
 *
 * <p>Log lines that are about one stream have its id in the logging context as {@code stream}.
 */
package io.kinolift.metrics;
