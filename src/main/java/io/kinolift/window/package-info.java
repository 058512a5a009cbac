/**
 * Decides which frames are upscaled together, and when: order, gaps, duplicates, halo, closing. Pure logic without
 * Kafka, without clocks and without decoded pictures.
 *
 * <p>{@link io.kinolift.window.StreamAssembler} receives the frames of one stream as they arrive and puts them into
 * order. It tells a {@link io.kinolift.window.WindowListener} what became of each frame. Frames in order go to the open
 * {@code Segment}, which fills holes or ends at them, and cuts windows. Frames wait in a {@link
 * io.kinolift.window.FrameBuffer}. Everything else that must be remembered is in {@link
 * io.kinolift.window.StreamState}, which {@link io.kinolift.window.StreamStateBytes} writes as one row.
 *
 * <h2>How windows are cut</h2>
 *
 * Inputs and outputs of a segment are counted from 0. A window owns a core of inputs and a run of outputs. It also
 * carries the other frames that these outputs take taps from (the halo), so it can be upscaled anywhere. The taps of an
 * output depend only on its index, so the result is the same wherever windows are cut. {@link io.kinolift.window.Reach}
 * says how many frames of an open segment must be known before an output is final.
 *
 * <p>A window is cut when one of these happens:
 *
 * <ul>
 *   <li>Full: {@code size} core frames and their halo have come.
 *   <li>Idle: nothing came for a while. Outputs that are already final leave; their last input may stay held.
 *   <li>End of the segment: the next frame in order does not continue it, or the stream ends. The producer ends it, or
 *       {@link io.kinolift.window.StreamAssembler#abandon} does. The edge is repeated. A segment never ends before the
 *       next frame is known. Its last windows carry the start of that frame ({@link
 *       io.kinolift.window.FrameWindow#next}), so that no output lasts into the next segment.
 * </ul>
 *
 * With {@link io.kinolift.window.WindowEdges#INDEPENDENT}, every {@code size} frames are a segment of their own.
 *
 * <h2>Unusual records</h2>
 *
 * The counts are per session: policies in the account's {@code dropped}, incidents in its {@code incidents}.
 *
 * <table>
 *   <caption>What becomes of unusual records</caption>
 *   <tr><th>record</th><th>outcome</th><th>counted as</th></tr>
 *   <tr><td>a frame that comes before an earlier one</td><td>waits, up to the reorder bound in frames and bytes</td>
 *       <td>held</td></tr>
 *   <tr><td>the bound is passed, or the end comes first</td><td>the places before the first waiting frame are declared
 *       missing; see below</td><td>{@code GAP}, {@code MISSING_FRAME} for each place</td></tr>
 *   <tr><td>a frame whose place was declared missing</td><td>dropped; only the last 32 gaps are remembered, frames of
 *       older ones count as duplicates</td><td>{@code LATE}</td></tr>
 *   <tr><td>a sequence that has already come</td><td>dropped</td><td>{@code DUPLICATE}</td></tr>
 *   <tr><td>a pts that is not above the one before</td><td>dead letter; its place stays empty</td>
 *       <td>dead-lettered</td></tr>
 *   <tr><td>a frame of a higher session</td><td>all windows of the old session leave; numbers and clock begin anew</td>
 *       <td>counts begin anew</td></tr>
 *   <tr><td>a frame of a lower session</td><td>dropped</td><td>{@code OLD_SESSION}</td></tr>
 *   <tr><td>frame 0 of the same session after the end, or with a discontinuity mark if later frames have arrived</td>
 *       <td>a restart: all windows leave; numbers and clock begin anew</td><td>{@code RESTART}; counts go on</td></tr>
 *   <tr><td>any other frame 0</td><td>dropped</td><td>{@code DUPLICATE}, {@code LATE}</td></tr>
 *   <tr><td>a frame with a discontinuity mark</td><td>ends the segment before it</td>
 *       <td>{@code DISCONTINUITY}</td></tr>
 *   <tr><td>another size, pixel format, codec, colour, shape of samples or time base</td><td>ends the segment before
 *       it</td><td>{@code FORMAT_CHANGE}</td></tr>
 *   <tr><td>the end of the stream</td><td>all windows leave; the listener is called for the end</td><td></td></tr>
 *   <tr><td>no record at all for {@code kinolift.stream.end.timeout.ms}</td><td>as at the end of the stream</td>
 *       <td>{@code END_BY_TIMEOUT}</td></tr>
 *   <tr><td>a frame more than {@code kinolift.time.jump.ms} later than the one before it</td><td>dead letter ({@code
 *       TIME_JUMP}); its place stays empty. If the frame after it goes on from there, it is taken</td>
 *       <td>dead-lettered</td></tr>
 *   <tr><td>room is needed for another stream</td><td>all windows leave; the next frame begins a segment</td>
 *       <td>{@code REST}</td></tr>
 *   <tr><td>a second end record</td><td>nothing</td><td>{@code REPEATED_END}</td></tr>
 *   <tr><td>the end of a lower session</td><td>nothing</td><td>{@code OLD_END}</td></tr>
 *   <tr><td>a frame after the end, other than 0</td><td>dropped</td><td>{@code AFTER_END}</td></tr>
 *   <tr><td>any record, after settings that shape output have changed</td><td>the segment begins anew at its first
 *       frame without a published output; output sequences go on rising, as described below</td>
 *       <td>{@code SETTINGS_CHANGE}</td></tr>
 * </table>
 *
 * <h2>Output sequences</h2>
 *
 * The output sequence follows from the input sequence and the factor in time, wherever windows and segments are cut.
 * After a change of settings it is that of the new factor, or the next free number where that is already taken: after
 * 100 inputs at factor 5/2, outputs 0 to 249 have left, and at factor 2 the next one is 250 instead of 200. All later
 * outputs of the run are shifted by the same 50, and so is the count in the end record. A coarser factor leaves no hole;
 * a finer one leaves a hole, and the frame after it is marked as a discontinuity.
 *
 * <p>If retention deletes input before it is read, the holes in the sequence show it, even before the first frame that is
 * left. Offsets would not show it, because transactions leave holes in offsets too.
 *
 * <h2>Gaps</h2>
 *
 * {@link io.kinolift.window.GapPolicy} decides about a hole before a frame that continues the segment. Filled places
 * become ordinary inputs: they have the numbers of the missing frames and are spread evenly over the time between their
 * two neighbours. Every operator, factor and grid treats them as frames that came, and windows may be cut among them.
 *
 * <p>A gap is not filled but splits the segment if it is longer than {@code gapFrames}, if there is less than one tick
 * for each place, or if its two sides have more than {@code gapBytes} together. A hole before the end of a stream is
 * never filled, because its length in time is unknown. Filled frames count as filled, and neither as received nor held
 * nor upscaled.
 *
 * <h2>Groups of pictures</h2>
 *
 * Frames of H.264, HEVC, VP9 and AV1 come in the order of decoding and refer to each other. {@code GroupOrder} puts them
 * into the order of display before the segment sees them: a frame's place is its rank by pts, and equals its sequence where
 * nothing is reordered. Wherever this package speaks of places in a segment, they are in the order of display.
 *
 * <table>
 *   <caption>What becomes of frames of a group</caption>
 *   <tr><th>frame</th><th>outcome</th><th>counted as</th></tr>
 *   <tr><td>one before the first key frame, or after something was lost or refused, up to the next key frame</td>
 *       <td>dropped</td><td>{@code NO_REFERENCE}</td></tr>
 *   <tr><td>one that is shown before the key frame of its group, where the group before is not whole</td>
 *       <td>dropped</td><td>{@code NO_REFERENCE}</td></tr>
 *   <tr><td>one whose dts does not rise, or of another format than its key frame, or beyond the bounds of a
 *       group</td><td>dead letter; the rest of its group is lost</td><td>dead-lettered</td></tr>
 *   <tr><td>one with the pts of another</td><td>dead letter; others are still decoded from it</td>
 *       <td>dead-lettered</td></tr>
 * </table>
 *
 * <p>The rows of a group stay until nothing can be decoded from them any more: the open group, and the one before it while
 * frames may come that are shown before the key frame. A window carries the way back to the key frame as a {@link
 * io.kinolift.window.DecodeOrder}, which reads the rows when they are asked for: as long as the decoder is there, only new
 * frames are. Such a window can be worked on only where its store is. Gaps are never filled, and a stream that rests goes
 * on with its next key frame.
 *
 * <h2>Groups of outputs</h2>
 *
 * Where outputs refer to each other ({@link io.kinolift.window.OutputGrid}), a group begins every so many outputs of the
 * segment. The frames that its outputs are made of stay until the group is complete. A window whose first output refers to
 * earlier ones carries {@link io.kinolift.window.EarlierOutputs}: windows that make these once more, for one who does not
 * have the encoder any more. The rows are read when they are asked for.
 *
 * <h2>Levels</h2>
 *
 * How well the outputs of a window are made ({@link io.kinolift.window.FrameWindow#level}) changes nothing here: every level
 * needs no more frames than the plan does. {@link io.kinolift.window.LatencyLevels} is the decision, as a function of how late
 * a window is; {@code topology} calls it, and the row of the stream keeps the {@link io.kinolift.window.LevelHistory}. {@link
 * io.kinolift.window.LatencyLevels#mayChange} says at which windows a level may change.
 *
 * <p>Imports {@code frame} only.
 */
package io.kinolift.window;
