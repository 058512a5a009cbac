/**
 * Kinolift beside its peers, on the same work, in the same run.
 *
 * <ul>
 *   <li>A {@link io.kinolift.bench.Workload} is an operator and a picture format. Each
 *       {@link io.kinolift.bench.Racer} does it in its own way and memory, on one thread, Kinolift also on two; what
 *       it needs is made before the clock starts.
 *   <li>{@link io.kinolift.bench.Race} lets all contenders do a round in turn, many rounds over, so that a busy machine
 *       is busy for everybody; what is reported are medians, and medians of ratios within a round.
 *   <li>Copying the output's bytes runs as a contender too; the multiply-adds that one core can do are measured once,
 *       before.
 *   <li>{@link io.kinolift.bench.KernelRaces} are about operators alone, {@link io.kinolift.bench.PipelineRaces} about
 *       the whole way through Kafka beside processes of FFmpeg; {@link io.kinolift.bench.LiveLatency} times a camera,
 *       {@link io.kinolift.bench.MemoryUse} weighs several streams, {@link io.kinolift.bench.CostGrowth} shows whether cost
 *       grows in proportion.
 *   <li>{@link io.kinolift.bench.BenchReport} is what is printed and written, {@link io.kinolift.bench.BenchPlot} its
 *       picture.
 *   <li>FFmpeg's filters are always there. Other peers ({@link io.kinolift.bench.Peer}) are found on the class path by
 *       {@link java.util.ServiceLoader}; none comes with the distribution.
 * </ul>
 */
package io.kinolift.bench;
