/**
 * Kafka Streams: the topology, its processors and store, the records. The only package that sees Avro classes.
 *
 * <pre>
 * frames --> assemble-windows --> upscale --> account --> upscaled
 *            store: windows                   store: accounts  dead-letters
 *                                                              accounts
 * </pre>
 *
 * <p>{@link io.kinolift.topology.UpscaleTopology} puts it together; it takes plain values, so it can be built in a
 * unit test and run by {@code TopologyTestDriver}.
 *
 * <ul>
 *   <li>{@code assemble-windows} is stateful and cheap. It parses records, orders frames and forwards windows that hold
 *       all they need. It decodes no pixel.
 *   <li>{@code upscale} is stateless and expensive: decode, operator, encode, in parallel inside one window. Decoded
 *       pictures are only cached, so a repartition topic could stand before it.
 *   <li>{@code account} is stateful and cheap. Everything that leaves passes through it, so that one row per session
 *       can say what became of every frame, in the same transaction as the frames themselves. It is a node of its own
 *       because what was received is known only before {@code upscale}, and what came of it only behind.
 * </ul>
 *
 * <p>What travels between the nodes is a {@link io.kinolift.topology.StreamEvent}. Every one carries a
 * {@link io.kinolift.topology.Tally}: the counts of {@code assemble-windows} at one input offset.
 *
 * <h2>Failures</h2>
 *
 * Bad input is a value ({@link io.kinolift.topology.StreamEvent.FrameRejected}) and ends as a dead letter. An exception
 * is a bug or a broken broker and stops the stream thread.
 */
package io.kinolift.topology;
