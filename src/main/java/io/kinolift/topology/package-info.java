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
 *
 * <p>Every dead letter fits its topic: key and detail are bounded, and a payload that does not fit is left out
 * ({@code DeadLetters}). An output that does not fit its topic is encoded again at lower quality, down to a floor; that
 * is a function of the picture and the settings, so it is the same wherever and however often it is done. What a window
 * needs in native memory follows from its frames' headers, and is checked before any of it is taken
 * ({@code FrameLimits}).
 */
package io.kinolift.topology;
