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
 * <p>A payload is copied once on its way in, from the record that was read, within which Avro leaves it
 * ({@link io.kinolift.wire.Wire}), into its row; and once on its way out, into its record, by the thread that
 * encoded it ({@link io.kinolift.wire.WrittenFrame}). An output marked as a discontinuity, and every record under a
 * registry, is copied once more. The end of a stream asks for a commit, at most every 100 ms.
 *
 * <p>What travels between the nodes is a {@link io.kinolift.topology.StreamEvent}. Every one carries a
 * {@link io.kinolift.topology.Tally}: the counts of {@code assemble-windows} at one input offset.
 *
 * <h2>Barriers and holes</h2>
 *
 * Two pictures that differ by more than {@code kinolift.scene.cut} ({@code SceneSignature}) belong
 * to different shots. No tap reaches over a cut: the nearer side's edge is repeated, no frame is lost, and the grid runs
 * on. Whether there is one depends on the two pictures alone, which every window holds whose outputs blend them. On
 * twelve clips of 2211 frames the greatest distance within a shot is 0.35 (a bird that flaps before the lens), the least
 * at the three true cuts 0.64; of 32,000 pairs of frames from different clips the least is 0.398, and two are below the
 * default of 0.4. {@code off} gives what PyTorch gives.
 *
 * <p>A frame that cannot be decoded is a barrier too, and a hole: outputs that would show it most do not come. The output
 * behind any that did not come is marked as a discontinuity.
 *
 * <h2>Gaps</h2>
 *
 * Under {@code hold} a filled place has the picture before the gap; under {@code bridge} a blend of
 * both sides ({@code Bridge}). A made-up frame that cannot be decoded is a hole and no dead letter.
 *
 * <h2>Streams</h2>
 *
 * A silent stream loses its cached pictures, never its rows. An ended one, and one that never had a frame, is forgotten
 * after {@code kinolift.stream.retention.ms}: its rows go, and its accounts leave the topic. Records of a stream beyond
 * {@code kinolift.max.streams} are dead letters, and received and dead-lettered by the account of the empty stream id.
 * A stream whose producer went away without a word stays open, unless {@code kinolift.stream.end.timeout.ms} ends it: by
 * a clock that begins with the task and stands while a window takes long, because what was sent meanwhile has yet to be
 * read.
 *
 * <p>A task sees one partition, so a key on two of them is two streams to the application, each with accounts of its
 * own; {@code audit} reports it.
 *
 * <p>What is done to a stream is its {@link io.kinolift.engine.StreamPlan}, by its id alone, so that every node comes
 * to the same. Its fingerprint goes into the stream's row: with another one, the open segment ends at the next frame.
 *
 * <h2>Spans</h2>
 *
 * {@link io.kinolift.trace.Tracing} says which there are. They follow a frame by its record's headers, in the store by
 * its row, in windows, and into a dead letter; what a node is told besides has none. Off, nothing of it is read or written.
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
