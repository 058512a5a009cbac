/**
 * What a number of streams will cost, from figures that were measured for one job.
 *
 * <ul>
 *   <li>{@link io.kinolift.sizing.measure.Calibration} runs an instance in a process of its own, with few streams and then
 *       with more, and gives {@link io.kinolift.sizing.Figures}: core time, bytes, memory, and the distributions of window
 *       and commit times. {@link io.kinolift.sizing.FiguresFile} keeps them.
 *   <li>{@link io.kinolift.sizing.Cluster} is what is assumed of the machines, {@link io.kinolift.sizing.Bounds} what the
 *       job's settings allow.
 *   <li>{@link io.kinolift.sizing.Model} makes an {@link io.kinolift.sizing.Estimate} of both, by arithmetic: instances, cores,
 *       memory, traffic, disks, and how far each limit is used.
 *   <li>{@link io.kinolift.sizing.Simulation} answers what arithmetic cannot: how long frames wait, and what happens when an
 *       instance fails. It draws times from those measured.
 *   <li>{@link io.kinolift.sizing.SizeReport} and {@link io.kinolift.sizing.SizePlot} say and draw it.
 *   <li>{@link io.kinolift.sizing.measure.Check} compares the model with the same number of streams, measured.
 * </ul>
 *
 * <p>Measured and assumed values are in different records, so that nothing assumed passes for measured.
 */
package io.kinolift.sizing;
