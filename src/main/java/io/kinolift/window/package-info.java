/**
 * When which frames are upscaled together: order, gaps, duplicates, halo, closing. Pure logic without Kafka, without
 * clocks and without decoded pictures.
 *
 * <p>{@link io.kinolift.window.StreamAssembler} is fed the frames of one stream as they arrive and tells a
 * {@link io.kinolift.window.WindowListener} what became of them. Frames wait in a
 * {@link io.kinolift.window.FrameBuffer}; everything else it must remember is in
 * {@link io.kinolift.window.StreamState}, which writes itself into one row.
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
 *   <li>end of the segment: a gap, another format, a new session, the end of the stream. The edge is repeated.
 * </ul>
 *
 * With {@link io.kinolift.window.WindowEdges#INDEPENDENT} every {@code size} frames are a segment of their own.
 *
 * <h2>What happens to a frame that does not fit</h2>
 *
 * {@link io.kinolift.window.DropPolicy} names every way to drop one. A frame from the future waits until the reorder
 * bound (frames or bytes) is passed; then what is missing is declared a gap and the segment ends there.
 *
 * <p>Imports {@code frame} only.
 */
package io.kinolift.window;
