/**
 * When which frames are upscaled together: order, gaps, duplicates, halo, closing. Pure logic without Kafka, without
 * clocks and without decoded pictures.
 *
 * <p>{@link io.kinolift.window.StreamAssembler} is fed the frames of one stream as they arrive, finds their order, and
 * tells a {@link io.kinolift.window.WindowListener} what became of them. Those in order go to the open {@code Segment},
 * which fills holes or ends there, and cuts windows. Frames wait in a {@link io.kinolift.window.FrameBuffer}; everything
 * else that must be remembered is in {@link io.kinolift.window.StreamState}, one row by
 * {@link io.kinolift.window.StreamRows}.
 *
 * <h2>How windows are cut</h2>
 *
 * Inputs and outputs of a segment are counted from 0. A window owns a core of inputs and a run of outputs; it carries
 * every frame that those outputs take a tap from (the halo), so it can be upscaled anywhere. Because an output's taps
 * depend only on its index, cutting elsewhere changes nothing in the result. {@link io.kinolift.window.Reach} says how
 * many frames of an open segment must be known before an output is final.
 *
 * <ul>
 *   <li>full: {@code size} core frames and their halo are there;
 *   <li>idle: nothing came for a while; outputs that are already final leave, their last input may stay held;
 *   <li>end of the segment: the next frame in order does not continue it, or the stream ends, by its producer or by
 *       {@link io.kinolift.window.StreamAssembler#abandon}. The edge is repeated. A
 *       segment never ends before the next frame is known, and its last windows carry when that begins
 *       ({@link io.kinolift.window.FrameWindow#next}), so that no output lasts into the next segment.
 * </ul>
 *
 * With {@link io.kinolift.window.WindowEdges#INDEPENDENT} every {@code size} frames are a segment of their own.
 *
 * <h2>What becomes of each record</h2>
 *
 * Counts are per session: policies in the account's {@code dropped}, incidents in its {@code incidents}.
 *
 * <table>
 *   <caption>Records out of the ordinary</caption>
 *   <tr><th>what comes</th><th>outcome</th><th>counted as</th></tr>
 *   <tr><td>a frame before an earlier one</td><td>waits, up to the reorder bound in frames and bytes</td><td>held</td></tr>
 *   <tr><td>the bound is passed, or the end comes first</td><td>the places before the first that waits are declared
 *       missing; see below</td><td>{@code GAP}, {@code MISSING_FRAME} for each place</td></tr>
 *   <tr><td>a frame whose place was declared missing</td><td>dropped (from one of the last 32 gaps; older ones are
 *       duplicates)</td><td>{@code LATE}</td></tr>
 *   <tr><td>a sequence that came already</td><td>dropped</td><td>{@code DUPLICATE}</td></tr>
 *   <tr><td>a pts that is not above the one before</td><td>dead letter; its place stays empty</td>
 *       <td>dead-lettered</td></tr>
 *   <tr><td>a frame of a higher session</td><td>everything of the old one leaves; numbers and clock begin anew</td>
 *       <td>counts begin anew</td></tr>
 *   <tr><td>a frame of a lower session</td><td>dropped</td><td>{@code OLD_SESSION}</td></tr>
 *   <tr><td>frame 0 of the same session after the end, or with a discontinuity mark once later frames have come</td>
 *       <td>a restart: everything leaves; numbers and clock begin anew</td><td>{@code RESTART}; counts go on</td></tr>
 *   <tr><td>frame 0 otherwise</td><td>dropped</td><td>{@code DUPLICATE}, {@code LATE}</td></tr>
 *   <tr><td>a frame with a discontinuity mark</td><td>ends the segment before it</td><td>{@code DISCONTINUITY}</td></tr>
 *   <tr><td>another size, pixel format, codec, colour, shape of samples or time base</td><td>ends the segment before
 *       it</td><td>{@code FORMAT_CHANGE}</td></tr>
 *   <tr><td>the end of the stream</td><td>everything leaves; the end is told</td><td></td></tr>
 *   <tr><td>no end, and nothing else for {@code kinolift.stream.end.timeout.ms}</td><td>as at an end</td>
 *       <td>{@code END_BY_TIMEOUT}</td></tr>
 *   <tr><td>the end again</td><td>nothing</td><td>{@code REPEATED_END}</td></tr>
 *   <tr><td>the end of a lower session</td><td>nothing</td><td>{@code OLD_END}</td></tr>
 *   <tr><td>a frame after the end, other than 0</td><td>dropped</td><td>{@code AFTER_END}</td></tr>
 *   <tr><td>settings that shape output have changed</td><td>the segment begins anew at its first frame of which no
 *       output has left</td><td>{@code SETTINGS_CHANGE}</td></tr>
 * </table>
 *
 * Input that retention deleted before it was read is seen by the holes it leaves in the sequence, also before the first
 * frame that is left. Offsets do not tell: transactions leave holes in them as well.
 *
 * <h2>Gaps</h2>
 *
 * A hole before a frame that continues the segment is treated by {@link io.kinolift.window.GapPolicy}. Filled places
 * become inputs like others, numbered as the missing frames and spread evenly over the time between the two that came,
 * so every operator, factor and grid goes on over them as if they had come, and windows may be cut among them. The gap
 * splits nevertheless where it is longer than {@code gapFrames}, where there is less than one tick for each place, and
 * where the two sides have more than {@code gapBytes} together. A hole before the end is never filled: nothing says how
 * long it lasts. Filled frames are neither received nor held nor upscaled, but counted as filled.
 *
 * <p>Imports {@code frame} only.
 */
package io.kinolift.window;
