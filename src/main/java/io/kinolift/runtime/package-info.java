/**
 * The application as a running thing, and what it runs against.
 *
 * <ul>
 *   <li>{@link io.kinolift.runtime.broker.EmbeddedBroker} is a real Kafka in this process, for {@code upscale} and the tests.
 *       Its folder is gone when the broker is closed or the process interrupted; what a killed process left is removed
 *       by the next start.
 *   <li>{@link io.kinolift.runtime.topics.Topics} creates and checks the topics with the sizes that frames need.
 *   <li>{@link io.kinolift.runtime.KinoliftStreams} is the stream application from start to stop.
 *   <li>{@link io.kinolift.runtime.TopologyPlan} turns the configuration into the topology's plain values.
 *   <li>{@code TraceExport} sends spans to a collector, if there is one.
 * </ul>
 *
 * <h2>Before it starts</h2>
 *
 * {@code StartCheck} relates sizes, memory, speed and time limits: it corrects our own defaults, refuses chosen
 * values that cannot work, and never touches settings that shape output. {@code kinolift.start.check} softens it.
 *
 * <p>Where the windows of streams are shared out, {@link io.kinolift.runtime.topics.SpreadTopics} makes the topics for
 * them, and refuses a start that could not take back windows of before. {@code InputConsumer} does not read a partition of
 * which many windows are away, so Kafka Streams is told not to wait for it ({@code max.task.idle.ms}).
 *
 * <p>{@link io.kinolift.runtime.group} looks at the other members of the group: one of the same name, or with other settings.
 *
 * <p>Last, {@code WarmUps} has pictures made at every level of plans with a latency budget ({@code
 * kinolift.warmup.ms}). The group is joined afterwards: an instance that could not keep up yet gets no streams.
 *
 * <h2>When it fails</h2>
 *
 * <ul>
 *   <li>A failed stream thread is started again, {@code kinolift.thread.restarts} times within ten minutes; then the
 *       application stops with exit code 1 ({@code ThreadFailures}). The membership of the failed thread leaves the group
 *       at once, so that the group need not wait for its session to time out ({@link io.kinolift.runtime.group}). A missing right or a
 *       refused login stops it at once, with one line that
 *       names the right ({@code Rights}).
 *   <li>If a topic is missing, has a wrong number of partitions or takes smaller records than before, a failed thread is
 *       started again when that is mended ({@code TopicRecovery}); this does not count. {@code TopicWatch} looks every
 *       few seconds, mends what is safe to mend ({@link io.kinolift.runtime.topics.TopicFaults}), and tells
 *       {@code /ready} the rest. {@code InputTrail} notices input that was deleted before it was read. {@code InputConsumer} begins a topic that was
 *       deleted and made again with its first record, whatever was committed.
 *   <li>Before a disk is full, the application pauses, and goes on by itself when there is room ({@link
 *       io.kinolift.runtime.disk}). A thread that failed because it was too late waits for that; this does not count.
 *   <li>If no broker can be reached, the application waits. Nothing is lost: input that was not committed is read
 *       again. A broker that aborts a transaction while it starts may leave it open on a partition, and readers then
 *       wait without end; the application closes it ({@code HangingTransactions}, {@code TransactionWatch}).
 *   <li>A process that ends suddenly leaves its open transaction to the next one of the same name and state folder,
 *       which takes over within seconds. A journal in another folder lists the frames that were being decoded
 *       ({@code DecodeJournal}). The next start decodes these first in a child process ({@code SuspectTrial}). If the
 *       child dies of a native signal, the frame becomes a dead letter, {@code KILLED_DECODER}. A process that was
 *       killed from outside leaves good frames in the journal, and they pass this trial. A suspect that the input topic
 *       no longer holds cannot be tried and counts as good.
 *   <li>Stores are used again only if the run before left exactly these ({@link io.kinolift.runtime.state.StateFolder}).
 *   <li>If the clock is set back, the application is closed and made anew in the same process ({@code ClockWatch}).
 *   <li>Stopping takes {@code kinolift.stop.timeout.ms} at most; unfinished work is done again after the next start.
 * </ul>
 */
package io.kinolift.runtime;
