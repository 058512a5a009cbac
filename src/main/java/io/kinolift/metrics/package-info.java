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
 *   <tr><td>kinolift_frames_degraded_total</td><td>stream, level</td><td>output frames made below the plan, to keep
 *       within kinolift.latency.budget.ms; there is none before the first</td></tr>
 *   <tr><td>kinolift_level</td><td>stream</td><td>levels below the plan that the last window was made at, 0 for as
 *       planned; several streams under {@code other} take turns</td></tr>
 *   <tr><td>kinolift_fps</td><td>stream</td><td>output frames per second, over the last five seconds</td></tr>
 *   <tr><td>kinolift_lag_frames</td><td>stream</td><td>frames read but not settled: in open windows, or waiting for an
 *       earlier one. Frames not yet read are in kafka_consumer_fetch_manager_records_lag</td></tr>
 *   <tr><td>kinolift_lag_seconds</td><td>stream</td><td>age of the last record when it was read</td></tr>
 *   <tr><td>kinolift_latency_seconds</td><td>stream</td><td>histogram: time from the capture of an input to its output,
 *       for frames with a capture time</td></tr>
 *   <tr><td>kinolift_open_streams</td><td>partition</td><td>streams that hold frames, at most
 *       kinolift.max.streams</td></tr>
 *   <tr><td>kinolift_settings_differ</td><td></td><td>1 while the group has an instance with other settings that shape
 *       pictures, or one that was killed, or stopped without sharing windows, less than session.timeout.ms ago</td></tr>
 *   <tr><td>kinolift_windows_away</td><td>partition</td><td>with kinolift.parallelism=window: windows that are on their way
 *       between instances, and all that waits for them</td></tr>
 *   <tr><td>kinolift_window_fill_ratio</td><td></td><td>core frames of a window divided by
 *       kinolift.window.size</td></tr>
 *   <tr><td>kinolift_stage_seconds_total</td><td>stage</td><td>decode, operator and encode, summed over threads; kafka:
 *       commits, from Kafka Streams' own figures</td></tr>
 *   <tr><td>kinolift_outputs_encoded_again_total</td><td></td><td>outputs that were encoded once more because others
 *       refer to them: after a failure, or because kinolift.encoder.cache.bytes is too small for the streams</td></tr>
 *   <tr><td>kinolift_watch_watchers</td><td></td><td>clients that get pictures one by one</td></tr>
 *   <tr><td>kinolift_watch_sent_total</td><td></td><td>pictures sent to them</td></tr>
 *   <tr><td>kinolift_watch_skipped_total</td><td></td><td>pictures that they were too slow for</td></tr>
 *   <tr><td>kinolift_watch_video_encoded_total</td><td></td><td>pictures encoded as video for watchers</td></tr>
 *   <tr><td>kinolift_watch_video_dropped_total</td><td></td><td>pictures that the video lacks, because its encoder was
 *       busy</td></tr>
 *   <tr><td>kinolift_watch_sound_dropped_total</td><td></td><td>packets of sound that the video lacks, because they came
 *       later than their pictures or in another form</td></tr>
 *   <tr><td>kinolift_resident_bytes</td><td></td><td>physical memory of the process, with pictures and stores, which
 *       the JVM's own figures do not include</td></tr>
 *   <tr><td>kinolift_memory_limit_bytes</td><td></td><td>the container's memory limit, or the machine's memory if there
 *       is no limit</td></tr>
 *   <tr><td>kinolift_disk_free_bytes, kinolift_disk_total_bytes</td><td>folder</td><td>the disk of the state folder
 *       ({@code state}), and that of the journal ({@code journal}) if it is another one</td></tr>
 *   <tr><td>kinolift_disk_min_free_bytes</td><td></td><td>kinolift.disk.min.free.bytes</td></tr>
 *   <tr><td>kinolift_state_bytes</td><td></td><td>the files in the state folder</td></tr>
 *   <tr><td>kinolift_paused</td><td></td><td>1 while the instance pauses because a disk is nearly full, else 0</td></tr>
 *   <tr><td>kafka_consumer_fetch_manager_records_lag</td><td>topic, partition, client_id, ...</td><td>records that wait in
 *       a partition</td></tr>
 *   <tr><td>kafka_stream_failed_stream_threads_total</td><td>client_id, ...</td><td>stream threads that failed</td></tr>
 *   <tr><td>jvm_..., process_cpu_...</td><td></td><td>the JVM's own figures, from Micrometer's binders</td></tr>
 * </table>
 *
 * <p>All other figures of Kafka's clients, hundreds for each thread, are at {@code /metrics/kafka} ({@link
 * io.kinolift.metrics.Metrics#scrapeKafka}). They are collected when somebody asks. Kafka reports topics also with
 * underscores instead of dots; this second series is left out everywhere.
 *
 * <p>{@code stream} is the stream id, for at most {@code kinolift.metrics.max.streams} streams. All further streams are
 * summed under {@code other}. A stream that has ended gives up its place when another one needs it.
 *
 * <p>Dropped frames are also told in the log, with the reason and their number: when it begins, and then at most once in
 * 30 s for each stream and policy.
 *
 * <p>The log also says that a stream has come faster than it is upscaled for half a minute, and that it has caught up.
 *
 * <p>Log lines about one stream have its id in the logging context as {@code stream}.
 */
package io.kinolift.metrics;
