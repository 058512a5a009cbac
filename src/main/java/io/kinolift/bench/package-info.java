/**
 * Compares Kinolift with its peers, on the same work, in the same run.
 *
 * <ul>
 *   <li>A {@link io.kinolift.bench.Workload} is an operator and a picture format. Each {@link
 *       io.kinolift.bench.Racer} does it in its own way and memory, on one thread; Kinolift also on two. Contenders
 *       prepare everything they need before the clock starts.
 *   <li>{@link io.kinolift.bench.Race} lets all contenders do one round in turn, many times over, so that a busy
 *       machine is busy for all of them. It reports medians, and medians of the ratios within a round.
 *   <li>Copying the output's bytes is a contender too. The multiply-adds that one core can do are measured once, before
 *       the races.
 *   <li>{@link io.kinolift.bench.KernelRaces} races the operators alone. {@link io.kinolift.bench.PipelineRaces} races
 *       the whole way through Kafka against FFmpeg processes. {@link io.kinolift.bench.LiveLatency} times a camera,
 *       {@link io.kinolift.bench.Overload} one with a latency budget while something else takes cores away,
 *       {@link io.kinolift.bench.MemoryUse} measures the memory of several streams, and {@link
 *       io.kinolift.bench.CostGrowth} shows whether cost grows in proportion.
 *   <li>{@link io.kinolift.bench.BenchReport} prints and writes the results; {@link io.kinolift.bench.BenchPlot} draws
 *       them.
 *   <li>FFmpeg's filters are always available. Other peers ({@link io.kinolift.bench.Peer}) are found on the class path
 *       by {@link java.util.ServiceLoader}; none comes with the distribution. A peer whose pictures differ from
 *       Kinolift's by more than rounding ({@link io.kinolift.bench.Agreement}) is named, and its next way is tried.
 *   <li>Frames along the motion differ from contender to contender, since each finds another motion; all are timed on a
 *       {@code MovingTexture}. {@code MotionStages} says where Kinolift's time goes.
 * </ul>
 */
package io.kinolift.bench;
