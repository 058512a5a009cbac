/**
 * The application as a running thing, and what it runs against.
 *
 * <ul>
 *   <li>{@link io.kinolift.runtime.broker.EmbeddedBroker} is a real Kafka in this process, for {@code upscale} and the tests.
 *       Its folder is gone when the broker is closed or the process interrupted; what a killed process left is removed
 *       by the next start.
 *   <li>{@link io.kinolift.runtime.topics.Topics} creates and checks the topics with the sizes that frames need.
 *   <li>{@link io.kinolift.runtime.KinoliftStreams} is the stream application from start to stop.
 *   <li>{@link io.kinolift.runtime.TopologyPlan} makes the topology's plain values of the configuration.
 *   <li>{@code TraceExport} sends spans to a collector, if there is one.
 * </ul>
 *
 * <h2>Before it starts</h2>
 *
 * {@code StartCheck} relates sizes, memory, speed and time limits: it corrects our own defaults, refuses what somebody
 * chose and cannot work, and never touches what shapes output. {@code kinolift.start.check} softens it.
 *
 * <h2>When it fails</h2>
 *
 * <ul>
 *   <li>A failed stream thread is started again, {@code kinolift.thread.restarts} times within ten minutes; then the
 *       application stops with exit code 1. A missing right or a refused login stops it at once, with one line that
 *       names the right ({@code Rights}).
 *   <li>A broker that is away is waited for. Nothing is lost: what was not committed is read again. A transaction that
 *       a broker aborts while it starts it may leave open on a partition, and readers wait in vain; the application closes
 *       it ({@code HangingTransactions}, {@code TransactionWatch}).
 *   <li>A process that ends suddenly leaves its open transaction to the next one of the same name and state folder,
 *       which takes over within seconds. In another folder, the journal, stands which frames were being decoded
 *       ({@code DecodeJournal}). The next start decodes these first in a child process ({@code SuspectTrial}); one on
 *       which the child dies of a native signal becomes a dead letter, {@code KILLED_DECODER}. A process killed from
 *       outside leaves good frames there, and they are found good. A suspect that the input topic no longer holds
 *       cannot be tried and is taken for good.
 *   <li>Stopping takes {@code kinolift.stop.timeout.ms} at most; what is under way then is done again.
 * </ul>
 */
package io.kinolift.runtime;
