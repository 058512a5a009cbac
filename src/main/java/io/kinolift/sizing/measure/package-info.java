/**
 * Measures what an instance takes.
 *
 * <ul>
 *   <li>{@link io.kinolift.sizing.measure.Footage} is a clip, encoded as the input is to be, played over and over.
 *   <li>{@code InstanceProcess} is an instance with one stream thread in a process of its own, so that its cores and memory
 *       are those of nobody else; {@code InstanceProgram} is the program in it.
 *   <li>{@code TestCluster} is a broker in this process, with its topics; {@code Senders} and {@code Arrivals} are the
 *       clients at either end.
 *   <li>{@code Trial} is a load that runs for some time, and what it took.
 *   <li>{@link io.kinolift.sizing.measure.Calibration} makes figures of three trials and two kills.
 *       {@link io.kinolift.sizing.measure.Check} compares other trials with the model.
 * </ul>
 *
 * <p>Broker, clients and instance share the cores of one machine. So core time is counted by process, and loads stay below
 * what the machine can do; times on the clock are longer than on a machine of the instance's own.
 */
package io.kinolift.sizing.measure;
