/**
 * Kafka Streams: the topology, its nodes and stores, and the events between them.
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
 *   <li>{@code assemble-windows} is stateful and cheap. It reads records, orders frames and forwards windows that hold
 *       all they need. It decodes no pixel.
 *   <li>{@code upscale} is stateless and expensive: it hands each window to the {@code engine}. Decoded pictures are
 *       only cached, so it can work on any window, anywhere.
 *   <li>{@code account} is stateful and cheap. Everything that leaves passes through it, so one row per session can say
 *       what became of every frame, in the same transaction as the frames themselves. It is a node of its own because
 *       only {@code assemble-windows} knows what was received, and only this place knows what came of it.
 * </ul>
 *
 * <p>A payload is copied once on its way in, from the record that was read into its row; and once on its way out, into
 * its record ({@code OutputRecords}). An output marked as a discontinuity, and every record under a registry, is copied
 * once more. The end of a stream asks for a commit, at most every 100 ms.
 *
 * <p>A {@link io.kinolift.topology.StreamEvent} travels between the nodes. Each one carries a
 * {@link io.kinolift.topology.Tally}: the counts of {@code assemble-windows} at one input offset. The first output
 * after missing ones is marked as a discontinuity.
 *
 * <h2>One stream on many machines</h2>
 *
 * With a {@link io.kinolift.topology.Spread}, the topology has two parts that meet in topics only:
 *
 * <pre>
 * frames ----> assemble-windows --> resequence --> account --> ...     a task for each partition of the input
 *                                    ^      |
 * outcomes topic --------------------+      +--> windows topic
 *
 * windows topic --> upscale --> outcomes topic                         a task for each lane
 * </pre>
 *
 * {@code resequence} gives each window to the lane from which it is expected back first, and every other event a place in
 * the order of the stream. What is due goes on to {@code account}, so that node sees the same events in the same order as
 * without a spread; what is early waits in a store. {@link io.kinolift.topology.InputHold} keeps consumers from reading
 * input of which too many windows are away; Kafka Streams itself has no way to say so. A window that is too large for its
 * topic is upscaled in place, and its outcomes take the same way back. Both parts are exactly once, and so is their sum:
 * no outcome comes twice, and none is lost.
 *
 * <p>An outcome says which instance it comes from. So {@code resequence} learns which lanes are on one instance, and how
 * long each instance takes for a window ({@code Lanes}). Kafka Streams takes one record of each task of a thread in turn,
 * and a window takes long. A thread with a task of either kind would hold up the order of the whole stream, so it sends
 * windows to other threads of its process ({@link io.kinolift.topology.ThreadLanes}).
 *
 * <p>Windows and outcomes travel as a {@link io.kinolift.topology.SentEvent}. Windows take all that they need along. Those
 * with outputs that refer to earlier ones cannot, so such outputs are refused.
 *
 * <h2>Streams</h2>
 *
 * A silent stream loses its cached pictures, never its rows. At most {@code kinolift.max.streams} streams of a partition
 * hold frames ({@code TaskStreams}). For one more, another one <em>rests</em>: everything that it holds leaves, as at the
 * end of a segment, and its next frame begins a new segment. The stream that rests is the one with the oldest last record,
 * if it was idle by the timestamps of records, or if twice {@code kinolift.max.streams} records of the partition have
 * passed since; else the oldest of those with fewer than 8 frames. If there is none, all streams are busy, and the frame
 * becomes a dead letter; the account of the empty stream id counts it as received and dead-lettered. So a stranger who
 * begins any number of streams takes the places of his own streams. All this follows from the log of the partition, so a
 * replay gives the same output. Where a partition never has too many streams, output depends on its own stream only.
 *
 * <p>A stream that ended, rests or never had a frame is forgotten after {@code kinolift.stream.retention.ms}, or when
 * there are more than {@code kinolift.max.remembered.streams}, those without a frame first: its row goes, and its accounts
 * leave the topic. If it comes back, it begins in the middle, with a gap. A stream whose producer died without an end record
 * stays open, unless {@code kinolift.stream.end.timeout.ms} ends it. That clock begins with the task and stops while a window takes long,
 * because records that were sent meanwhile have yet to be read.
 *
 * <p>A task sees one partition, so a key on two of them is two streams to the application, each with its own accounts;
 * {@code audit} reports it. A stream that went to another partition, because the topic has more of them now and its
 * producer goes by the hash, begins there as one that is joined in the middle; its old partition holds its last frames.
 *
 * <p>The fingerprint of a stream's plan is in the stream's row. When it changes, the open segment ends at the next
 * frame.
 *
 * <h2>Levels</h2>
 *
 * A stream with a latency budget ({@code kinolift.latency.budget.ms}) goes down and up the {@link io.kinolift.engine.Level}s
 * of its plan. {@code WindowLevels} decides when a window is cut because of a record, by {@link
 * io.kinolift.window.LatencyLevels}: from the wall clock, the record's timestamp and the {@link
 * io.kinolift.window.LevelHistory} in the stream's row. So the level is in the same transaction as the window's outputs, and
 * each of their records has it. An output is a function of the log, the settings and the recorded levels; levels of other
 * windows do not matter. Windows that leave for another reason than a record keep the level of the one before. Timestamps
 * of records are used rather than capture times, because the broker can give them, and because cameras have wrong clocks.
 * The clock is not that of the task: Kafka Streams reads that one once for many records.
 *
 * <h2>Several input topics</h2>
 *
 * With several topics or a pattern, a task reads the same partition of all of them, in no fixed order. A stream's id begins
 * with its topic then, so a stream still depends on the records of one partition of one topic only. Only the choice of the
 * stream that rests, where there are too many ({@code TaskStreams}), may then differ between two replays.
 *
 * <h2>Spans</h2>
 *
 * {@link io.kinolift.trace.Tracing} lists them. They follow a frame in its record's headers ({@code TraceHeaders}), its
 * row, its windows and its dead letter. Other events have none.
 *
 * <h2>Failures</h2>
 *
 * Bad input is a value ({@link io.kinolift.topology.StreamEvent.FrameRejected}) and ends as a dead letter. An exception
 * is a bug or a broken broker and stops the stream thread.
 *
 * <p>Every dead letter fits its topic: key and detail are bounded, and a payload that does not fit is left out
 * ({@link io.kinolift.wire.DeadLetters}).
 */
package io.kinolift.topology;
