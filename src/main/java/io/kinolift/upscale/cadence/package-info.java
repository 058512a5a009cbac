/**
 * The temporal stage {@code cadence}: repeated pictures are told from the pictures themselves, and time runs evenly
 * between those that are left. It makes up for film of 24 pictures a second in video of 30 or 60, for drawings that stand
 * for two or three frames, and for pictures that a camera repeated because it lost some.
 *
 * <h2>Repeats</h2>
 *
 * A frame <em>rests</em> if its {@link io.kinolift.pair.PictureChange change} from the frame before is at most 4 steps of
 * 8 bits; otherwise it <em>moves</em>. The first picture of a scene moves. One to four frames that rest, between two that
 * move at least four times as much, repeat the picture before them. That picture with its repeats is a <em>hold</em>
 * ({@link io.kinolift.upscale.cadence.Holds}). A longer rest is a still, and still it stays. Each frame belongs to at most
 * one hold, because nothing moves inside a hold and both its ends move. Noise makes all frames move alike, or all rest.
 *
 * <p>The bounds are relative to the two moves beside the rest, not to the largest move around: so every output of a hold
 * sees the same facts.
 *
 * <p>What swings also rests for a moment where it turns back. A single repeat is therefore believed only behind other
 * repeats, or if the picture after it differs from the one before: at a turn of constant acceleration that passes the
 * ratio of four, these two differ by less than 3/4 of either move. Longer holds never come from such a turn: two frames
 * that rest there would move a third as much as the next.
 *
 * <h2>Time</h2>
 *
 * {@link io.kinolift.upscale.cadence.TimeMap} says which two pictures an output lies between, and where.
 *
 * <ul>
 *   <li>In a <em>cycle</em>, distinct pictures lie on an even line. A cycle of n pictures in P frames comes from a
 *       conversion of the rate: picture k is first shown at frame ceil(kP/n), and was taken at kP/n, so never after it
 *       was shown. 24 in 30 shows pictures at frames 0, 2, 3, 4 | 5; they lie at 0, 5/4, 10/4, 15/4. A cycle counts only
 *       behind another one of the same kind: one repeat in five may also be a lost frame, two in ten are no accident.
 *   <li>In any other hold, the picture stays at its first appearance, and the way to the next picture is as long as the
 *       hold.
 *   <li>Elsewhere, every frame stays where it is.
 * </ul>
 *
 * <p>All three put the picture at both ends of a cycle, of a hold and of a step between frames at its own frame. So the
 * map goes on without a jump wherever one follows the other, and never backwards. No other kinds of cycles are needed: a
 * regular hold of two to five frames is even by itself, and an irregular one is no conversion.
 *
 * <p>No two cycles overlap. Each begins with its longest hold, and none of those that count can begin inside another.
 */
package io.kinolift.upscale.cadence;
